/** `plugsmith verify-meter`: checks a calibrated plug against a reference; changes nothing. */
import { verifyMeter } from "../../engine/calibration/verify-meter.ts";
import type { Clock } from "../../engine/ports.ts";
import { nodeClock } from "../../platform/node/index.ts";
import { verificationLines } from "../calibration/answer.ts";
import { withPlug } from "../calibration/open-plug.ts";
import type { CommandModule } from "../command.ts";
import { comparedWith, declareReference, referenceNamedBy, samplesOf } from "../tasmota/reference-options.ts";
import { declareAddress } from "../tasmota/target.ts";

export const verifyMeterCommand: CommandModule = verifyMeterCommandWith(nodeClock);

/** @param clock paces the readings. */
export function verifyMeterCommandWith(clock: Clock): CommandModule {
  return {
    declare: (command) => {
      declareReference(declareAddress(command)).option("--linearity", "a second load right after calibrating");
    },
    run: async (run) => {
      const samples = samplesOf(run);
      const reference = await referenceNamedBy(run);
      const purpose = run.options["linearity"] === true ? "linearity" : "drift";
      return withPlug(
        run,
        clock,
        (parts, mac) => comparedWith(reference, mac, (method) => verifyMeter(parts, { method, samples }, purpose)),
        (record, mac) => ({ data: { mac, ...record }, answer: verificationLines(record) }),
      );
    },
  };
}
