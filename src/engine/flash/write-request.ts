/**
 * What a write asks the flash to hold: the image with its header set, at its place. Images that no chip would start, and
 * those built for a larger flash, are refused, unless this plug's MAC was typed for it, as at the erase gate.
 */
import { PlugsmithError } from "../../core/errors.ts";
import { refuseUnusable } from "../../core/firmware/examine.ts";
import { identifyFirmware } from "../../core/firmware/identify.ts";
import { misfitOf } from "../../core/firmware/misfit.ts";
import { FLASH_SIZES, withFlashParameters } from "../../core/image/header.ts";
import { readImage } from "../../core/image/inspect.ts";
import { refuseOtherKinds } from "../../core/image/other-kinds.ts";
import { type ChipIdentity, macDigits } from "../../core/loader/chip.ts";
import { say } from "../../core/text/text.ts";
import type { WriteOptions } from "./contract.ts";

/** What shall be in the flash from `at` on. */
export interface Request {
  readonly kind: "write" | "erase" | "restore";
  readonly at: number;
  readonly bytes: Uint8Array;
}

const WHERE = { step: "inspect-image", plugState: say`untouched` } as const;

/** The image as it shall be in the flash. Errors: bad-image, image-too-big, bad-argument. */
export function requestWrite(
  image: Uint8Array,
  options: WriteOptions,
  { flashSize, plug }: Pick<ChipIdentity, "flashSize" | "plug">,
): Request {
  const typed = options.overrideImage;
  if (typed === undefined || macDigits(typed) !== plug) refuseImage(image, options, flashSize);
  return requestAsWritten(image, options, flashSize);
}

/** The same without a verdict on the image: to compare it with what is there. */
export function requestAsWritten(image: Uint8Array, options: WriteOptions, flashSize: number): Request {
  const at = options.at ?? 0;
  if (!Number.isInteger(at) || at < 0 || at % 4 !== 0 || at >= flashSize) {
    throw new PlugsmithError("bad-argument", {
      message: say`An image cannot start at ${at}: the offset must be a multiple of 4 within the flash.`,
      ...WHERE,
      nextStep: say`Choose another offset. Firmware for this chip starts at 0.`,
      context: { offset: at },
    });
  }
  const bytes = isImage(options) ? withHeader(image, options, flashSize) : image;
  if (bytes.length === 0 || at + bytes.length > flashSize) {
    throw new PlugsmithError("image-too-big", {
      message: say`${bytes.length} bytes at 0x${at.toString(16)} do not fit into a flash of ${flashSize} bytes.`,
      ...WHERE,
      nextStep: say`Choose an image that fits, or another offset.`,
      context: { offset: at, size: bytes.length, limit: flashSize },
    });
  }
  if (options.target !== "chip") return { kind: "write", at, bytes };
  const whole = new Uint8Array(flashSize).fill(0xff);
  whole.set(bytes, at);
  return { kind: "write", at: 0, bytes: whole };
}

/** Whether an image may be written; data and parts of a flash always may. Errors: bad-image, image-too-big. */
export function refuseImage(image: Uint8Array, options: WriteOptions, flashSize: number): void {
  if (!isImage(options)) return;
  const read = readImage(image, flashSize);
  const claimed = options.keepHeader === true ? flashSize : FLASH_SIZES[options.flashSize ?? "1MB"].bytes;
  const fitted = {
    image: read,
    facts: identifyFirmware(image),
    bytes: image.length,
    wholeFlash: image.length === flashSize,
  };
  const misfit = misfitOf(fitted, Math.min(claimed, flashSize));
  refuseUnusable({ misfit, unbootable: read.bootFault }, "The image", WHERE);
}

function isImage({ at = 0, raw = false }: WriteOptions): boolean {
  return at === 0 && !raw;
}

function withHeader(image: Uint8Array, options: WriteOptions, flashSize: number): Uint8Array {
  refuseOtherKinds(image);
  if (options.keepHeader === true) return image;
  const size = options.flashSize ?? "1MB";
  if (FLASH_SIZES[size].bytes > flashSize) {
    throw new PlugsmithError("bad-argument", {
      message: say`The image header would state ${size} of flash, but this flash has ${flashSize} bytes.`,
      ...WHERE,
      nextStep: say`Choose the real size of the flash.`,
    });
  }
  return withFlashParameters(image, size, options.flashMode ?? "dout");
}
