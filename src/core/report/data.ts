/**
 * One plug's life as plain data: what it was, what was done, what it is, how to get back. Holds no secrets; the page
 * and the JSON file are both made of exactly this.
 */
import type { NewConstant } from "../calibration/constants.ts";

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
}

export interface ReportMeasurement {
  readonly what: string;
  /** null: beyond the instrument's range. */
  readonly value: number | null;
  readonly unit: string;
  readonly limit: string;
  readonly source: string;
}

export interface ReportCalibration {
  readonly at: string;
  readonly method: string;
  readonly samples: number;
  readonly resistive: string;
  readonly results: readonly NewConstant[];
}

export interface ReportCheck {
  readonly at: string;
  readonly purpose: "linearity" | "drift";
  readonly verdict: string;
}

/** What the person who did it was asked and answered, refusals and readings that were not good enough among them. */
export interface ReportAnswer {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly question: string;
  /** "yes", "0.31 Ω". */
  readonly answer: string;
}

export interface ReportData {
  readonly version: typeof REPORT_VERSION;
  /** UTC, ISO 8601. */
  readonly writtenAt: string;
  readonly tool: string;
  /** "c4:4f:33:a1:b2:12". */
  readonly mac: string;
  readonly device: string;
  /** True for a virtual plug: nothing here speaks of a real one. */
  readonly virtual: boolean;
  readonly chip: { readonly name: string; readonly flashBytes: number; readonly flashId: string } | undefined;
  /** Since when (UTC) it holds again what it came with; undefined while it does not. */
  readonly vendorSince: string | undefined;
  readonly backups: readonly ReportBackup[];
  readonly firmware:
    | { readonly origin: string; readonly sha256: string; readonly description: string; readonly running: string }
    | undefined;
  readonly template: { readonly json: string; readonly words: readonly string[] } | undefined;
  readonly steps: readonly ReportStep[];
  readonly confirmed: readonly string[];
  readonly measured: readonly ReportMeasurement[];
  readonly answers: readonly ReportAnswer[];
  readonly calibrations: readonly ReportCalibration[];
  readonly checks: readonly ReportCheck[];
  /** How to get back to the vendor's firmware and into the plug, as sentences. */
  readonly wayBack: readonly string[];
  /** Settings that the audit read back, name and value. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}
