/**
 * Whether a firmware fits a chip's flash: one verdict for all that examine, keep, write or send it. Where settings, file
 * system and radio data lie is linked into an image: built for a larger flash it puts them outside a smaller one, or
 * onto each other, whatever its header is set to afterwards.
 * Sources: Tasmota tasmota/tasmota_support/settings.ino (SETTINGS_LOCATION, EEPROM_LOCATION by flash size) and
 * tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleUploadLoop: "Program flash size is larger than real flash
 * size" is refused); ESP8266 Arduino core tools/sdk/ld/eagle.flash.*.ld.
 */
import { PlugsmithError } from "../errors.ts";
import { FLASH_SIZES } from "../image/header.ts";
import type { InspectedImage } from "../image/inspect.ts";
import { say, type Text } from "../text/text.ts";
import type { FirmwareFacts } from "./identify.ts";
import { PROGRAM_SPACE_1MIB } from "./space.ts";
import { firmwareVariant } from "./variants.ts";

const MIB = 0x100000;

export interface Misfit {
  readonly code: "bad-image" | "image-too-big";
  /** To be read after the image's name: "is built for 4MB of flash; …". */
  readonly says: Text;
  readonly nextStep: Text;
}

export interface Fitted {
  readonly image: Pick<InspectedImage, "builtFor"> | undefined;
  readonly facts: FirmwareFacts;
  /** Unpacked. */
  readonly bytes: number;
  /** A whole flash brings its settings along. */
  readonly wholeFlash: boolean;
}

/** @param flashBytes the chip's. @returns undefined where it fits. */
export function misfitOf({ image, facts, bytes, wholeFlash }: Fitted, flashBytes: number): Misfit | undefined {
  const room = `${flashBytes / 1024} KiB`;
  const nextStep = say`Choose a build for ${flashBytes >= MIB ? say`${flashBytes / MIB} MB` : room}.`;
  const { builtFor } = image ?? {};
  if (builtFor !== undefined && FLASH_SIZES[builtFor].bytes > flashBytes) {
    const says = say`is built for ${builtFor} of flash; the plug has ${room} and would refuse it, or lose its settings`;
    return { code: "bad-image", says, nextStep };
  }
  const variant = facts.otaImage === undefined ? undefined : firmwareVariant(facts.otaImage);
  if (variant?.fits1MiB === false && flashBytes <= MIB) {
    const says = say`is ${variant.name}, as its update address says: ${variant.why}; the plug has ${room}`;
    return { code: "bad-image", says, nextStep };
  }
  const tight = facts.kind === "tasmota" && flashBytes === MIB && !wholeFlash;
  if (bytes <= (tight ? PROGRAM_SPACE_1MIB : flashBytes)) return undefined;
  const says = tight
    ? say`does not fit into 1 MiB with its settings`
    : say`has ${bytes} bytes; the flash has ${flashBytes}`;
  return { code: "image-too-big", says, nextStep: say`Choose another build.` };
}

/** @throws bad-image, image-too-big. @param name for people: "The image", "tasmota.bin 15.2.0". */
export function refuseMisfit(
  misfit: Misfit | undefined,
  name: string,
  { step, plugState }: { readonly step: string; readonly plugState: Text },
): void {
  if (misfit === undefined) return;
  const { code, says, nextStep } = misfit;
  throw new PlugsmithError(code, { message: say`${name} ${says}.`, step, plugState, nextStep });
}
