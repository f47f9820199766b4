/** How a calibration's reference is named on the command line. */
import {
  type Accuracy,
  isPlugsmithError,
  LOAD_KINDS,
  type LoadKindName,
  list,
  PlugsmithError,
  parseAccuracy,
  rectangular,
  say,
  type Text,
  voltmeterAccuracy,
} from "../../core/index.ts";
import {
  type Chain,
  commandLink,
  macOfPlug,
  meterReference,
  type ReferenceMethod,
  type ReferencePlug,
  sameAddress,
  shellyReference,
  TYPICAL_OWN_CONSUMPTION,
  tasmotaMeter,
} from "../../engine/index.ts";
import { createNodeHttp, nodeClock } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import { checked, type OptionsOf, text } from "../options.ts";
import { referenceClient } from "./target.ts";

export const badArgument = (message: Text, nextStep: Text): PlugsmithError =>
  new PlugsmithError("bad-argument", { message, step: "calibrate", plugState: say`untouched`, nextStep });

/** @throws bad-argument */
function positiveNumber(text: string, flag: string): number {
  const value = Number(text.replace(",", "."));
  if (Number.isFinite(value) && value > 0) return value;
  throw badArgument(say`${flag} needs a number greater than 0, not "${text}".`, say`Write, for example, ${flag} 1.5.`);
}

function sampleCount(text: string, flag: string): number {
  const samples = positiveNumber(text, flag);
  if (Number.isInteger(samples) && samples >= 6 && samples <= 200) return samples;
  throw badArgument(say`${flag} ${samples} is out of range.`, say`Use 6 to 200 readings; 12 take half a minute.`);
}

function loadKind(kind: string, flag: string): LoadKindName {
  if (kind in LOAD_KINDS) return kind as LoadKindName;
  throw badArgument(say`${flag} cannot be "${kind}".`, say`Use ${list(Object.keys(LOAD_KINDS), "or")}.`);
}

function position(text: string, flag: string): Chain["position"] {
  if (text === "before" || text === "after") return text;
  throw badArgument(
    say`${flag} must be before or after, not "${text}".`,
    say`before: nearer the wall than the plugs; after: nearer the load.`,
  );
}

export const REFERENCE_OPTIONS = {
  voltmeter: text(
    "--voltmeter <accuracy>",
    say`accuracy of the multimeter for volts, for example "0.8 % + 3 digits"; "unknown" assumes 2 %`,
  ),
  voltmeterDigit: checked(text("--voltmeter-digit <volts>", say`value of its last digit`, "0.1"), positiveNumber),
  load: checked(
    text("--load <watts>", say`power of a purely resistive load as its label says (with --voltmeter)`),
    positiveNumber,
  ),
  loadVoltage: checked(text("--load-voltage <volts>", say`voltage on the label of the load`, "230"), positiveNumber),
  loadKind: checked(
    text("--load-kind <kind>", say`kind of load: ${list(Object.keys(LOAD_KINDS), "or")}`, "heater"),
    loadKind,
  ),
  loadTolerance: checked(
    text(
      "--load-tolerance <percent>",
      say`tolerance of its power, ± percent (by default, that of the product standard)`,
    ),
    positiveNumber,
  ),
  powerMeter: text(
    "--power-meter <accuracy>",
    say`accuracy of the power meter for watts, for example "1 % + 2 digits"`,
  ),
  powerMeterDigit: checked(text("--power-meter-digit <watts>", say`value of its last digit`, "0.1"), positiveNumber),
  ammeter: text("--ammeter <accuracy>", say`accuracy of the instrument for amperes, for example "1.5 % + 3 digits"`),
  ammeterDigit: checked(text("--ammeter-digit <amperes>", say`value of its last digit`, "0.001"), positiveNumber),
  reference: text(
    "--reference <plug>",
    say`calibrated plug in the same circuit: tasmota:HOST, shelly1:HOST or shelly2:HOST`,
  ),
  referenceAccuracy: checked(
    text("--reference-accuracy <percent>", say`its expanded uncertainty (k = 2), percent`, "1"),
    positiveNumber,
  ),
  referencePosition: checked(
    text(
      "--reference-position <where>",
      say`its place in the circuit: before (nearer the wall) or after (nearer the load)`,
      "before",
    ),
    position,
  ),
  ownConsumption: checked(
    text("--own-consumption <watts>", say`power that one plug consumes itself (default: 0.9 ± 0.5)`),
    positiveNumber,
  ),
  samples: checked(text("--samples <n>", say`readings per quantity`, "12"), sampleCount),
};

