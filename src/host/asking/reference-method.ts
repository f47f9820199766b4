/** What a person said that their meter is compared with, as the calibration takes it. */
import { parseAccuracy, voltmeterAccuracy } from "../../core/calibration/instrument.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { ReferenceMethod } from "../../engine/calibration/references.ts";
import type { ReferenceDefault } from "../../engine/home/defaults.ts";

/** Value of a display's last digit where nobody said it: V for a voltmeter, W for a power meter. */
const LAST_DIGIT = 0.1;

/** Undefined: the calibration is left for later. Errors: not-supported for another plug, bad-argument. */
export function referenceMethod(reference: ReferenceDefault): ReferenceMethod | undefined {
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
