/** Before anything is touched: is the image fit for this plug, will the Wi-Fi name and password get there, what feeds it. */

import { sha256Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { hasMeter, refuseUnfit } from "../../core/firmware/fitness.ts";
import { type FirmwareFacts, identifyFirmware } from "../../core/firmware/identify.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import type { FirmwareOnRecord, SafetyRecord, Supply } from "../../core/journal/step-data.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { refuseImage } from "../flash/write-request.ts";
import type { Operator } from "../ports.ts";
import { openAndWire } from "../safety/before-power.ts";
import { requireUnplugged } from "../safety/unplugged.ts";
import { checkCredentials } from "../tasmota/provision.ts";

export interface PreparedFirmware extends FirmwareOnRecord {
  readonly facts: FirmwareFacts;
}

export interface FirmwareToWrite {
  readonly image: Uint8Array;
  readonly origin: string;
  /** The plug's MAC, typed for an image that would not start or fit; whether it is this plug's is seen at the write. */
  readonly overrideImage?: string | undefined;
}

/**
 * @param virtual whether the plug is one: the stand-in's image is for virtual plugs, a real chip does not start from it.
 * @throws bad-image, image-too-big, not-supported
 */
export function prepareFirmware(
  { image, origin, overrideImage }: FirmwareToWrite,
  profile: Profile,
  virtual: boolean,
): PreparedFirmware {
  if (overrideImage === undefined) refuseImage(image, {}, profile.device.flash.bytes);
  const facts = identifyFirmware(image);
  if (facts.standIn && !virtual) {
    throw new PlugsmithError("not-supported", {
      message: "The image is plugsmith's own stand-in for virtual plugs; no real chip runs it.",
      step: "prepare",
      plugState: "untouched",
      nextStep: "Give a real tasmota.bin with --firmware, or --release latest.",
    });
  }
  refuseUnfit(facts, hasMeter(profile));
  const built = facts.buildDate === undefined ? "build date unknown" : `built ${facts.buildDate}`;
  return {
    origin,
    sha256: sha256Hex(image),
    bytes: image.length,
    facts,
    description: `Tasmota${facts.otaImage === undefined ? "" : ` (${facts.otaImage})`}, ${built}`,
  };
}

export async function prepareBench(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  credentials: WifiCredentials | undefined,
  supply: Supply,
  signal?: AbortSignal,
): Promise<SafetyRecord> {
  if (credentials !== undefined) checkCredentials(credentials, supply === "weak" ? "access-point" : "serial");
  await requireUnplugged(operator, "prepare", signal);
  return openAndWire(guide, texts, operator, signal);
}
