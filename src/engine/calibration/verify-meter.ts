/**
 * Compares a calibrated plug with a reference and changes nothing: at another load (linearity) or on another day (drift).
 */

import { newConstant } from "../../core/calibration/constants.ts";
import { METER_QUANTITIES, QUANTITY_TEXTS } from "../../core/calibration/meter.ts";
import type { CalibrationRecord, MeterCheck } from "../../core/journal/calibration-record.ts";
import { CALIBRATION_RECORD_VERSION } from "../../core/journal/version.ts";
import { decimal, joined, say, type Text } from "../../core/text/text.ts";
import type { CalibrationRequest } from "./calibrate.ts";
import { lastCalibration } from "./records.ts";
import { measure } from "./references.ts";
import { type CalibrationParts, underSteadyLoad } from "./steady-load.ts";

export type MeterVerification = Extract<CalibrationRecord, { kind: "checked" }>;

/** @param purpose "linearity": a second load right after the calibration; "drift": the same plug later. */
export async function verifyMeter(
  parts: CalibrationParts,
  request: Pick<CalibrationRequest, "method" | "samples">,
  purpose: "linearity" | "drift",
): Promise<MeterVerification> {
  const { operator, records, clock, signal } = parts;
  return underSteadyLoad(parts, request.method.kind !== "reference-plug", async (sampler, constants) => {
    const measured = await measure(request.method, request.samples, { sampler, operator, signal });
    const checks = METER_QUANTITIES.flatMap((quantity): MeterCheck[] => {
      const reference = measured.references[quantity];
      if (reference === undefined) return [];
      const result = newConstant(quantity, reference.pairs, constants[quantity], reference.accuracy);
      return [
        {
          quantity,
          reading: result.reading,
          reference: result.reference.value,
          error: result.errorBefore,
          expanded: result.budget.expanded,
        },
      ];
    });
    const known = lastCalibration(await records.all());
    const unchanged = known !== undefined && METER_QUANTITIES.every((q) => known.after[q] === constants[q]);
    const record: MeterVerification = {
      version: CALIBRATION_RECORD_VERSION,
      kind: "checked",
      at: new Date(clock.wallTime()).toISOString(),
      purpose,
      method: request.method.kind,
      constants,
      checks,
      verdict: verdict(checks, purpose, unchanged),
    };
    await records.append(record);
    return record;
  });
}

function verdict(checks: readonly MeterCheck[], purpose: "linearity" | "drift", unchanged: boolean): Text {
  const off = checks.filter(({ error, expanded }) => Math.abs(error) > expanded);
  const caveat = unchanged ? [] : [say`The plug's constants do not match any recorded calibration.`];
  const linearity = purpose === "linearity";
  if (off.length === 0) {
    const none = linearity
      ? say`At this load, the error is within the uncertainty of this check.`
      : say`Since the calibration, the error is within the uncertainty of this check.`;
    return joined([none, ...caveat]);
  }
  const list = joined(
    off.map(({ quantity, error, expanded }) => {
      const [off, uncertainty] = [decimal(100 * Math.abs(error), 2), decimal(100 * expanded, 2)];
      return say`${QUANTITY_TEXTS[quantity]} ${error > 0 ? "+" : "−"}${off} % (± ${uncertainty} %)`;
    }),
    ", ",
  );
  const deviations = linearity
    ? say`Deviations at this load: ${list}.`
    : say`Deviations since the calibration: ${list}.`;
  return joined([deviations, ...caveat]);
}
