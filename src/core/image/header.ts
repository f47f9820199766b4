/**
 * The ESP8266 image header: 8 bytes at the start of an image, and how flash size, mode and frequency are coded in it.
 *
 * Source: esptool documentation, "Firmware Image Format" (ESP8266); Arduino core tools/elf2bin.py for the 1 MB / dout
 * defaults of this kind of plug.
 */
import { u32le } from "../bytes.ts";

export const IMAGE_MAGIC = 0xe9;
export const IMAGE_HEADER_LENGTH = 8;

/** Byte 2. */
export const FLASH_MODES = { qio: 0, qout: 1, dio: 2, dout: 3 } as const;
export type FlashMode = keyof typeof FLASH_MODES;

/** High nibble of byte 3, with the size in bytes. */
export const FLASH_SIZES = {
  "512KB": { code: 0x0, bytes: 0x80000 },
  "256KB": { code: 0x1, bytes: 0x40000 },
  "1MB": { code: 0x2, bytes: 0x100000 },
  "2MB": { code: 0x3, bytes: 0x200000 },
  "4MB": { code: 0x4, bytes: 0x400000 },
  "8MB": { code: 0x8, bytes: 0x800000 },
  "16MB": { code: 0x9, bytes: 0x1000000 },
} as const;
export type FlashSizeName = keyof typeof FLASH_SIZES;

/** All an ESP8266 can address, bytes. */
export const LARGEST_FLASH: number = FLASH_SIZES["16MB"].bytes;

/** Low nibble of byte 3, MHz. */
const FLASH_FREQUENCIES = new Map([
  [0x0, 40],
  [0x1, 26],
  [0x2, 20],
  [0xf, 80],
]);

export interface ImageHeader {
  readonly segments: number;
  readonly flashMode: FlashMode | undefined;
  readonly flashSize: FlashSizeName | undefined;
  readonly frequencyMhz: number | undefined;
  readonly entry: number;
}

/** Undefined where there is no image header at `at`. */
export function readImageHeader(bytes: Uint8Array, at = 0): ImageHeader | undefined {
  if (bytes.length < at + IMAGE_HEADER_LENGTH || bytes[at] !== IMAGE_MAGIC) return undefined;
  const mode = bytes[at + 2]!;
  const sizeAndFrequency = bytes[at + 3]!;
  return {
    segments: bytes[at + 1]!,
    flashMode: (Object.keys(FLASH_MODES) as FlashMode[]).find((name) => FLASH_MODES[name] === mode),
    flashSize: flashSizeCoded(sizeAndFrequency >> 4),
    frequencyMhz: FLASH_FREQUENCIES.get(sizeAndFrequency & 0xf),
    entry: u32le(bytes, at + 4),
  };
}

/** A copy with flash size and mode set in the first header; the frequency stays. The image must begin with one. */
export function withFlashParameters(image: Uint8Array, size: FlashSizeName, mode: FlashMode): Uint8Array {
  const copy = image.slice();
  copy[2] = FLASH_MODES[mode];
  copy[3] = (FLASH_SIZES[size].code << 4) | (copy[3]! & 0x0f);
  return copy;
}

function flashSizeCoded(code: number): FlashSizeName | undefined {
  return (Object.keys(FLASH_SIZES) as FlashSizeName[]).find((name) => FLASH_SIZES[name].code === code);
}
