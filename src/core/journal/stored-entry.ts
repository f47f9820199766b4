/**
 * Entries as they are read from a journal: recognized ones, and those that this version has no reader for, which are
 * kept and passed over. An entry of a later version is refused, see version.ts.
 */
import * as v from "valibot";
import type { EntryOf, EntryType, JournalEntry } from "./entries.ts";
import { journalEntry } from "./entry-schema.ts";
import { refuseNewer } from "./version.ts";

/** An entry of an unknown type, or one that lacks what its type needs. As it was stored. */
export class UnrecognizedEntry {
  readonly type: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  // Or any entry would be one, by its shape.
  // oxlint-disable-next-line no-unused-private-class-members -- looked for with "in"
  readonly #stored = true;

  constructor(stored: { readonly type: string; readonly at: string }) {
    this.type = stored.type;
    this.at = stored.at;
    Object.assign(this, stored);
  }

  static is(entry: object): entry is UnrecognizedEntry {
    return #stored in entry;
  }
}

export type StoredEntry = JournalEntry | UnrecognizedEntry;

const frame = v.looseObject({ type: v.string(), at: v.string() });

/** Undefined where it is no journal entry at all. @throws record-newer */
export function parseEntry(value: unknown): StoredEntry | undefined {
  const framed = v.safeParse(frame, value);
  if (!framed.success) return undefined;
  refuseNewer(framed.output);
  const parsed = v.safeParse(journalEntry, value);
  return parsed.success ? parsed.output : new UnrecognizedEntry(framed.output);
}

/** In their order. @throws record-newer for one that did not come through parseEntry */
export function recognized(entries: readonly StoredEntry[]): readonly JournalEntry[] {
  return entries.filter((entry): entry is JournalEntry => {
    refuseNewer(entry);
    return !UnrecognizedEntry.is(entry);
  });
}

/** Those of one type, in their order. @throws record-newer */
export function entriesOf<T extends EntryType>(entries: readonly StoredEntry[], type: T): readonly EntryOf<T>[] {
  return recognized(entries).filter((entry): entry is EntryOf<T> => entry.type === type);
}