export type ReferenceOptions = OptionsOf<typeof REFERENCE_OPTIONS>;

/** What a calibration has to reach. */
export const TARGET_UNCERTAINTY = checked(
  text("--target <percent>", say`expanded uncertainty (k = 2) that every constant must reach`),
  positiveNumber,
);

/** As the options name it, or as a person answers: another plug, or instruments and a load. */
export function referenceNamed({
  load,
  voltmeter,
  powerMeter,
  ammeter,
  reference,
}: Partial<ReferenceOptions>): boolean {
  return (load ?? voltmeter ?? powerMeter ?? ammeter ?? reference) !== undefined;
}

export interface OpenReference {
  readonly method: ReferenceMethod;
  /** Puts a reference plug back as it was. */
  release(): Promise<void>;
}

/** The reference that the options name. Nothing was asked of it yet. */
export interface NamedReference {
  /** @param mac the plug that it is compared with, where known. @throws bad-argument where it is that plug itself. */
  open(mac?: string): Promise<OpenReference>;
}

/** Another plug as the reference, by its name. Nothing was asked of it yet. */
export interface NamedPlug {
  /** @throws bad-argument where it is one of these hosts. */
  refuseAmong(hosts: readonly string[]): void;
  /** Makes it ready for reading. @throws bad-argument where it is one of these plugs under another name. */
  open(macs: Iterable<string>): Promise<ReferencePlug>;
}

export function chainOf({ referencePosition, ownConsumption: own }: ReferenceOptions): Omit<Chain, "between"> {
  return {
    position: referencePosition,
    ownConsumption: own === undefined ? TYPICAL_OWN_CONSUMPTION : { value: own, u: rectangular(0.1 * own) },
  };
}

function instrument(
  flag: string,
  accuracy: string | undefined,
  digit: number,
  parse: (text: string, resolution: number) => Accuracy = parseAccuracy,
): Accuracy | undefined {
  if (accuracy === undefined) return undefined;
  try {
    return parse(accuracy, digit);
  } catch (error) {
    if (!isPlugsmithError(error, "bad-argument")) throw error;
    throw badArgument(say`${flag}: ${error.texts.message}`, error.texts.nextStep ?? say``);
  }
}

/**
 * @param address of the plug that is compared, as far as it is named.
 * @throws bad-argument where the options name no reference, or more than one, or one that cannot be understood.
 */
export async function referenceNamedBy(
  run: CommandRun,
  options: ReferenceOptions,
  address?: string,
): Promise<NamedReference> {
  const { reference: plug, load } = options;
  const volts = instrument("--voltmeter", options.voltmeter, options.voltmeterDigit, voltmeterAccuracy);
  const watts = instrument("--power-meter", options.powerMeter, options.powerMeterDigit);
  const amperes = instrument("--ammeter", options.ammeter, options.ammeterDigit);
  if (plug !== undefined) {
    if (volts ?? watts ?? amperes ?? load) {
      throw badArgument(say`The options name two references.`, say`Use either --reference or instruments.`);
    }
    return comparing(run, options, await plugNamed(run, options, plug), address);
  }
  if (load !== undefined) return steady(loadMethod(options, load, volts, watts ?? amperes));
  if (volts === undefined && watts === undefined && amperes === undefined) {
    throw badArgument(
      say`The options name no reference.`,
      say`Give --voltmeter with --load, or --power-meter (with --voltmeter and --ammeter), or another calibrated plug with --reference.`,
    );
  }
  return steady({
    kind: "instruments",
    volts,
    watts,
    amperes,
  });
}

