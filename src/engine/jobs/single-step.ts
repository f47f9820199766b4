/** One step of a conversion as a job of its own: on the plug's journal, done and recorded as the whole conversion does it. */

import type { ConversionPorts } from "./conversion-contract.ts";
import { type ConversionLog, openConversionLog, withJournalContext } from "./conversion-log.ts";
import { ConversionSteps, type StepsOptions } from "./conversion-steps.ts";
import type { SetupStep } from "./setup.ts";

export interface StepContext {
  /** 12 lower-case hex digits. */
  readonly plug: string;
  readonly steps: ConversionSteps;
  readonly log: ConversionLog;
  readonly ports: ConversionPorts;
}

/**
 * Holds the plug's journal for the time of the step. Errors: locked, record-newer, file-*; those of the step, with the
 * plug's state and the next step as the journal has them.
 */
export async function runSingleStep<T>(
  ports: ConversionPorts,
  device: Pick<StepsOptions, "profile" | "guide" | "texts">,
  plug: string,
  work: (context: StepContext) => Promise<T>,
): Promise<T> {
  const log = await openConversionLog(ports.files, ports.home, plug, ports.clock);
  try {
    return await work({ plug, steps: new ConversionSteps(ports, device, log, plug), log, ports });
  } catch (error) {
    throw withJournalContext(error, log);
  } finally {
    await log.close();
  }
}

/**
 * Brings the plug as far as the step: what lies before it is proven, not repeated. Returns its address.
 * @throws those of the setup
 */
export async function joinUntil({ steps }: StepContext, options: StepsOptions, until: SetupStep): Promise<string> {
  return await steps.join(await steps.supply(), options, until, true);
}
