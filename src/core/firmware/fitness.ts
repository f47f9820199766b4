/** Whether what an image's bytes prove makes it fit for a plug that measures. */
import { PlugsmithError } from "../errors.ts";
import { type Profile, tasmotaOf } from "../profile/profile.ts";
import { powerLimit } from "../tasmota/profile.ts";
import { say } from "../text/text.ts";
import type { FirmwareFacts } from "./identify.ts";

/** A profile with a power limit is one of a plug with a meter. */
export function hasMeter(profile: Profile): boolean {
  return powerLimit(tasmotaOf(profile)) !== undefined;
}

/** @param metering whether the plug has a meter. @throws not-supported */
export function refuseUnfit(facts: FirmwareFacts, metering: boolean): void {
  if (facts.kind !== "tasmota") {
    throw new PlugsmithError("not-supported", {
      message:
        facts.kind === "unknown"
          ? say`The image does not contain Tasmota.`
          : say`The image contains ${facts.kind}, not Tasmota.`,
      step: "prepare",
      plugState: say`untouched`,
      nextStep: say`Give a tasmota.bin; other firmware can be written with \`plugsmith write\`.`,
    });
  }
  if (facts.minimal === true || (metering && facts.metering === false)) {
    throw new PlugsmithError("not-supported", {
      message: say`This Tasmota build has no metering commands; the plug's meter would be dead.`,
      step: "prepare",
      plugState: say`untouched`,
      nextStep: say`Use tasmota.bin or a language build such as tasmota-DE.bin: not lite, minimal, display or ir.`,
    });
  }
}
