/** The firmware that this plugsmith has drivers for, and which of them a profile is for. */
import { PlugsmithError } from "../core/errors.ts";
import { FIRMWARE_PARTS, type FirmwareId, type Profile } from "../core/profile/profile.ts";
import { say } from "../core/text/text.ts";
import type { FirmwareDriver } from "./firmware-driver/contract.ts";
import { tasmotaDriver } from "./tasmota/driver.ts";

/** For each firmware that a profile can speak of, and no other. */
const DRIVERS: { readonly [I in FirmwareId]: FirmwareDriver & { readonly id: I } } = { tasmota: tasmotaDriver };

/** In the order of the profiles' list. */
export const FIRMWARE_DRIVERS: readonly FirmwareDriver[] = FIRMWARE_PARTS.map(({ id }) => DRIVERS[id]);

/** The first driver that the profile has a part for. @throws not-supported */
export function driverFor(
  { device, firmware }: Profile,
  drivers: readonly FirmwareDriver[] = FIRMWARE_DRIVERS,
): FirmwareDriver {
  const driver = drivers.find(({ id }) => firmware[id] !== undefined);
  if (driver !== undefined) return driver;
  throw new PlugsmithError("not-supported", {
    message: say`The profile of the ${device.name} is for ${Object.keys(firmware).join(", ")}, but plugsmith has drivers only for ${drivers.map(({ id }) => id).join(", ")}.`,
    plugState: say`untouched`,
    nextStep: say`Choose a profile for one of these firmwares.`,
    context: { device: device.name, firmwares: Object.keys(firmware) },
  });
}
