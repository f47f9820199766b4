/** What a calibration leaves behind: enough for its certificate, for going back, and for setting it again after a reset. */
import type { NewConstant } from "../../core/calibration/constants.ts";
import type { MeterQuantity } from "../../core/calibration/meter.ts";
import type { MeterConstants } from "../../core/calibration/power-factor.ts";
import type { Wires } from "../../core/conversion/state.ts";
import type { ProofPorts } from "../wires/closing-proof.ts";
import type { Resolutions } from "./meter-plug.ts";

export const CALIBRATION_RECORD_VERSION = 1;

export interface MeterCheck {
  readonly quantity: MeterQuantity;
  /** Mean reading and what it should have been. */
  readonly reading: number;
  readonly reference: number;
  /** reading / reference − 1. */
  readonly error: number;
  /** Expanded uncertainty of that error, k = 2. */
  readonly expanded: number;
}

/** What measuring needs otherwise than everyday use. */
export interface BenchState {
  readonly resolutions: Resolutions;
  readonly relayOn: boolean;
}

export type CalibrationRecord =
  /** Written and flushed before the first constant is changed. */
  | {
      readonly version: typeof CALIBRATION_RECORD_VERSION;
      readonly kind: "begun" | "calibrated";
      readonly at: string;
      readonly method: string;
      readonly samples: number;
      readonly before: MeterConstants;
      readonly after: MeterConstants;
      readonly results: readonly NewConstant[];
      /** Whether P/(U·I) could tell that the load was resistive, in words. */
      readonly resistive: string;
    }
  | {
      readonly version: typeof CALIBRATION_RECORD_VERSION;
      readonly kind: "undone" | "reapplied";
      readonly at: string;
      readonly before: MeterConstants;
      readonly after: MeterConstants;
    }
  /** The plug's settings as they were before it was made ready for measuring, flushed before the first is changed; put back. */
  | ({
      readonly version: typeof CALIBRATION_RECORD_VERSION;
      readonly kind: "measuring" | "put-back";
      readonly at: string;
    } & BenchState)
  /** A check at another load or another day; changes nothing. */
  | {
      readonly version: typeof CALIBRATION_RECORD_VERSION;
      readonly kind: "checked";
      readonly at: string;
      readonly purpose: "linearity" | "drift";
      readonly method: string;
      readonly constants: MeterConstants;
      readonly checks: readonly MeterCheck[];
      readonly verdict: string;
    };

type ConstantsRecord = Extract<CalibrationRecord, { readonly after: MeterConstants }>;

/** Where records live: the plug's folder. `append` resolves when the record is flushed to the medium. */
export interface CalibrationRecords {
  append(record: CalibrationRecord): Promise<void>;
  /** Oldest first. */
  all(): Promise<readonly CalibrationRecord[]>;
  /** Wires on the board that no closing list has taken off since; asks where only the person can tell. */
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
export function leftMeasuring(records: readonly CalibrationRecord[]): BenchState | undefined {
  const last = records.findLast((record) => record.kind === "measuring" || record.kind === "put-back");
  return last?.kind === "measuring" ? last : undefined;
}
