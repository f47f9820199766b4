/** The records of a plug's calibrations: where they live, and what the newest of them say. */
import type { MeterConstants } from "../../core/calibration/power-factor.ts";
import type { Wires } from "../../core/conversion/state.ts";
import type { BenchState, CalibrationRecord } from "../../core/journal/calibration-record.ts";
import type { ProofPorts } from "../safety/wire-contacts.ts";

type ConstantsRecord = Extract<CalibrationRecord, { readonly after: MeterConstants }>;

/** Where records live: the plug's folder. `append` resolves when the record is flushed to the medium. */
export interface CalibrationRecords {
  append(record: CalibrationRecord): Promise<void>;
  /** Oldest first. */
  all(): Promise<readonly CalibrationRecord[]>;
  /** Wires on the board that no closing list has taken off since; asks if only the person can know. */
  wires?(asking: Pick<ProofPorts, "operator" | "clock" | "signal">): Promise<Wires | undefined>;
}

/** The newest constants that a calibration (not an undo) arrived at. */
export function lastCalibration(
  records: readonly CalibrationRecord[],
): Extract<CalibrationRecord, { kind: "begun" | "calibrated" }> | undefined {
  return records.findLast(
    (record): record is Extract<CalibrationRecord, { kind: "begun" | "calibrated" }> => record.kind === "calibrated",
  );
}

/** The newest change of constants of any kind, a calibration that was cut off included: what `--undo` takes back. */
export function lastChange(records: readonly CalibrationRecord[]): ConstantsRecord | undefined {
  return records.findLast((record): record is ConstantsRecord => "after" in record);
}

/** What a measurement that was cut off did not put back; undefined where nothing is left to be put back. */
export function unfinishedMeasurement(records: readonly CalibrationRecord[]): BenchState | undefined {
  const last = records.findLast((record) => record.kind === "measuring" || record.kind === "put-back");
  return last?.kind === "measuring" ? last : undefined;
}
