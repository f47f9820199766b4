/**
 * What an error of a flash session says of the plug, in one place. Where it is thrown only its own act is known: a line
 * that is lost while the chip is asked for its MAC has touched nothing, and yet the flash may be half written. Whether
 * erasing was announced, what is sealed and what is proven is known here and in the plug's journal.
 */

import { type ErrorCode, PlugsmithError, withContext } from "../../core/errors.ts";
import type { StepId } from "../../core/step-id.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import { readJournal } from "../home/journal.ts";
import type { Files } from "../ports.ts";
import { type UnfinishedChange, unfinishedChange } from "./unfinished.ts";

/** A change of the flash that this session announced. */
export interface Change extends Pick<UnfinishedChange, "kind" | "backup"> {
  /** The chip's own digest says that it is done. */
  readonly proven: boolean;
}

const PROVEN: Readonly<Record<Change["kind"], Text>> = {
  write: say`written, and verified with the chip's own digest`,
  erase: say`erased, and verified with the chip's own digest`,
  restore: say`restored, and verified with the chip's own digest`,
};

const PARTLY: Readonly<Record<Change["kind"], Text>> = {
  write: say`partly written, so it may not start`,
  erase: say`partly erased, so it may not start`,
  restore: say`partly restored, so it may not start`,
};

/** What is said by those who know only their own act. */
const UNTOUCHED: readonly (string | undefined)[] = [undefined, "untouched", "flash untouched"];

/** What to look at before the command is run again. */
const LOOK_AT: Partial<Record<ErrorCode, Text>> = {
  "line-lost": say`Check the adapter and its cable, or the network if the port is on another computer.`,
  "port-failed": say`Unplug the adapter and plug it in again.`,
  "no-reply": say`Check the wires and the supply.`,
  "bad-reply": say`Check the wires and the supply.`,
  "chip-refused": say`Check the wires and the supply.`,
  "stub-failed": say`Check the supply.`,
};

/**
 * The error, complete. An "untouched" from below stays only where no change is open and none was proven.
 * @param folder the plug's; undefined before it is known which plug that is.
 * @param change the last that this session announced.
 */
export async function withPlugState(
  error: PlugsmithError,
  step: StepId,
  files: Files,
  folder: string | undefined,
  change: Change | undefined,
): Promise<PlugsmithError> {
  const own = !UNTOUCHED.includes(error.plugState);
  const open = own || folder === undefined ? undefined : await openChange(files, folder, change);
  const stated = own || (open === undefined && change?.proven !== true) ? error : withoutState(error);
  return withContext(stated, {
    step,
    plugState: stateOf(change, open),
    nextStep: nextStepFor(error.code, change?.proven === true ? undefined : open),
  });
}

/** From the journal: an earlier run may have left it so. What this session announced is known without. */
async function openChange(
  files: Files,
  folder: string,
  change: Change | undefined,
): Promise<Pick<UnfinishedChange, "kind" | "backup"> | undefined> {
  if (change !== undefined) return change.proven ? undefined : change;
  try {
    return unfinishedChange(await readJournal(files, folder));
  } catch {
    // The error being reported may come from that very journal.
    return undefined;
  }
}

function stateOf(change: Change | undefined, open: Pick<UnfinishedChange, "kind" | "backup"> | undefined): Text {
  if (change?.proven === true) return PROVEN[change.kind];
  if (open === undefined) return say`untouched`;
  const sealed =
    open.backup === undefined
      ? say`there is no sealed backup of what it held`
      : say`the sealed backup of its original firmware is ${open.backup}`;
  const earlier = change === undefined ? [say`left by an earlier run`] : [];
  return joined([PARTLY[open.kind], ...earlier, sealed], "; ");
}

function nextStepFor(code: ErrorCode, open: Pick<UnfinishedChange, "kind" | "backup"> | undefined): Text {
  const first = LOOK_AT[code];
  const again = say`Run the same command again. It continues from what is already verified.`;
  const wayBack =
    open?.backup === undefined || open.kind === "restore"
      ? []
      : [say`Or restore the original firmware: plugsmith restore.`];
  return joined([...(first === undefined ? [] : [first]), again, ...wayBack]);
}

function withoutState({ code, texts, step, context, cause }: PlugsmithError): PlugsmithError {
  return new PlugsmithError(code, { message: texts.message, step, nextStep: texts.nextStep, context, cause });
}
