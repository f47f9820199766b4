/**
 * One plug's history as data: what it was, what was done, what it is, how to undo it. Holds no secrets. The page and the
 * JSON file are both made from exactly this; in the file a text is its English sentence. Fields are only ever added.
 */
import type { NewConstant } from "../calibration/constants.ts";
import type { Text } from "../text/text.ts";
import type { Verdict } from "./verdict.ts";

export const REPORT_VERSION = 1;

export interface ReportBackup {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly md5: string;
  /** Relative to the plug's folder. */
  readonly file: string;
}

export interface ReportStep {
  readonly step: string;
  readonly at: string;
  readonly summary: string;
  /** The same as a sentence for people. */
  readonly words: Text | string;
}

export interface ReportMeasurement {
  /** As in the device's guide, e.g. "final-earth-resistance". */
  readonly id: string;
  readonly what: Text | string;
  /** null: beyond the instrument's range. */
  readonly value: number | null;
  readonly unit: string;
  /** What the leads alone read, in `unit`; taken off the value. */
  readonly leads: number | undefined;
  readonly limit: Text | string;
  readonly source: Text | string;
}

export interface ReportCalibration {
  readonly at: string;
  readonly method: Text | string;
  readonly samples: number;
  readonly resistive: Text | string;
  readonly results: readonly NewConstant[];
}

export interface ReportCheck {
  readonly at: string;
  readonly purpose: "linearity" | "drift";
  readonly verdict: Text | string;
}

/** What the person who did it was asked and answered, refusals and readings that were not good enough among them. */
export interface ReportAnswer {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly question: Text | string;
  /** An option's id or a reading: "yes", "0.31 Ω". */
  readonly answer: string;
  /** The same as it was shown: "Confirmed". */
  readonly words: Text | string;
}

export interface ReportData {
  readonly version: typeof REPORT_VERSION;
  /** UTC, ISO 8601. */
  readonly writtenAt: string;
  readonly tool: string;
  /** "c4:4f:33:a1:b2:12". */
  readonly mac: string;
  readonly device: string;
  /** What its owner calls it, as it was read back; undefined where that is not known. */
  readonly name: string | undefined;
  /** Who measured; undefined where nobody said. */
  readonly tester: string | undefined;
  /** Where it was last known to be in its network, without a scheme. */
  readonly address: string | undefined;
  /** The largest load, from the device's guide. */
  readonly rating: { readonly amperes: number; readonly watts: number; readonly source: Text | string };
  readonly verdict: Verdict;
  /** True for a virtual plug: nothing here speaks of a real one. */
  readonly virtual: boolean;
  readonly chip: { readonly name: string; readonly flashBytes: number; readonly flashId: string } | undefined;
  /** Since when (UTC) it holds again what it came with; undefined while it does not. */
  readonly vendorSince: string | undefined;
  readonly backups: readonly ReportBackup[];
  readonly firmware:
    | {
        readonly origin: Text | string;
        readonly sha256: string;
        readonly description: Text | string;
        readonly running: Text | string;
      }
    | undefined;
  readonly template: { readonly json: string; readonly words: readonly (Text | string)[] } | undefined;
  readonly steps: readonly ReportStep[];
  readonly confirmed: readonly (Text | string)[];
  readonly measured: readonly ReportMeasurement[];
  readonly answers: readonly ReportAnswer[];
  readonly calibrations: readonly ReportCalibration[];
  readonly checks: readonly ReportCheck[];
  /** How to get back to the vendor's firmware and into the plug, as sentences. */
  readonly wayBack: readonly (Text | string)[];
  /** Settings that the audit read back, name and value. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}
