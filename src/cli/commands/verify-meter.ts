/** `plugsmith verify-meter`: checks a calibrated plug against a reference; changes nothing. */
import { verifyMeter } from "../../engine/calibration/verify-meter.ts";
import type { CommandModule } from "../command.ts";
import { declareReference, openReference, samplesOf } from "../tasmota/reference-options.ts";
import { declareAddress } from "../tasmota/target.ts";
import { withPlug } from "./calibrate.ts";

export const verifyMeterCommand: CommandModule = {
  name: "verify-meter",
  summary: "check a calibrated plug's meter against a reference and tell its drift",
  declare: (command) => {
    declareReference(declareAddress(command)).option("--linearity", "a second load right after calibrating");
  },
  run: async (run) => {
    const samples = samplesOf(run);
    const reference = await openReference(run);
    try {
      const purpose = run.options["linearity"] === true ? "linearity" : "drift";
      return await withPlug(
        run,
        (parts) => verifyMeter(parts, { method: reference.method, samples }, purpose),
        (record, mac) => ({ data: { mac, ...record }, answer: [record.verdict] }),
      );
    } finally {
      await reference.release();
    }
  },
};
