/** How a calibration's reference is named on the command line. */
import type { Command } from "commander";
import { type Accuracy, parseAccuracy } from "../../core/calibration/instrument.ts";
import { LOAD_KINDS, type LoadKindName } from "../../core/calibration/load.ts";
import { rectangular } from "../../core/calibration/uncertainty.ts";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { commandLink, macOfPlug } from "../../engine/calibration/journal-records.ts";
import { type ReferencePlug, shellyReference, tasmotaReference } from "../../engine/calibration/reference-plug.ts";
import { type Chain, type ReferenceMethod, TYPICAL_OWN_CONSUMPTION } from "../../engine/calibration/references.ts";
import { sameAddress } from "../../engine/tasmota/address-proof.ts";
import { createNodeHttp, nodeClock } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import { referenceClient } from "./target.ts";

export function declareReference(command: Command): Command {
  return command
    .option("--voltmeter <accuracy>", 'multimeter for volts, e.g. "0.8 % + 3 digits"')
    .option("--voltmeter-digit <volts>", "value of its last digit", "0.1")
    .option("--load <watts>", "a purely resistive load, watts on its label (with --voltmeter)")
    .option("--load-voltage <volts>", "the voltage on its label", "230")
    .option("--load-kind <kind>", `${Object.keys(LOAD_KINDS).join(" or ")}`, "heater")
    .option("--load-tolerance <percent>", "tolerance of its watts, ± percent (default: the standard's)")
    .option("--power-meter <accuracy>", 'power meter for watts, e.g. "1 % + 2 digits"')
    .option("--power-meter-digit <watts>", "value of its last digit", "0.1")
    .option("--ammeter <accuracy>", 'for amperes, e.g. "1.5 % + 3 digits"')
    .option("--ammeter-digit <amperes>", "value of its last digit", "0.001")
    .option("--reference <plug>", "tasmota:HOST, shelly1:HOST or shelly2:HOST in the same circuit")
    .option("--reference-accuracy <percent>", "its expanded uncertainty (k = 2), percent", "1")
    .option("--reference-position <where>", "before (nearer the wall) or after (nearer the load)", "before")
    .option("--own-consumption <watts>", "what one plug consumes itself (default: 0.9 ± 0.5)")
    .option("--samples <n>", "readings per quantity", "12");
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

export const badArgument = (message: string, nextStep: string): PlugsmithError =>
  new PlugsmithError("bad-argument", { message, step: "calibrate", plugState: "untouched", nextStep });

export function positive(run: CommandRun, name: string, flag: string): number | undefined {
  const text = run.options[name];
  if (typeof text !== "string") return undefined;
  const value = Number(text.replace(",", "."));
  if (Number.isFinite(value) && value > 0) return value;
  throw badArgument(`${flag} ${text} is not a number greater than 0.`, `Write it like ${flag} 1.5.`);
}

export function samplesOf(run: CommandRun): number {
  const samples = positive(run, "samples", "--samples") ?? 12;
  if (Number.isInteger(samples) && samples >= 6 && samples <= 200) return samples;
  throw badArgument(`--samples ${samples} is out of range.`, "Use 6 to 200; 12 take half a minute.");
}

function instrument(run: CommandRun, name: string, flag: string): Accuracy | undefined {
  const text = run.options[name];
  if (typeof text !== "string") return undefined;
  return parseAccuracy(text, positive(run, `${name}Digit`, `${flag}-digit`)!);
}

export function chainOf(run: CommandRun): Omit<Chain, "between"> {
  const position = run.options["referencePosition"];
  if (position !== "before" && position !== "after") {
    throw badArgument(
      `--reference-position ${String(position)} is neither before nor after.`,
      "See the drawing: calibration.",
    );
  }
  const own = positive(run, "ownConsumption", "--own-consumption");
  return {
    position,
    ownConsumption: own === undefined ? TYPICAL_OWN_CONSUMPTION : { value: own, u: rectangular(0.1 * own) },
  };
}

/** @throws bad-argument where the options name no reference, or more than one, or one that cannot be understood. */
export async function referenceNamedBy(run: CommandRun): Promise<NamedReference> {
  const plug = run.options["reference"];
  const volts = instrument(run, "voltmeter", "--voltmeter");
  const watts = instrument(run, "powerMeter", "--power-meter");
  const amperes = instrument(run, "ammeter", "--ammeter");
  const load = positive(run, "load", "--load");
  if (typeof plug === "string") {
    if (volts ?? watts ?? amperes ?? load) {
      throw badArgument("Two references are named.", "Use --reference or instruments.");
    }
    return comparing(run, await plugNamed(run, plug));
  }
  if (load !== undefined) return steady(loadMethod(run, load, volts, watts ?? amperes));
  if (volts === undefined && watts === undefined && amperes === undefined) {
    throw badArgument(
      "No reference is named.",
      "Name --voltmeter with --load, or --power-meter (with --voltmeter, --ammeter), or another calibrated plug with --reference.",
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

function comparing(run: CommandRun, named: NamedPlug): NamedReference {
  const chain: Chain = { ...chainOf(run), between: 1 };
  const host = run.options["address"];
  if (typeof host === "string") named.refuseAmong([host]);
  return {
    async open(mac) {
      const plug = await named.open(mac === undefined ? [] : [mac]);
      return { method: { kind: "reference-plug", plug, chain }, release: () => putBack(run, plug) };
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
  run: CommandRun,
  load: number,
  volts: Accuracy | undefined,
  other: Accuracy | undefined,
): ReferenceMethod {
  if (volts === undefined || other !== undefined) {
    throw badArgument(
      "A load's label needs --voltmeter and nothing else.",
      "Leave --power-meter and --ammeter out, or --load.",
    );
  }
  const kind = String(run.options["loadKind"]);
  if (!(kind in LOAD_KINDS)) {
    throw badArgument(`--load-kind ${kind} is not known.`, `Use ${Object.keys(LOAD_KINDS).join(" or ")}.`);
  }
  const tolerance = positive(run, "loadTolerance", "--load-tolerance");
  return {
    kind: "volts-and-load",
    voltmeter: volts,
    load: {
      kind: kind as LoadKindName,
      ratedPower: load,
      ratedVoltage: positive(run, "loadVoltage", "--load-voltage")!,
      tolerance: tolerance === undefined ? undefined : tolerance / 100,
    },
  };
}

/** @throws bad-argument where the name or the accuracy cannot be understood. */
export async function plugNamed(run: CommandRun, name: string): Promise<NamedPlug> {
  const match = /^(tasmota|shelly1|shelly2):(.+)$/.exec(name);
  if (match === null) {
    throw badArgument(`--reference ${name} is not understood.`, "Write tasmota:HOST, shelly1:HOST or shelly2:HOST.");
  }
  const host = match[2]!;
  const relative = positive(run, "referenceAccuracy", "--reference-accuracy")! / 200;
  const accuracy = { voltage: relative, current: relative, power: relative };
  const http = createNodeHttp(nodeClock);
  const itself = (): PlugsmithError =>
    badArgument(
      `The reference ${name} is one of the plugs to be calibrated.`,
      "A plug cannot be its own reference: name another one.",
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
      return tasmotaReference(`Tasmota plug at ${host}`, commandLink(client), accuracy, run.signal);
    },
  };
}

/** What was measured stands, whether or not the reference answers any more. */
export async function putBack(run: CommandRun, plug: ReferencePlug): Promise<void> {
  try {
    await plug.release();
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
    run.emit({ type: "notice", level: "warning", text: `The reference keeps its fine resolution: ${error.message}` });
  }
}
