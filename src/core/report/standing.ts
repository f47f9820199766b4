/**
 * What still holds of a plug's lock and calibration, as a fold over its journal: what was written over or reset since
 * counts no more. The closing list has its own fold, see conversion/state.ts.
 */
import type { CalibrationRecord, MeterCheck, NewerCalibration } from "../journal/calibration-record.ts";
import type { JournalEntry } from "../journal/entries.ts";
import { recognized, type StoredEntry } from "../journal/stored-entry.ts";

type Calibrated = Extract<CalibrationRecord, { kind: "begun" | "calibrated" }>;
type Checked = Extract<CalibrationRecord, { kind: "checked" }>;

export interface Standing {
  /** How many ways in were refused without the password when it was locked; undefined where that is not on record. */
  readonly refused: number | undefined;
  /** The calibration whose constants the plug has. */
  readonly calibration: Calibrated | undefined;
  /** The newest check of that calibration. */
  readonly check:
    | { readonly at: string; readonly off: readonly MeterCheck[]; readonly sameConstants: boolean }
    | undefined;
}

const NOTHING: Standing = { refused: undefined, calibration: undefined, check: undefined };

/** @throws record-newer */
export function standingOf(entries: readonly StoredEntry[]): Standing {
  let standing = NOTHING;
  let last: Calibrated | undefined;
  for (const entry of recognized(entries)) {
    if (isReset(entry)) standing = NOTHING;
    else if (entry.type === "rescued" && entry.calibration === "none") {
      standing = { ...standing, calibration: undefined, check: undefined };
    } else if (entry.type === "conversion-step" && entry.step === "secure") {
      standing = { ...standing, refused: entry.data.refused };
    } else if (entry.type === "calibration") {
      const { record } = entry;
      if (record.kind === "calibrated") last = record;
      standing = afterCalibration(standing, record, last);
    }
  }
  return standing;
}

/** The flash holds something else from here on, so neither password nor constants are what they were. */
function isReset(entry: JournalEntry): boolean {
  switch (entry.type) {
    case "erase-begun":
    case "conversion-begun":
      return true;
    case "rescued":
      return entry.outcome === "vendor";
    default:
      return false;
  }
}

function afterCalibration(
  standing: Standing,
  record: CalibrationRecord | NewerCalibration,
  last: Calibrated | undefined,
): Standing {
  switch (record.kind) {
    case "calibrated":
      return { ...standing, calibration: record, check: undefined };
    case "reapplied":
      return {
        ...standing,
        calibration: sameConstants(record.after, last?.after) ? last : undefined,
        check: undefined,
      };
    // Started and not finished: which constants the plug has is not known.
    case "begun":
    case "undone":
      return { ...standing, calibration: undefined, check: undefined };
    case "checked":
      return { ...standing, check: checkOf(record, standing.calibration) };
    default:
      return standing;
  }
}

function checkOf({ at, checks, constants }: Checked, calibration: Calibrated | undefined): Standing["check"] {
  const off = checks.filter(({ error, expanded }) => Math.abs(error) > expanded);
  return { at, off, sameConstants: sameConstants(constants, calibration?.after) };
}

function sameConstants(a: Calibrated["after"], b: Calibrated["after"] | undefined): boolean {
  return b !== undefined && a.voltage === b.voltage && a.power === b.power && a.current === b.current;
}
