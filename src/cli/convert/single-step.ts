/** One step of a conversion as a command: which plug, and the place where it happens; the step is the engine's. */
import { type ConversionStep, PlugsmithError, parsePortName, say, type Text } from "../../core/index.ts";
import {
  type KnownPlug,
  plugOfStep,
  type SingleStep,
  type SingleStepRequest,
  type SingleStepResult,
  type StepWires,
  type WiresNeeded,
  wiresForStep,
} from "../../engine/index.ts";
import { startStep } from "../../host/index.ts";
import type { CommandRun } from "../command.ts";
import { anyPort, type OptionsOf, plug, text } from "../options.ts";
import { DEFAULT_PROFILE, type Device, loadDevice } from "../tasmota/device-profile.ts";
import {
  guidedPerson,
  openConversionEnvironment,
  type RecordLocation,
  recordLocationOf,
} from "./conversion-environment.ts";

export const STEP_OPTIONS = {
  port: anyPort(),
  plug: plug(text("--plug <plug>", say`plug by name or MAC, if several conversions are unfinished`)),
};

export interface StepOptions extends OptionsOf<typeof STEP_OPTIONS> {
  readonly profile?: string | undefined;
  /** Where to look for the plug. */
  readonly range?: string | undefined;
}

/** For a step that knows no device but the one that ships. */
export const STEP_PROFILE = text("--profile <name>", say`device profile`);

/** For commands that go to an address otherwise. */
export const SIM_PORT = text("--port <name>", say`sim:FOLDER for the virtual plug in that folder`);

/** Whether the command is meant for a virtual plug in a folder. Errors: bad-argument for any other port. */
export function isForVirtualPlug({ port }: { readonly port: string | undefined }): boolean {
  if (port === undefined) return false;
  const name = parsePortName(port);
  if (name.kind === "sim" && name.folder !== undefined) return true;
  throw new PlugsmithError("bad-argument", {
    message: say`This command works over the network. Its --port option only accepts a virtual plug in a folder, sim:FOLDER.`,
    plugState: say`untouched`,
    nextStep: say`Give --address or --plug for a real plug, or --port sim:FOLDER for a virtual one.`,
  });
}

export interface StepNeeds {
  /** Whether a serial port is opened. */
  readonly wires: StepWires;
  /** Nothing but questions: without a person that is an error before anything else. */
  readonly person: boolean;
}

export const BY_NETWORK: StepNeeds = { wires: "if attached", person: false };

/** A step that is about to be done. */
export interface StepPlan {
  readonly known: KnownPlug;
  readonly device: Device;
  readonly location: RecordLocation;
  readonly port: string | undefined;
  readonly range: string | undefined;
  readonly wires: WiresNeeded | undefined;
}

/** Which plug, and where. Errors: needs-input and bad-argument before anything is touched. */
export async function planStep(run: CommandRun, options: StepOptions, needs: StepNeeds): Promise<StepPlan> {
  const { port, plug, range, profile = DEFAULT_PROFILE } = options;
  const location = recordLocationOf(run, port);
  if (needs.person) needPerson(run, location);
  const known = await plugOfStep(location, plug);
  const device = await loadDevice(profile);
  return { known, device, location, port, range, wires: wiresForStep(needs.wires, known.state) };
}

/** Errors: port-*, and those of the step. */
export async function singleStep<S extends SingleStep>(
  run: CommandRun,
  plan: StepPlan,
  step: S,
  order: SingleStepRequest<S>["order"],
): Promise<SingleStepResult<S>> {
  const { known, device } = plan;
  const { place, follow, close } = await openConversionEnvironment(run, { ...plan, person: guidedPerson(run, device) });
  try {
    return await follow(startStep(place, { step, order, plug: known.plug, device }));
  } finally {
    await close();
  }
}

/** @throws needs-input where a step that a person does has nobody to do it. */
export function needPerson(run: CommandRun, { virtual }: RecordLocation): void {
  if (virtual || run.attended) return;
  throw new PlugsmithError("needs-input", {
    message: say`A person has to do this step by hand, but nobody is at the terminal.`,
    plugState: say`untouched`,
    nextStep: say`Run the command at a terminal, without --no-input and --json. To try it on a virtual plug, use --port sim:FOLDER`,
  });
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

/** What comes after a step. */
export function nextLine({ plug, next }: Pick<SingleStepResult, "plug" | "next">): Text {
  return next === undefined
    ? say`All steps of plug ${plug} are finished.`
    : say`Next: ${`plugsmith ${COMMAND_OF[next]}`}, or plugsmith convert --resume for all remaining steps.`;
}
