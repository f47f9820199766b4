/** `plugsmith verify-meter`: checks a calibrated plug against a reference; changes nothing. */
import { say } from "../../core/index.ts";
import { type Clock, verifyMeter } from "../../engine/index.ts";
import { nodeClock } from "../../platform/node/index.ts";
import { verificationLines } from "../calibration/answer.ts";
import { withPlug } from "../calibration/open-plug.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { withVirtualReference } from "../convert/named-reference.ts";
import { isForVirtualPlug, SIM_PORT } from "../convert/single-step.ts";
import { flag } from "../options.ts";
import { comparedWith, REFERENCE_OPTIONS, referenceNamedBy } from "../tasmota/reference-options.ts";
import { ADDRESS_OPTIONS } from "../tasmota/target.ts";

export const verifyMeterCommand: CommandModule = verifyMeterCommandWith(nodeClock);

/** @param clock paces the readings. */
export function verifyMeterCommandWith(clock: Clock): CommandModule {
  return defineCommand({
    options: {
      ...ADDRESS_OPTIONS,
      port: SIM_PORT,
      ...REFERENCE_OPTIONS,
      linearity: flag("--linearity", say`check with a second load right after the calibration`),
    },
    run: async (run, options) => {
      const { samples, address, linearity } = options;
      const named = isForVirtualPlug(options) ? withVirtualReference(options) : options;
      const reference = await referenceNamedBy(run, named, address);
      const purpose = linearity ? "linearity" : "drift";
      return withPlug(
        run,
        options,
        clock,
        (parts, mac) => comparedWith(reference, mac, (method) => verifyMeter(parts, { method, samples }, purpose)),
        (record, mac) => ({ data: { mac, ...record }, answer: verificationLines(record) }),
      );
    },
  });
}
