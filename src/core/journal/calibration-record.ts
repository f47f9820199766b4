/** What a calibration leaves behind: enough for its certificate, for going back, and for setting it again after a reset. */

import * as v from "valibot";
import type { NewConstant } from "../calibration/constants.ts";
import type { MeterQuantity } from "../calibration/meter.ts";
import type { MeterConstants } from "../calibration/power-factor.ts";
import type { Text } from "../text/text.ts";
import { CALIBRATION_RECORD_VERSION } from "./version.ts";

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

/** Resolutions in decimals, as Tasmota's VoltRes, WattRes and AmpRes keep them. */
export interface Resolutions {
  readonly VoltRes: number;
  readonly WattRes: number;
  readonly AmpRes: number;
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
      readonly method: Text | string;
      readonly samples: number;
      readonly before: MeterConstants;
      readonly after: MeterConstants;
      readonly results: readonly NewConstant[];
      /** Whether P/(U·I) could tell that the load was resistive, in words. */
      readonly resistive: Text | string;
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
      readonly method: Text | string;
      readonly constants: MeterConstants;
      readonly checks: readonly MeterCheck[];
      readonly verdict: Text | string;
    };

/** A record of a later version, of which only that is known. */
export interface NewerCalibration {
  readonly version: number;
  readonly kind?: undefined;
}

const quantity = v.picklist(["voltage", "power", "current"]);

export const constants: v.GenericSchema<unknown, MeterConstants> = v.object({
  voltage: v.number(),
  power: v.number(),
  current: v.number(),
});

const newConstant = v.looseObject({
  quantity,
  command: v.string(),
  before: v.number(),
  after: v.number(),
  reading: v.number(),
  reference: v.looseObject({ value: v.number(), u: v.number() }),
  errorBefore: v.number(),
  budget: v.looseObject({
    contributions: v.array(
      v.looseObject({ name: v.string(), type: v.picklist(["A", "B"]), relative: v.number(), basis: v.string() }),
    ),
    combined: v.number(),
    expanded: v.number(),
  }),
});

const check = v.looseObject({
  quantity,
  reading: v.number(),
  reference: v.number(),
  error: v.number(),
  expanded: v.number(),
});

const resolutions = v.looseObject({ VoltRes: v.number(), WattRes: v.number(), AmpRes: v.number() });

const common = { version: v.literal(CALIBRATION_RECORD_VERSION), at: v.string() };

/**
 * Constants and settings must be whole, since they are written to plugs. What only a certificate shows may be missing: a
 * record that can be taken back counts even where its table cannot be shown.
 */
export const calibrationRecord: v.GenericSchema<unknown, CalibrationRecord | NewerCalibration> = v.union([
  v.variant("kind", [
    v.looseObject({
      ...common,
      kind: v.picklist(["begun", "calibrated"]),
      method: v.fallback(v.string(), ""),
      samples: v.fallback(v.number(), 0),
      before: constants,
      after: constants,
      results: v.fallback(v.array(newConstant), []),
      resistive: v.fallback(v.string(), ""),
    }),
    v.looseObject({ ...common, kind: v.picklist(["undone", "reapplied"]), before: constants, after: constants }),
    v.looseObject({ ...common, kind: v.picklist(["measuring", "put-back"]), resolutions, relayOn: v.boolean() }),
    v.looseObject({
      ...common,
      kind: v.literal("checked"),
      purpose: v.picklist(["linearity", "drift"]),
      method: v.fallback(v.string(), ""),
      constants,
      checks: v.fallback(v.array(check), []),
      verdict: v.string(),
    }),
  ]),
  v.pipe(
    v.object({ version: v.pipe(v.number(), v.gtValue(CALIBRATION_RECORD_VERSION)) }),
    v.transform(({ version }): NewerCalibration => ({ version })),
  ),
]);
