/** One step of a conversion as a command: the plug's journal, the place where it happens, and the job's own step. */
import { nextStep } from "../../core/conversion/next-step.ts";
import type { ConversionStep } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { type ConversionLog, openConversionLog, toldByLog } from "../../engine/jobs/conversion-log.ts";
import { ConversionSteps, type StepsOrder } from "../../engine/jobs/conversion-steps.ts";
import type { ConversionPorts } from "../../engine/jobs/convert.ts";
import { type KnownPlug, plugOfStep } from "../../engine/jobs/known-plug.ts";
import type { SetupStep } from "../../engine/tasmota/setup.ts";
import { parsePortName } from "../../platform/port-name.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import { checked, type OptionsOf, readOptions, text } from "../options.ts";
import { loadSim } from "../plug/load-sim.ts";
import { HANDLING } from "../plug/open-port.ts";
import { PORT } from "../plug/port-options.ts";
import { DEFAULT_PROFILE, type Device, loadDevice } from "../tasmota/device-profile.ts";
import { FIRST_PASSWORDS, newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { macOf } from "../tasmota/target.ts";
import { askCredentials, correction, givenWifi, WIFI_OPTIONS } from "../tasmota/wifi-options.ts";
import { PLUG_SETTINGS, wishesOf } from "../tasmota/wishes.ts";
import { guidedPerson, openWorkshop, type Place, placeOf, type Workshop } from "./workshop.ts";

export const STEP_OPTIONS = {
  port: PORT,
  plug: checked(text("--plug <mac>", "which plug, where several conversions are under way"), macOf),
};

export interface StepOptions extends OptionsOf<typeof STEP_OPTIONS> {
  readonly profile?: string | undefined;
  /** Where to look for the plug. */
  readonly range?: string | undefined;
}

/** For a step that knows no device but the one that ships. */
export const STEP_PROFILE = text("--profile <name>", "device profile");

/** For commands that go to an address otherwise. */
export const SIM_PORT = text("--port <name>", "sim:FOLDER: the virtual plug that lives there");

/** Whether the command is meant for a virtual plug in a folder. Errors: bad-argument for any other port. */
export function isForVirtualPlug({ port }: { readonly port: string | undefined }): boolean {
  if (port === undefined) return false;
  const name = parsePortName(port);
  if (name.kind === "sim" && name.folder !== undefined) return true;
  throw new PlugsmithError("bad-argument", {
    message: "This step goes over the network; --port names a virtual plug in a folder here.",
    plugState: "untouched",
    nextStep: "Give the plug's --address or --plug; for a virtual one --port sim:FOLDER.",
  });
}

export interface StepScene {
  readonly run: CommandRun;
  readonly place: Place;
  readonly known: KnownPlug;
  readonly device: Device;
  readonly steps: ConversionSteps;
  readonly ports: ConversionPorts;
  readonly log: ConversionLog;
  /** See Workshop. */
  readonly hold: Workshop["hold"];
}

export interface StepNeeds {
  /** A serial port is opened: always, or where the plug's wires are still on. */
  readonly wires: "always" | "if attached" | "never";
  /** Nothing but questions: where nobody is there, that is told before anything else. */
  readonly person: boolean;
}

export const BY_NETWORK: StepNeeds = { wires: "if attached", person: false };

/** Errors: needs-input and bad-argument before anything is touched; those of the step. */
export async function singleStep(
  run: CommandRun,
  options: StepOptions,
  needs: StepNeeds,
  work: (scene: StepScene) => Promise<CommandOutcome>,
): Promise<CommandOutcome> {
  const { port, plug, range, profile = DEFAULT_PROFILE } = options;
  const place = placeOf(run, port);
  if (needs.person) needPerson(run, place);
  const known = await plugOfStep(place, plug);
  const device = await loadDevice(profile);
  const needed = needs.wires === "always" || (needs.wires === "if attached" && known.state.wiresAttached);
  const wires = needed ? HANDLING.running : undefined;
  const workshop = await openWorkshop(run, { port, range, place, person: guidedPerson(run, device), wires });
  const { ports } = workshop;
  const job = async (): Promise<CommandOutcome> => {
    const log = await openConversionLog(ports.files, ports.home, known.plug, ports.clock);
    try {
      const steps = new ConversionSteps(ports, device, log, known.plug);
      return await work({ run, place, known, device, steps, ports, log, hold: workshop.hold });
    } catch (error) {
      throw toldByLog(error, log);
    } finally {
      await log.close();
    }
  };
  try {
    return await workshop.drive(job());
  } finally {
    await workshop.close();
  }
}

/** @throws needs-input where a step that a person does has nobody to do it. */
export function needPerson(run: CommandRun, { virtual }: Place): void {
  if (virtual || run.attended) return;
  throw new PlugsmithError("needs-input", {
    message: "This step is done by hand, and nobody is there: a person at a terminal is missing.",
    plugState: "untouched",
    nextStep: "Run it at a terminal, without --no-input and --json. To see how it goes: --port sim:FOLDER",
  });
}

const JOIN_OPTIONS = { ...WIFI_OPTIONS, ...PLUG_SETTINGS, ...FIRST_PASSWORDS };
type JoinOptions = OptionsOf<typeof JOIN_OPTIONS>;

/**
 * Brings the plug as far as the step: what lies before it is proven, not repeated.
 * @param given the options that the command has of these; the environment speaks for those it has not.
 */
export async function joinUntil(
  scene: StepScene,
  until: SetupStep,
  given: Partial<JoinOptions>,
): Promise<CommandOutcome> {
  const { steps, known, ports } = scene;
  const options = { ...readOptions(JOIN_OPTIONS, {}), ...given };
  const order = await scene.hold(orderOf(scene, options));
  const address = await steps.join(await steps.supply(), order, until, true);
  const password = await passwordOutcome(options, { files: ports.files, path: ports.home }, known.plug);
  return {
    data: { plug: known.plug, address, step: until, ...password.data },
    answer: [
      `Plug ${known.plug} at http://${address}/: ${until} done.`,
      ...(until === "secure" ? [password.line] : []),
      nextLine(scene),
    ],
  };
}

async function orderOf({ run, place, device, known }: StepScene, options: JoinOptions): Promise<StepsOrder> {
  const given = await givenWifi(run, options);
  const needed = !known.state.finished.has("provision");
  const credentials =
    given.ssid !== undefined && given.passphrase !== undefined
      ? { ssid: given.ssid, passphrase: given.passphrase }
      : place.virtual
        ? (await loadSim()).HOME_NETWORK
        : needed && run.attended
          ? await askCredentials(run.operator, given, run.signal)
          : undefined;
  return {
    profile: device.profile,
    guide: device.guide,
    texts: device.texts,
    virtual: place.virtual,
    credentials,
    wishes: wishesOf(options),
    secure: await newPasswords(run, options),
    correct: run.attended ? correction(run, run.operator, credentials?.ssid) : undefined,
  };
}

/** The command that does a step. */
const COMMAND_OF: Readonly<Record<ConversionStep, string>> = {
  prepare: "prepare",
  connect: "prepare",
  identify: "prepare",
  "back-up": "backup",
  write: "write --chip",
  boot: "boot",
  provision: "provision",
  configure: "configure",
  secure: "secure",
  audit: "audit",
  "close-case": "close",
  calibrate: "calibrate",
  report: "report",
};

/** What comes next, by the journal as it is now. */
export function nextLine({ log, known }: Pick<StepScene, "log" | "known">): string {
  const next = nextStep(log.state);
  return next === undefined
    ? `All steps of plug ${known.plug} are on record.`
    : `Next: plugsmith ${COMMAND_OF[next]}, or plugsmith convert --resume for all that is left.`;
}
