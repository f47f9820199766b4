/**
 * The plug's journal as the conversion uses it: one run at a time, each finished step on the medium before the next
 * begins, everything so far folded on demand.
 */

import { nextStep } from "../../core/conversion/next-step.ts";
import { type ConversionState, type ConversionStep, foldConversion } from "../../core/conversion/state.ts";
import { isPlugsmithError, withContext } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { type NewEntry, stepEntry, withTime } from "../../core/journal/entries.ts";
import type { StepData } from "../../core/journal/step-data.ts";
import type { StoredEntry } from "../../core/journal/stored-entry.ts";
import { stepText } from "../../core/step-id.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import { lastContact } from "../home/contacts.ts";
import { plugFolder, plugsOnRecord } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import type { Clock, Files } from "../ports.ts";
import { runStep } from "../step.ts";

export interface ConversionLog {
  readonly folder: string;
  readonly entries: readonly StoredEntry[];
  readonly state: ConversionState;
  finish<S extends ConversionStep>(step: S, data: StepData[S]): Promise<void>;
  note(entry: NewEntry): Promise<void>;
  close(): Promise<void>;
}

/** @throws locked, record-newer, file-* */
export async function openConversionLog(
  files: Files,
  home: string,
  plug: string,
  clock: Clock,
): Promise<ConversionLog> {
  const journal = await openPlugJournal(files, home, plug);
  const note = (entry: NewEntry): Promise<void> =>
    journal.append(withTime(entry, new Date(clock.wallTime()).toISOString()));
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
      const contacts = step === "close-case" ? { contacts: await lastContact(files, home) } : {};
      await note(stepEntry(step, { ...data, ...contacts }));
    },
    note,
    close: () => journal.close(),
  };
}

/** Runs a step with its events and puts it on record. */
export function stepOnRecord<S extends ConversionStep, T>(
  ports: { readonly events: EventSink; readonly clock: Pick<Clock, "now"> },
  log: Pick<ConversionLog, "finish">,
  name: S,
  title: Text,
  work: () => Promise<readonly [T, StepData[S], Text]>,
): Promise<T> {
  return runStep(ports, name, title, async () => {
    const [result, data, summary] = await work();
    await log.finish(name, data);
    return [result, summary];
  });
}

/** The error of a step, with the plug's state and the next step as the journal has them where it says nothing of them. */
export function withJournalContext(error: unknown, { state }: Pick<ConversionLog, "state">): unknown {
  if (!isPlugsmithError(error)) return error;
  const next = nextStep(state);
  const done = [...state.finished.keys()];
  return withContext(error, {
    step: next,
    plugState:
      done.length === 0
        ? say`no step is recorded as done`
        : say`these steps are recorded as done: ${joined(done.map(stepText), ", ")}`,
    nextStep:
      next === undefined
        ? say`Run the same command again. It does not repeat steps that are recorded as done.`
        : say`Run the same command again. It does not repeat steps that are recorded as done; the next step is: ${stepText(next)}.`,
  });
}

export interface UnfinishedConversion {
  /** 12 lower-case hex digits. */
  readonly plug: string;
  readonly startedAt: string;
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
    if (state.startedAt !== undefined && next !== undefined) found.push({ plug, startedAt: state.startedAt, next });
  }
  return found.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}
