/** Before anything is touched: whether the image is fit for this plug. */

import { sha256Hex } from "../../core/digest.ts";
import type { FirmwareOnRecord } from "../../core/journal/step-data.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { FirmwareDriver } from "../firmware-driver/contract.ts";
import { driverFor } from "../firmware-drivers.ts";
import { refuseImage } from "../flash/write-request.ts";

export interface FirmwareToWrite {
  readonly image: Uint8Array;
  readonly origin: string;
  /** The plug's MAC, typed for an image that would not start or fit; whether it is this plug's is seen at the write. */
  readonly overrideImage?: string | undefined;
}

/**
 * @param virtual whether the plug is one: a firmware model's image is for virtual plugs, a real chip does not start from it.
 * @throws bad-image, image-too-big, not-supported
 */
export function prepareFirmware(
  { image, origin, overrideImage }: FirmwareToWrite,
  profile: Profile,
  virtual: boolean,
  firmwares?: readonly FirmwareDriver[],
): FirmwareOnRecord {
  if (overrideImage === undefined) refuseImage(image, {}, profile.device.flash.bytes);
  const description = driverFor(profile, firmwares).identify(image, { profile, virtual });
  return { origin, sha256: sha256Hex(image), bytes: image.length, description };
}
