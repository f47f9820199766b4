/**
 * One step of a conversion as a job of its own: on the plug's journal, done and recorded as the whole conversion does it.
 * All that it has to know is in its request; on its way it asks nobody but the operator.
 */
import { nextStep } from "../../core/conversion/next-step.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { StepData } from "../../core/journal/step-data.ts";
import type { ConversionStep } from "../../core/step-id.ts";
import { say } from "../../core/text/text.ts";
import type { Calibrated, CalibrationRequest } from "../calibration/calibrate.ts";
import { seenPlug } from "../home/plug-records.ts";
import type { ClosingRecord } from "../safety/closed-case.ts";
import type { ConversionPorts } from "./conversion-contract.ts";
import { openConversionLog, withJournalContext } from "./conversion-log.ts";
import { ConversionSteps, type DeviceOptions, type JoinOptions } from "./conversion-steps.ts";
import type { SetupStep } from "./setup.ts";

/** What each step has to know, and what comes of it. */
interface SingleSteps {
  readonly boot: { readonly order: undefined; readonly done: StepData["boot"] };
  readonly "close-case": { readonly order: undefined; readonly done: ClosingRecord };
  readonly provision: Joining;
  readonly configure: Joining;
  readonly secure: Joining;
  readonly audit: Joining;
  readonly calibrate: { readonly order: CalibrationRequest; readonly done: Calibrated };
}

interface Joining {
  readonly order: JoinOptions;
  readonly done: { readonly address: string };
}

export type SingleStep = keyof SingleSteps;

export interface SingleStepRequest<S extends SingleStep = SingleStep> {
  readonly step: S;
  readonly order: SingleSteps[S]["order"];
  /** 12 lower-case hex digits. */
  readonly plug: string;
  readonly device: DeviceOptions;
}

export interface SingleStepResult<S extends SingleStep = SingleStep> {
  readonly plug: string;
  readonly done: SingleSteps[S]["done"];
  /** What comes next, by the journal; undefined where all steps are on record. */
  readonly next: ConversionStep | undefined;
}

interface At {
  readonly steps: ConversionSteps;
  readonly address: () => Promise<string>;
}

/** What lies before a step in the network is proven, not repeated. */
const joining =
  (until: SetupStep) =>
  async ({ steps }: At, order: JoinOptions): Promise<Joining["done"]> => ({
    address: await steps.join(await steps.supply(), order, until, true),
  });

const WORK: {
  readonly [S in SingleStep]: (at: At, order: SingleSteps[S]["order"]) => Promise<SingleSteps[S]["done"]>;
} = {
  boot: async ({ steps }) => await steps.boot(await steps.supply()),
  "close-case": async ({ steps }) => (await steps.close()).record,
  provision: joining("provision"),
  configure: joining("configure"),
  secure: joining("secure"),
  audit: joining("audit"),
  calibrate: async ({ steps, address }, order) => (await steps.calibrate(await address(), order, true))!,
};

/**
 * Holds the plug's journal for the time of the step. Errors: locked, record-newer, file-*; those of the step, with the
 * plug's state and the next step as the journal has them.
 */
export async function singleStep<S extends SingleStep>(
  ports: ConversionPorts,
  { step, order, plug, device }: SingleStepRequest<S>,
): Promise<SingleStepResult<S>> {
  const log = await openConversionLog(ports.files, ports.home, plug, ports.clock);
  try {
    const steps = new ConversionSteps(ports, device, log, plug);
    const done = await WORK[step]({ steps, address: () => addressOf(ports, plug) }, order);
    return { plug, done, next: nextStep(log.state) };
  } catch (error) {
    throw withJournalContext(error, log);
  } finally {
    await log.close();
  }
}

/** Where it was seen last. Errors: bad-argument. */
async function addressOf({ files, home }: ConversionPorts, plug: string): Promise<string> {
  const seen = await seenPlug({ files, path: home }, plug);
  if (seen !== undefined) return seen.address;
  throw new PlugsmithError("bad-argument", {
    message: say`Plug ${plug} is not in a network yet.`,
    step: "calibrate",
    plugState: say`untouched`,
    nextStep: say`Bring it into the network first: plugsmith provision, or plugsmith convert --resume for all that is left.`,
  });
}
