/** One step of a conversion as a command: the plug's journal, the place where it happens, and the job's own step. */
import type { Command } from "commander";
import type { ConversionStep } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { type ConversionLog, openConversionLog, toldByLog } from "../../engine/jobs/conversion-log.ts";
import { ConversionSteps, type StepsOrder } from "../../engine/jobs/conversion-steps.ts";
import type { ConversionPorts } from "../../engine/jobs/convert.ts";
import type { SetupStep } from "../../engine/tasmota/setup.ts";
import { parsePortName } from "../../platform/port-name.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import { loadSim } from "../plug/load-sim.ts";
import { HANDLING } from "../plug/open-port.ts";
import { DEFAULT_PROFILE, type Device, loadDevice } from "../tasmota/device-profile.ts";
import { newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { askCredentials, correction, readPassphrase } from "../tasmota/wifi-options.ts";
import { wishesOf } from "../tasmota/wishes.ts";
import { optionText } from "./conversion-options.ts";
import { type KnownPlug, plugOfStep } from "./unfinished.ts";
import { guidedPerson, openWorkshop, type Place, placeOf, type Workshop } from "./workshop.ts";

export function declareStep(command: Command): Command {
  return command
    .option("--port <name>", "device, COM name, tcp://, rfc2217://, sim: or sim:FOLDER")
    .option("--plug <mac>", "which plug, where several conversions are under way");
}

/** For commands that go to an address otherwise. */
export function declareSimPort(command: Command): Command {
  return command.option("--port <name>", "sim:FOLDER: the virtual plug that lives there");
}

/** Whether the command is meant for a virtual plug in a folder. Errors: bad-argument for any other port. */
export function isForVirtualPlug(run: CommandRun): boolean {
  const port = optionText(run.options, "port");
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
  needs: StepNeeds,
  work: (scene: StepScene) => Promise<CommandOutcome>,
): Promise<CommandOutcome> {
  const port = optionText(run.options, "port");
  const place = placeOf(run, port);
  if (needs.person) needPerson(run, place);
  const known = await plugOfStep(run, place);
  const device = await loadDevice(optionText(run.options, "profile") ?? DEFAULT_PROFILE);
  const needed = needs.wires === "always" || (needs.wires === "if attached" && known.state.wiresAttached);
  const wires = needed ? HANDLING.running : undefined;
  const workshop = await openWorkshop(run, { port, place, person: guidedPerson(run, device), wires });
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

/** Brings the plug as far as the step: what lies before it is proven, not repeated. */
export async function joinUntil(
  scene: StepScene,
  until: SetupStep,
  passwords: "first" | "new" = "first",
): Promise<CommandOutcome> {
  const { run, steps, known, ports } = scene;
  const order = await scene.hold(orderOf(scene, passwords));
  const address = await steps.join(await steps.supply(), order, until, true);
  const password = await passwordOutcome(run, { files: ports.files, path: ports.home }, known.plug);
  return {
    data: { plug: known.plug, address, step: until, ...password.data },
    answer: [
      `Plug ${known.plug} at http://${address}/: ${until} done.`,
      ...(until === "secure" ? [password.line] : []),
      nextLine(scene),
    ],
  };
}

async function orderOf({ run, place, device, known }: StepScene, passwords: "first" | "new"): Promise<StepsOrder> {
  const { options } = run;
  const given = { ssid: optionText(options, "ssid"), passphrase: await readPassphrase(run, undefined) };
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
    secure: await newPasswords(run, passwords),
    correct: run.attended ? correction(run, run.operator, credentials?.ssid) : undefined,
  };
}

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
  const next = (Object.keys(COMMAND_OF) as ConversionStep[]).find((step) => !log.state.finished.has(step));
  return next === undefined
    ? `All steps of plug ${known.plug} are on record.`
    : `Next: plugsmith ${COMMAND_OF[next]}, or plugsmith convert --resume for all that is left.`;
}
