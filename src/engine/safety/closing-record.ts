/**
 * The closing list with each item on record as soon as it is met, so that a list that was cut off goes on where it
 * ended. What could have changed meanwhile is asked again first; wires on the board void every item.
 */
import { type ClosingSoFar, type Wires, wiresEntry } from "../../core/conversion/state.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import type { JournalEntry } from "../../core/journal/entries.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import { say } from "../../core/text/text.ts";
import type { Clock, Operator } from "../ports.ts";
import type { ClosedCase } from "./closed-case.ts";
import { closeCase } from "./closing-list.ts";
import { requireUnplugged } from "./unplugged.ts";

export interface ClosingScene {
  readonly guide: Guide;
  readonly texts: GuideTexts;
  readonly operator: Operator;
  readonly clock: Pick<Clock, "wallTime">;
  readonly signal?: AbortSignal | undefined;
}

/** The plug's journal, as far as the list needs it. */
export interface ClosingJournal {
  /** After what was heard on wires meanwhile is settled; undefined where no item is on record. */
  soFar(): Promise<ClosingSoFar | undefined>;
  append(entry: JournalEntry): Promise<void>;
  /** Number of the last contact over any serial wire. */
  lastContact(): Promise<number>;
}

/** @param wires on record, where they are the reason for asking. Errors: unsafe, aborted, needs-input, file-*. */
export async function closeOnRecord(scene: ClosingScene, journal: ClosingJournal, wires?: Wires): Promise<ClosedCase> {
  const { guide, texts, operator, clock, signal } = scene;
  const at = (): string => new Date(clock.wallTime()).toISOString();
  const soFar = await journal.soFar();
  const holds = soFar === undefined || (await nothingOpened(operator, soFar, signal));
  if (!holds) await journal.append(wiresEntry(clock.wallTime(), undefined));
  return await closeCase(guide, texts, operator, at(), signal, wires, {
    done: holds ? soFar : undefined,
    met: async (item, measured) => {
      const contacts = await journal.lastContact();
      await journal.append({
        type: "closing-item",
        version: JOURNAL_ENTRY_VERSION,
        at: at(),
        item,
        measured,
        contacts,
      });
    },
  });
}

/** Of a list that an earlier run began. @throws unsafe where the plug may be in its socket */
async function nothingOpened(operator: Operator, { at }: ClosingSoFar, signal?: AbortSignal): Promise<boolean> {
  await requireUnplugged(operator, "close-case", signal);
  const answer = await operator.choose(
    {
      id: "nothing-opened",
      text: say`The closing list continues where it stopped at ${at.slice(11, 16)} UTC on ${at.slice(0, 10)}. Has the plug stayed as it was since then: nothing opened, nothing removed, no wire put on the board?`,
      options: [
        { id: "yes", text: say`Yes, nothing has been opened since then` },
        { id: "no", text: say`No, or I am not sure: start the list again` },
      ],
    },
    signal,
  );
  return answer === "yes";
}
