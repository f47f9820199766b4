/**
 * The entries of a journal, by type: of a plug's journal, and of the one that the home keeps of contacts on serial wires.
 * Most fields may be missing: a journal outlives the version that wrote it. Those without which an entry says nothing
 * are required; an entry that lacks one counts as unrecognized, see stored-entry.ts. The schema is in entry-schema.ts.
 */

import type { GuideUnit } from "../guide/guide.ts";
import type { ConversionStep } from "../step-id.ts";
import type { CalibrationRecord, NewerCalibration } from "./calibration-record.ts";
import type { SafetyMeasurement, StepData } from "./step-data.ts";
import { JOURNAL_ENTRY_VERSION } from "./version.ts";

interface Entry<T extends string> {
  readonly type: T;
  /** UTC, ISO 8601. */
  readonly at: string;
}

interface VersionedEntry<T extends string> extends Entry<T> {
  readonly version: number;
}

/** A backup of the whole flash is sealed; `backup` is its id. */
export interface BackupSealed extends Entry<"backup-sealed"> {
  readonly backup?: string | undefined;
  readonly md5?: string | undefined;
  readonly sha256?: string | undefined;
}

/** On the medium before the first erase, with what is meant to come of it. */
export interface EraseStarted extends Entry<"erase-begun"> {
  readonly kind?: "write" | "erase" | "restore" | undefined;
  /** Of what was asked for. */
  readonly sha256?: string | undefined;
  /** Where the target begins in the flash, its length and its digest. */
  readonly from?: number | undefined;
  readonly length?: number | undefined;
  readonly md5?: string | undefined;
  /** What opened the erase gate, for people. */
  readonly gate?: string | undefined;
  /** How long before the gate the chip reported the digest that opened it, ms. */
  readonly digestAgeMs?: number | undefined;
  /** Id of the sealed backup that made it safe; undefined where the gate was overridden. */
  readonly backup?: string | undefined;
}

/** What an erasure announced is proven to be in the flash. */
export interface TargetProven extends Entry<"target-proven"> {
  readonly md5?: string | undefined;
}

/** The flash is proven to hold a sealed backup again: what it holds from now on needs a backup of its own. */
export interface RestoreProven extends Entry<"restore-proven"> {
  readonly md5?: string | undefined;
  /** What the backup is of, as identifyFirmware says. */
  readonly firmware?: string | undefined;
}

/** `where`: over which adapter the plug was heard, for people. */
export interface WiresAttached extends VersionedEntry<"wires-attached"> {
  readonly where?: string | undefined;
}

/** A step of the conversion is done. */
export type StepDone = {
  [S in ConversionStep]: VersionedEntry<"conversion-step"> & { readonly step: S; readonly data: StepData[S] };
}[ConversionStep];

export type AnswerKind = "act" | "choose" | "measure" | "provide";

/** An item of the closing list is met; the finished list is the step `close-case`. */
export interface ClosingItemMet extends VersionedEntry<"closing-item"> {
  readonly item: string;
  /** Undefined: the person confirmed it. */
  readonly measured?: SafetyMeasurement | undefined;
  /** Number of the last wire contact before it. */
  readonly contacts?: number | undefined;
}

/** What a person was asked and answered, see conversion/answers.ts. */
export interface AnsweredEntry extends VersionedEntry<"answered"> {
  readonly kind: AnswerKind;
  /** The question's own, e.g. "earth-resistance". */
  readonly id: string;
  /** As it was shown. What is asked with "provide" is left out: a name, a path, a secret. */
  readonly text?: string | undefined;
  /** `choose`: the option's id. `measure`: the reading, null beyond the instrument's range. Else there is none. */
  readonly answer?: string | number | null | undefined;
  /** `choose`: the option as it was shown. Older versions kept its id only. */
  readonly words?: string | undefined;
  /** Of a reading. */
  readonly unit?: GuideUnit | undefined;
}

export interface CalibrationEntry extends Entry<"calibration"> {
  readonly record: CalibrationRecord | NewerCalibration;
}

/** A rescue came to its end. */
export interface RescuedEntry extends VersionedEntry<"rescued"> {
  readonly symptom?: string | undefined;
  readonly roads?: readonly string[] | undefined;
  readonly outcome?: "vendor" | undefined;
  readonly calibration?: "restored" | "kept" | "none" | undefined;
}

/** The person said that none of the contacts up to this one was this plug. */
export interface ContactsDenied extends VersionedEntry<"wire-contacts-denied"> {
  readonly upTo: number;
}

/** Something was heard on a serial wire. In the home's journal of contacts, as the next one. */
export interface WireContactHeard extends VersionedEntry<"wire-contact"> {
  /** 1, 2, 3 … in the order in which they were heard. */
  readonly contact: number;
  readonly adapter: string;
  readonly where: string;
}

/** Which plug a contact was. */
export interface WireContactIdentified extends VersionedEntry<"wire-contact-identified"> {
  readonly contact: number;
  /** 12 lower-case hex digits. */
  readonly plug: string;
  /** The plug's own journal knows nothing of it. */
  readonly missing?: boolean | undefined;
}

export type JournalEntry =
  | BackupSealed
  | EraseStarted
  | TargetProven
  | RestoreProven
  | VersionedEntry<"conversion-begun">
  | VersionedEntry<"provision-begun">
  | WiresAttached
  | StepDone
  | ClosingItemMet
  | AnsweredEntry
  | CalibrationEntry
  | RescuedEntry
  | ContactsDenied
  | WireContactHeard
  | WireContactIdentified;

export type EntryType = JournalEntry["type"];
export type EntryOf<T extends EntryType> = Extract<JournalEntry, { readonly type: T }>;

type Timeless<E> = E extends unknown ? Omit<E, "at"> & { readonly at?: string } : never;

/** An entry that gets its time when it is written, where it brings none. */
export type NewEntry = Timeless<JournalEntry>;

/** An overload, because the compiler does not follow a step and its data through a generic object. */
export function stepEntry<S extends ConversionStep>(step: S, data: StepData[S]): Timeless<StepDone>;
export function stepEntry(
  step: ConversionStep,
  data: StepData[ConversionStep],
): Omit<StepDone, "at"> & { readonly step: ConversionStep; readonly data: StepData[ConversionStep] } {
  return { type: "conversion-step", version: JOURNAL_ENTRY_VERSION, step, data };
}

/** With that time (UTC, ISO 8601) where it brings none of its own. */
export function withTime(entry: NewEntry, at: string): JournalEntry {
  const first = { type: entry.type, at };
  return { ...first, ...entry };
}
