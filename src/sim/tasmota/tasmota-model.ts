/**
 * Tasmota behind the board's seam: recognises images of it and boots the firmware model in their place.
 * Source of the marks: Tasmota tasmota.ino and support.ino, constants that every build carries.
 */
import type { FirmwareModel } from "../board/firmware.ts";
import { MODEL_NOTICE } from "./build-facts.ts";
import type { FirmwareParts } from "./contract.ts";
import { Firmware } from "./firmware.ts";

/** Marker that tools look for in a Tasmota image. */
export const TASMOTA_MARKER: readonly number[] = [
  0xa5, 0x5a, 0xa5, 0x5a, 0xff, 0xff, 0xff, 0xff, 0x5a, 0xa5, 0x5a, 0xa5,
];
/** Texts that every Tasmota carries; all must be there. */
export const TASMOTA_TEXTS: readonly string[] = ["tasmota", "cmnd", "stat", "tele", "DVES_%06X", "%prefix%/%topic%/"];
const IMAGE_MAGIC = 0xe9;
/** The application follows the boot loader here. */
const APPLICATION = 0x1000;
/** No image reaches further on a 1 MiB chip. */
const PROGRAM_END = 0xf3000;

/** The text by which plugsmith's own image for virtual plugs says what it is. */
export const STAND_IN_TEXT: string = `plugsmith ${MODEL_NOTICE}`;

export interface TasmotaStandInOptions {
  /**
   * "any": for every image of Tasmota. "own": only for plugsmith's own image, whose code does nothing; real ones are left
   * to the chip, which executes them. Default "any".
   */
  readonly images?: "any" | "own" | undefined;
}

export function createTasmotaModel(parts: FirmwareParts, options: TasmotaStandInOptions = {}): FirmwareModel {
  const { images = "any" } = options;
  return {
    notice: MODEL_NOTICE,
    recognises: (read) => isTasmota(read) && (images === "any" || isStandInImage(read)),
    boot: (host) => new Firmware(host, parts),
  };
}

/** Whether it is plugsmith's own image, whose code does nothing. */
export function isStandInImage(read: (address: number, length: number) => Uint8Array): boolean {
  return find(read(0, PROGRAM_END), new TextEncoder().encode(STAND_IN_TEXT)) >= 0;
}

/** Looks at the bytes only. */
export function isTasmota(read: (address: number, length: number) => Uint8Array): boolean {
  if (read(0, 1)[0] !== IMAGE_MAGIC || read(APPLICATION, 1)[0] !== IMAGE_MAGIC) return false;
  const program = read(0, PROGRAM_END);
  if (find(program, Uint8Array.from(TASMOTA_MARKER)) < 0) return false;
  return TASMOTA_TEXTS.every((text) => find(program, new TextEncoder().encode(text)) >= 0);
}

function find(haystack: Uint8Array, needle: Uint8Array): number {
  const first = needle[0]!;
  for (let at = haystack.indexOf(first); at >= 0; at = haystack.indexOf(first, at + 1)) {
    let same = 1;
    while (same < needle.length && haystack[at + same] === needle[same]) same++;
    if (same === needle.length) return at;
  }
  return -1;
}
