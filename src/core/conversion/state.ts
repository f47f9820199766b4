/**
 * What a plug's journal says about its conversion. A fold, nothing else: the same entries always give the same state,
 * and a state is never stored. Of the flash session's own entries only the beginning of an erasure counts; others are passed over.
 */
import type { ClosingItemMet, EntryType, JournalEntry, WiresAttached } from "../journal/entries.ts";
import type { SafetyRecord, StepData } from "../journal/step-data.ts";
import { recognized, type StoredEntry } from "../journal/stored-entry.ts";
import { JOURNAL_ENTRY_VERSION } from "../journal/version.ts";
import type { ConversionStep } from "../step-id.ts";
import { say, type Text } from "../text/text.ts";

export { CONVERSION_STEPS, type ConversionStep } from "../step-id.ts";

/** Wires on the board that no closing list has taken off since. */
export interface Wires {
  /** Since when, UTC, ISO 8601. */
  readonly since: string;
  /** The adapter, for people; undefined where it is not on record. */
  readonly where: string | undefined;
  /** The closing list had been gone through before: the plug may be in use, and in its socket. */
  readonly reopened: boolean;
}

/** Items of a closing list that was begun and not finished; wires on the board void all of them. */
export interface ClosingSoFar extends SafetyRecord {
  /** Of the last item, UTC, ISO 8601. */
  readonly at: string;
  /** Number of the last wire contact before the first item. */
  readonly contacts: number | undefined;
}

export interface FinishedStep<S extends ConversionStep = ConversionStep> {
  readonly at: string;
  readonly data: StepData[S];
}

/** By step, in the order in which they were finished last. */
export class FinishedSteps extends Map<ConversionStep, FinishedStep> {
  override get<S extends ConversionStep>(step: S): FinishedStep<S> | undefined;
  override get(step: ConversionStep): FinishedStep | undefined {
    return super.get(step);
  }
}

export interface ConversionState {
  readonly startedAt: string | undefined;
  readonly finished: FinishedSteps;
  /** True from the moment a serial line touched the plug until the closing list was gone through after it. */
  readonly wiresAttached: boolean;
  /** The first of them since the closing list. */
  readonly wires: Wires | undefined;
  /** Undefined where no item is on record, or the list is finished. */
  readonly closing: ClosingSoFar | undefined;
  /** True once this conversion began to erase: what the flash holds since is nothing that could be backed up. */
  readonly erasing: boolean;
  /** True once this conversion began to bring the plug into the network: it may be there though no run learned of it. */
  readonly provisioning: boolean;
  /** Since when (UTC) the plug holds again what it held at first, by a restore; undefined once anything is written over it. */
  readonly vendorSince: string | undefined;
}

/** Entries of the flash session, whichever command ran it: they can only come over a serial line, so wires were attached. */
const OVER_THE_WIRES: readonly EntryType[] = ["backup-sealed", "erase-begun", "target-proven", "restore-proven"];

/** @throws PlugsmithError record-newer where a later plugsmith wrote something that this one would misread. */
export function foldConversion(entries: readonly StoredEntry[]): ConversionState {
  let startedAt: string | undefined;
  let finished = new FinishedSteps();
  let wires: Wires | undefined;
  let vendorSince: string | undefined;
  let closing: ClosingSoFar | undefined;
  let erasing = false;
  let provisioning = false;
  const originals = new Originals();
  const attach = (at: string, where: string | undefined): void => {
    const reopened = finished.delete("close-case");
    closing = undefined;
    wires ??= { since: at, where, reopened };
  };
  for (const entry of recognized(entries)) {
    if (OVER_THE_WIRES.includes(entry.type)) attach(entry.at, undefined);
    if (originals.isBack(entry)) {
      vendorSince = entry.at;
      startedAt = undefined;
      finished = new FinishedSteps();
      erasing = false;
    }
    switch (entry.type) {
      case "erase-begun":
        erasing = true;
        vendorSince = undefined;
        break;
      case "conversion-begun":
        // A plug converted again starts over; what an earlier conversion found stays in the journal.
        startedAt = entry.at;
        finished = new FinishedSteps();
        closing = undefined;
        erasing = false;
        provisioning = false;
        break;
      case "provision-begun":
        provisioning = true;
        break;
      case "wires-attached":
        attach(entry.at, entry.where);
        break;
      case "conversion-step":
        finished.set(entry.step, { at: entry.at, data: entry.data ?? {} });
        if (entry.step !== "close-case") break;
        wires = undefined;
        closing = undefined;
        break;
      case "closing-item":
        closing = withItem(closing, entry);
        break;
      default:
        // Answers, calibrations and contacts say nothing of how far the conversion is.
        break;
    }
  }
  return {
    startedAt,
    finished,
    wiresAttached: wires !== undefined,
    wires,
    closing,
    erasing,
    provisioning,
    vendorSince,
  };
}

function withItem(closing: ClosingSoFar | undefined, { at, item, measured, contacts }: ClosingItemMet): ClosingSoFar {
  return {
    at,
    contacts: closing === undefined ? contacts : closing.contacts,
    confirmed: [...(closing?.confirmed ?? []), ...(measured === undefined ? [item] : [])],
    measured: [...(closing?.measured ?? []), ...(measured === undefined ? [] : [measured])],
  };
}

/**
 * Which backups are of what the plug came with. The order of seals and changes says it, never what the bytes look like:
 * vendors' firmware and Tasmota can be taken for each other.
 */
class Originals {
  /** By MD5: whether it was sealed before anything was changed. */
  readonly #sealed = new Map<string | undefined, boolean>();
  #changed = false;

  /** Follows the entries in their order. @returns whether this one says that the plug holds again what it came with. */
  isBack(entry: JournalEntry): boolean {
    switch (entry.type) {
      case "backup-sealed":
        if (entry.md5 !== undefined && !this.#sealed.has(entry.md5)) this.#sealed.set(entry.md5, !this.#changed);
        return false;
      case "erase-begun":
        if (entry.kind !== "restore") this.#changed = true;
        return false;
      case "restore-proven": {
        // Sealed by a run that was killed before its entry, or a file: what it looks like is all there is.
        const original = this.#sealed.get(entry.md5) ?? entry.firmware !== "tasmota";
        if (original) this.#changed = false;
        return original;
      }
      default:
        return false;
    }
  }
}

/** @param at ms since 1970. @param where the adapter, for people. */
export function wiresEntry(at: number, where: string | undefined): WiresAttached {
  return { type: "wires-attached", at: new Date(at).toISOString(), version: JOURNAL_ENTRY_VERSION, where };
}

/** A sentence that names the wires on record, for anyone who is asked or refused because of them. @param plug of several. */
export function wiresWords({ since, where }: Wires, plug?: string): Text {
  const [date, time] = [since.slice(0, 10), since.slice(11, 16)];
  if (plug === undefined) {
    return where === undefined
      ? say`Wires were attached to this plug's board on ${date} at ${time} UTC. The closing list has not been completed since.`
      : say`Wires were attached to this plug's board on ${date} at ${time} UTC (${where}). The closing list has not been completed since.`;
  }
  return where === undefined
    ? say`Wires were attached to the board of ${plug} on ${date} at ${time} UTC. The closing list has not been completed since.`
    : say`Wires were attached to the board of ${plug} on ${date} at ${time} UTC (${where}). The closing list has not been completed since.`;
}
