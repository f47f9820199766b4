/**
 * The plug's journal as the conversion uses it: one run at a time, each finished step on the medium before the next
 * begins, everything so far folded on demand.
 */
import {
  CONVERSION_ENTRY_VERSION,
  type ConversionEntry,
  type ConversionState,
  type ConversionStep,
  foldConversion,
  nextStep,
} from "../../core/conversion/state.ts";
import { completed, isPlugsmithError } from "../../core/errors.ts";
import { lastContact } from "../home/contacts.ts";
import { plugFolder, plugsOnRecord } from "../home/folders.ts";
import { type JournalEntry, readJournal } from "../home/journal.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import type { Clock, Files } from "../ports.ts";

export interface ConversionLog {
  readonly folder: string;
  readonly entries: readonly JournalEntry[];
  readonly state: ConversionState;
  finish(step: ConversionStep, data: Readonly<Record<string, unknown>>): Promise<void>;
  note(type: ConversionEntry["type"]): Promise<void>;
  append(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

/** Fields that make a journal entry one of a conversion's. */
export const entryFields: { readonly version: number } = { version: CONVERSION_ENTRY_VERSION };

/** @throws locked, record-newer, file-* */
export async function openConversionLog(
  files: Files,
  home: string,
  plug: string,
  clock: Clock,
): Promise<ConversionLog> {
  const journal = await openPlugJournal(files, home, plug);
  const put = (type: ConversionEntry["type"], more: Readonly<Record<string, unknown>> = {}): Promise<void> =>
    journal.append({ type, at: new Date(clock.wallTime()).toISOString(), ...entryFields, ...more });
  return {
    folder: plugFolder(home, plug),
    get entries() {
      return journal.entries;
    },
    get state() {
      return foldConversion(journal.entries);
    },
    finish: async (step, data) => {
      // What is heard on a wire later than this takes the closed case back.
      const contacts = step === "close the case" ? { contacts: await lastContact(files, home) } : {};
      await put("conversion-step", { step, data: { ...data, ...contacts } });
    },
    note: (type) => put(type),
    append: (entry) => journal.append(entry),
    close: () => journal.close(),
  };
}

/** The error of a step, with the plug's state and the next step as the journal has them where it says nothing of them. */
export function toldByLog(error: unknown, { state }: Pick<ConversionLog, "state">): unknown {
  if (!isPlugsmithError(error)) return error;
  const next = nextStep(state);
  const done = [...state.finished.keys()];
  return completed(error, {
    step: next,
    plugState: `on record as done: ${done.length === 0 ? "nothing" : done.join(", ")}`,
    nextStep: `Run the same command again: what is on record as done is not done twice${next === undefined ? "" : `, and ${next} comes next`}.`,
  });
}

export interface UnfinishedConversion {
  /** 12 lower-case hex digits. */
  readonly plug: string;
  readonly begunAt: string;
  readonly next: ConversionStep;
}

/** Conversions that began and did not end, newest first. A journal that cannot be read is passed over here: its own plug will say so. */
export async function unfinishedConversions(files: Files, home: string): Promise<UnfinishedConversion[]> {
  const found: UnfinishedConversion[] = [];
  for (const plug of await plugsOnRecord(files, home)) {
    let state: ConversionState;
    try {
      state = foldConversion(await readJournal(files, plugFolder(home, plug)));
    } catch {
      continue;
    }
    const next = nextStep(state);
    if (state.begunAt !== undefined && next !== undefined) found.push({ plug, begunAt: state.begunAt, next });
  }
  return found.sort((a, b) => (a.begunAt < b.begunAt ? 1 : -1));
}
