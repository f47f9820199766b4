/**
 * Which of a plug's backups was made first. The number in the manifest says it; backups of older versions have none, and
 * for them the journal and the time stamp are asked, both of which can be wrong: a clock jumps, and a run that was
 * killed leaves a sealed backup without its journal entry. Where they disagree nobody knows.
 */
import { entriesOf, type StoredEntry } from "../../core/journal/stored-entry.ts";
import type { SealedBackup } from "./backups.ts";

/** Undefined where it cannot be known. @param backups at least one. @param entries of the plug's journal. */
export function firstBackup(
  backups: readonly SealedBackup[],
  entries: readonly StoredEntry[],
): SealedBackup | undefined {
  const order = journalOrder(entries);
  const first = byNumber(backups) ?? byJournalAndTime(withoutNumber(backups), order);
  if (first === undefined) return undefined;
  const place = order.get(first.id);
  const contradicted = place !== undefined && backups.some(({ id }) => (order.get(id) ?? place) < place);
  return contradicted ? undefined : first;
}

/** The lowest number, where every backup has one of its own. */
function byNumber(backups: readonly SealedBackup[]): SealedBackup | undefined {
  const numbers = new Set(backups.map(({ manifest }) => manifest.sequence));
  if (numbers.has(undefined) || numbers.size < backups.length) return undefined;
  return least(backups, ({ manifest }) => manifest.sequence!);
}

/** Those without a number are older than those with one; where all have one, two share it and all are in question. */
function withoutNumber(backups: readonly SealedBackup[]): readonly SealedBackup[] {
  const older = backups.filter(({ manifest }) => manifest.sequence === undefined);
  return older.length > 0 ? older : backups;
}

function byJournalAndTime(
  backups: readonly SealedBackup[],
  order: ReadonlyMap<string, number>,
): SealedBackup | undefined {
  const known = backups.filter(({ id }) => order.has(id));
  const byTime = least(backups, ({ manifest }) => Date.parse(manifest.time));
  const tied = backups.filter(({ manifest }) => manifest.time === byTime.manifest.time).length > 1;
  if (known.length === 0) return tied ? undefined : byTime;
  const byJournal = least(known, ({ id }) => order.get(id)!);
  if (backups.length === 1 || byJournal.id === byTime.id) return byJournal;
  return tied && known.length === backups.length && byJournal.manifest.time === byTime.manifest.time
    ? byJournal
    : undefined;
}

/** Of each backup the place of the first entry that knows it. */
function journalOrder(entries: readonly StoredEntry[]): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  for (const [place, { backup }] of entriesOf(entries, "backup-sealed").entries()) {
    if (backup !== undefined && !order.has(backup)) order.set(backup, place);
  }
  return order;
}

function least(backups: readonly SealedBackup[], rank: (backup: SealedBackup) => number): SealedBackup {
  return backups.reduce((best, each) => (rank(each) < rank(best) ? each : best));
}
