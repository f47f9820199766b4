/** What a person's plug is compared with, from their answer, as the calibration takes it. */
import { parseAccuracy, voltmeterAccuracy } from "../../core/calibration/instrument.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { Profile } from "../../core/profile/profile.ts";
import { say } from "../../core/text/text.ts";
import type { CalibrationRequest } from "../../engine/calibration/calibrate.ts";
import type { ReferenceMethod } from "../../engine/calibration/references.ts";
import type { ReferenceDefault } from "../../engine/home/defaults.ts";

/** Value of a display's last digit where nobody said it: V for a voltmeter, W for a power meter. */
export const LAST_DIGIT = 0.1;
/** Readings per quantity. */
const SAMPLES = 12;

/** Undefined: the calibration is left for later. Errors: not-supported for another plug, bad-argument. */
export function calibrationWith(
  reference: ReferenceDefault | undefined,
  { device: { rating } }: Profile,
): CalibrationRequest | undefined {
  const method = reference === undefined ? undefined : referenceMethod(reference);
  return method === undefined ? undefined : { method, samples: SAMPLES, maximumPower: rating.amperes * rating.volts };
}

function referenceMethod(reference: ReferenceDefault): ReferenceMethod | undefined {
  switch (reference.kind) {
    case "load": {
      const { voltmeter, load: ratedPower, loadVoltage: ratedVoltage } = reference;
      const load = { kind: "heater", ratedPower, ratedVoltage } as const;
      return { kind: "volts-and-load", voltmeter: voltmeterAccuracy(voltmeter, LAST_DIGIT), load };
    }
    case "meter":
      return { kind: "instruments", watts: parseAccuracy(reference.powerMeter, LAST_DIGIT) };
    case "plug":
      throw new PlugsmithError("not-supported", {
        message: say`The workbench cannot yet compare a meter with another plug.`,
        plugState: say`untouched`,
        nextStep: say`Calibrate later on the command line: plugsmith calibrate --reference ${reference.reference}`,
      });
    case "later":
      return undefined;
  }
}