/** What a person holds needs no opening. */
function steady(method: ReferenceMethod): NamedReference {
  return { open: async () => ({ method, release: async () => {} }) };
}

function comparing(
  run: CommandRun,
  options: ReferenceOptions,
  named: NamedPlug,
  address: string | undefined,
): NamedReference {
  const chain: Chain = { ...chainOf(options), between: 1 };
  if (address !== undefined) named.refuseAmong([address]);
  return {
    async open(mac) {
      const plug = await named.open(mac === undefined ? [] : [mac]);
      return { method: { kind: "reference-plug", plug, chain }, release: () => restoreReference(run, plug) };
    },
  };
}

/** Compares the plug of this MAC with the reference, which is put back whatever comes of it. */
export async function comparedWith<T>(
  reference: NamedReference,
  mac: string | undefined,
  work: (method: ReferenceMethod) => Promise<T>,
): Promise<T> {
  const opened = await reference.open(mac);
  try {
    return await work(opened.method);
  } finally {
    await opened.release();
  }
}

function loadMethod(
  { loadKind: kind, loadTolerance: tolerance, loadVoltage }: ReferenceOptions,
  load: number,
  volts: Accuracy | undefined,
  other: Accuracy | undefined,
): ReferenceMethod {
  if (volts === undefined || other !== undefined) {
    throw badArgument(
      say`--load can only be combined with --voltmeter.`,
      say`Leave out --power-meter and --ammeter, or leave out --load.`,
    );
  }
  return {
    kind: "volts-and-load",
    voltmeter: volts,
    load: {
      kind,
      ratedPower: load,
      ratedVoltage: loadVoltage,
      tolerance: tolerance === undefined ? undefined : tolerance / 100,
    },
  };
}

/** @throws bad-argument where the name or the accuracy cannot be understood. */
export async function plugNamed(
  run: CommandRun,
  { referenceAccuracy }: ReferenceOptions,
  name: string,
): Promise<NamedPlug> {
  const match = /^(tasmota|shelly1|shelly2):(.+)$/.exec(name);
  if (match === null) {
    throw badArgument(say`--reference cannot be "${name}".`, say`Write tasmota:HOST, shelly1:HOST or shelly2:HOST.`);
  }
  const host = match[2]!;
  const relative = referenceAccuracy / 200;
  const accuracy = { voltage: relative, current: relative, power: relative };
  const http = createNodeHttp(nodeClock);
  const itself = (): PlugsmithError =>
    badArgument(
      say`The reference ${name} is one of the plugs that you want to calibrate.`,
      say`A plug cannot be its own reference: name another one.`,
    );
  const refuseAmong = (hosts: readonly string[]): void => {
    if (hosts.some((each) => sameAddress(each, host))) throw itself();
  };
  if (match[1] !== "tasmota") {
    const generation = match[1] === "shelly1" ? 1 : 2;
    return { refuseAmong, open: async () => shellyReference(host, generation, http, accuracy) };
  }
  const client = await referenceClient(run, host);
  return {
    refuseAmong,
    async open(macs) {
      const own = await macOfPlug(client, run.signal);
      if ([...macs].includes(own)) throw itself();
      return meterReference(`Tasmota plug at ${host}`, tasmotaMeter(commandLink(client)), accuracy, run.signal);
    },
  };
}

/** What was measured stands, whether or not the reference answers any more. */
export async function restoreReference(run: CommandRun, plug: ReferencePlug): Promise<void> {
  try {
    await plug.release();
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
    run.emit({
      type: "notice",
      level: "warning",
      text: say`The display resolution of the reference was not set back: ${error.texts.message}`,
    });
  }
}
