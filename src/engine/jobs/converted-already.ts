/** A plug whose conversion is finished is not converted again by mistake: the person is asked first. */
import { CONVERSION_STEPS, type ConversionState, foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import { plugFolder, plugsOnRecord } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import type { Files, Operator } from "../ports.ts";

export interface FinishedConversion {
  /** 12 lower-case hex digits. */
  readonly plug: string;
  /** When its last step was done, UTC, ISO 8601. */
  readonly at: string;
}

/**
 * Undefined where the plug has no conversion on record, or one with steps left. Closing it is no such step where only
 * wires that were put on it later call for it again: anyone who meets the chip has just put them there.
 */
export function finishedConversion(plug: string, state: ConversionState): FinishedConversion | undefined {
  const { startedAt, finished, wires } = state;
  const left = CONVERSION_STEPS.filter((step) => !finished.has(step) && !(step === "close-case" && wires?.reopened));
  return startedAt === undefined || left.length > 0 ? undefined : { plug, at: finished.get("report")!.at };
}

/** All of this home. Errors: file-corrupt, record-newer, file-*. */
export async function finishedConversions(files: Files, home: string): Promise<readonly FinishedConversion[]> {
  const found: FinishedConversion[] = [];
  for (const plug of await plugsOnRecord(files, home)) {
    const finished = finishedConversion(plug, foldConversion(await readJournal(files, plugFolder(home, plug))));
    if (finished !== undefined) found.push(finished);
  }
  return found;
}

const reported = ({ plug, at }: FinishedConversion): Text =>
  say`Plug ${plug} is already converted: its last step was finished on ${at.slice(0, 10)}.`;

/** Resolves where it is to be converted again all the same. Errors: aborted, needs-input. */
export async function askToConvertAgain(
  finished: FinishedConversion,
  operator: Operator,
  signal?: AbortSignal,
): Promise<void> {
  const answer = await operator.choose(
    {
      id: "converted-already",
      text: joined([
        reported(finished),
        say`Converting it again means to open it, to erase its flash and to start from the beginning. Do you want that?`,
      ]),
      options: [
        { id: "stop", text: say`No, leave it as it is` },
        { id: "again", text: say`Yes, convert it again from the beginning` },
      ],
    },
    signal,
  );
  if (answer !== "again") throw leftUnchanged("aborted", finished);
}

/** The error where it is left as it is, or where nobody is there to ask. */
export function leftUnchanged(code: "aborted" | "needs-input", finished: FinishedConversion): PlugsmithError {
  return new PlugsmithError(code, {
    message: joined([reported(finished), say`Nothing was changed.`]),
    step: "prepare",
    plugState: say`converted, as its last step left it`,
    nextStep: say`To repeat single steps, run plugsmith audit, calibrate or report. To convert it again, run plugsmith convert --new.`,
  });
}
