/** How a person says what their plug's meter is to be compared with. The answers are the options of `calibrate`. */
import {
  ASSUMED_PERCENT,
  parseAccuracy,
  UNKNOWN_ACCURACY,
  voltmeterAccuracy,
} from "../../core/calibration/instrument.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { ReferenceDefault } from "../../engine/home/defaults.ts";
import { askUntil } from "../../engine/jobs/ask-until.ts";
import type { Operator } from "../../engine/ports.ts";
import { LAST_DIGIT } from "./reference-method.ts";

export async function askReference(operator: Operator, signal: AbortSignal): Promise<ReferenceDefault> {
  const kind = await operator.choose(
    {
      id: "reference",
      text: say`What do you want to compare the plug's meter with, when the plug is closed and at mains?`,
      options: [
        { id: "load", text: say`A multimeter for the voltage, and a heater or kettle with its watts on the label` },
        { id: "meter", text: say`A power meter that shows watts` },
        { id: "plug", text: say`Another plug that is already calibrated, in the same circuit` },
        { id: "later", text: say`Nothing now; calibrate later` },
      ],
    },
    signal,
  );
  const provide = async <T>(id: string, text: Text, read: (answer: string) => T): Promise<T> =>
    (await askUntil(operator, { id, text, secret: false }, read, signal)).value;
  const accurate = (answer: string): string => {
    parseAccuracy(answer, LAST_DIGIT);
    return answer;
  };
  const voltmeterAccurate = (answer: string): string => {
    voltmeterAccuracy(answer, LAST_DIGIT);
    return answer.trim() === "" ? UNKNOWN_ACCURACY : answer;
  };
  switch (kind) {
    case "load":
      return {
        kind: "load",
        voltmeter: await provide(
          "voltmeter",
          say`The multimeter's accuracy for AC volts, as in its data sheet, for example "0.8 % + 3 digits". Press Enter if you don't know: plugsmith then assumes ${ASSUMED_PERCENT} %, and the certificate says so:`,
          voltmeterAccurate,
        ),
        load: await provide("load", say`Watts on the load's label:`, positiveNumber),
        loadVoltage: await provide(
          "load-voltage",
          say`Volts on the load's label (the middle of a range):`,
          positiveNumber,
        ),
      };
    case "meter":
      return {
        kind: "meter",
        powerMeter: await provide(
          "power-meter",
          say`The power meter's accuracy for watts, as in its data sheet, for example "0.8 % + 3 digits":`,
          accurate,
        ),
      };
    case "plug":
      return {
        kind: "plug",
        reference: await provide(
          "reference-plug",
          say`Its address: tasmota:HOST, shelly1:HOST or shelly2:HOST`,
          plugName,
        ),
      };
    default:
      return { kind: "later" };
  }
}

function positiveNumber(answer: string): number {
  const value = Number(answer.replace(",", "."));
  if (Number.isFinite(value) && value > 0) return value;
  throw new PlugsmithError("bad-argument", { message: say`"${answer}" is not a number greater than 0.` });
}

function plugName(answer: string): string {
  if (/^(tasmota|shelly1|shelly2):.+$/.test(answer)) return answer;
  throw new PlugsmithError("bad-argument", { message: say`"${answer}" does not name a plug.` });
}
