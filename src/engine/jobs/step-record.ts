/**
 * Steps that commands of their own did, put into the plug's journal, so that `convert` finds them done. Only where a
 * conversion is under way: who backs a plug up or locks one that was converted elsewhere begins none.
 */
import { nextStep } from "../../core/conversion/next-step.ts";
import { type ConversionState, type ConversionStep, foldConversion } from "../../core/conversion/state.ts";
import { stepEntry } from "../../core/journal/entries.ts";
import type { StepData } from "../../core/journal/step-data.ts";
import type { FlashSession } from "../flash/contract.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import type { Clock, Files } from "../ports.ts";
import { openConversionLog } from "./conversion-log.ts";

export interface Records {
  readonly files: Files;
  readonly home: string;
}

/** The plug's conversion, undefined where none is under way. @throws record-newer, file-* */
export async function conversionUnderWay({ files, home }: Records, plug: string): Promise<ConversionState | undefined> {
  const state = foldConversion(await readJournal(files, plugFolder(home, plug)));
  return state.startedAt !== undefined && nextStep(state) !== undefined ? state : undefined;
}

/** From within a flash session, which has the journal open. */
export async function noteSessionStep<S extends ConversionStep>(
  session: FlashSession,
  records: Records,
  step: S,
  data: StepData[S],
  when: (state: ConversionState) => boolean = () => true,
): Promise<void> {
  const state = await conversionUnderWay(records, (await session.identify()).plug);
  if (state !== undefined && when(state)) await session.note(stepEntry(step, data));
}

/** From a command that has the journal not open. */
export async function recordStep<S extends ConversionStep>(
  { files, home, clock }: Records & { readonly clock: Clock },
  plug: string | undefined,
  step: S,
  data: StepData[S],
): Promise<void> {
  if (plug === undefined || (await conversionUnderWay({ files, home }, plug)) === undefined) return;
  const log = await openConversionLog(files, home, plug, clock);
  try {
    await log.finish(step, data);
  } finally {
    await log.close();
  }
}
