/** Why a rescue ends without a plug that is back. */
import { PlugsmithError } from "../../core/errors.ts";
import type { RecoveryOption, RecoveryOptionId } from "../../core/rescue/recovery-options.ts";
import { say } from "../../core/text/text.ts";
import type { FirmwareDriver } from "../firmware-driver/contract.ts";
import type { RescuableFirmware, RescueOptions } from "./contract.ts";

/** @throws not-supported where the firmware has no recovery options. */
export function rescuable(firmware: FirmwareDriver, { profile }: RescueOptions): RescuableFirmware {
  const { rescue } = firmware;
  if (rescue !== undefined) return { ...firmware, rescue };
  throw new PlugsmithError("not-supported", {
    message: say`plugsmith knows no recovery options for the firmware of the ${profile.device.name} (${firmware.id}).`,
    step: "rescue",
    plugState: say`unchanged`,
    nextStep: say`Restore a backup over the wires: plugsmith restore --port.`,
  });
}

/** @param found undefined where the plug on the wires does not say which one it is. */
export function anotherPlug(expected: string, found: string | undefined): PlugsmithError {
  return new PlugsmithError("wrong-plug", {
    message:
      found === undefined
        ? say`plugsmith cannot identify the plug on the wires; it may not be ${expected}.`
        : say`Plug ${found} is on the wires, not ${expected}.`,
    step: "look",
    plugState: say`untouched`,
    nextStep: say`Connect the other plug, or leave out --plug.`,
    context: { expected, found },
  });
}

/** @param last what the last option that was tried failed with. */
export function nothingLeft(
  options: readonly RecoveryOption[],
  tried: readonly RecoveryOptionId[],
  last: PlugsmithError | undefined,
): PlugsmithError {
  const wired = options.find(({ id }) => id === "open-the-case");
  return new PlugsmithError("unsupported-transport", {
    message:
      tried.length === 0
        ? say`There is no recovery option for this plug here.`
        : say`No recovery option is left. Tried without success: ${tried.join(", ")}.`,
    step: "rescue",
    plugState: last?.texts.plugState ?? say`unchanged`,
    nextStep:
      wired?.nextAction ??
      last?.texts.nextStep ??
      say`Check the supply and the wires with plugsmith doctor. Then run rescue again with --firmware tasmota.bin.`,
    cause: last,
    context: { tried },
  });
}
