/**
 * Is this file an image an ESP8266 can boot from flash? Header, segments, checksum; the second image at 0x1000 where
 * an eboot comes first (Arduino core, so Tasmota too), and the CRC that core puts at 0x1014. What is none is refused
 * with the reason a person can act on: HTML saved as .bin, gzip, an ESP32's image, a truncated download.
 *
 * Sources: esptool documentation, "Firmware Image Format" (ESP8266); Arduino core for ESP8266, tools/elf2bin.py
 * (0x1010 length, 0x1014 CRC-32 with polynomial 04C11DB7, most significant bit first, both words taken as 0).
 */
import { u32le } from "../bytes.ts";
import { PlugsmithError } from "../errors.ts";
import { crc32Msb } from "./crc.ts";
import { FLASH_SIZES, IMAGE_HEADER_LENGTH, type ImageHeader, readImageHeader } from "./header.ts";

const CHECKSUM_SEED = 0xef;
/** Images are padded so that the checksum byte is the last of 16. */
const CHECKSUM_ALIGN = 16;
const MOST_SEGMENTS = 16;
const APP_OFFSET = 0x1000;
const LENGTH_OFFSET = 0x1010;
const CRC_OFFSET = 0x1014;

/** Where an ESP8266 has memory to load segments into, or maps flash to (ESP8266 memory map). */
const MEMORY: readonly (readonly [number, number])[] = [
  [0x3ffe8000, 0x40000000],
  [0x40100000, 0x40110000],
  [0x40200000, 0x40300000],
];

export interface InspectedImage {
  readonly header: ImageHeader;
  /** `two-part`: a boot loader (eboot) and the application at 0x1000. */
  readonly form: "single" | "two-part";
  /** Bytes up to the end of the last image's checksum; a file may go on behind it. */
  readonly imageLength: number;
  /** The Arduino core's CRC: `absent` in images of other makes; `header-changed` where it fits another flash size or mode. */
  readonly crc: "right" | "header-changed" | "absent";
}

/** Errors: bad-image (with what it is instead), image-too-big. @param flashSize bytes of the chip's flash. */
export function inspectImage(bytes: Uint8Array, flashSize: number): InspectedImage {
  refuseOtherKinds(bytes);
  if (bytes.length > flashSize) {
    throw new PlugsmithError("image-too-big", {
      message: `The image has ${bytes.length} bytes, the flash ${flashSize}.`,
      step: "inspect the image",
      plugState: "untouched",
      nextStep: "Choose an image built for this flash size.",
    });
  }
  const header = readImageHeader(bytes)!;
  const firstEnd = checkParts(bytes, 0, "image");
  const twoPart = firstEnd <= APP_OFFSET && readImageHeader(bytes, APP_OFFSET) !== undefined;
  if (!twoPart) {
    if (bytes.length <= APP_OFFSET + IMAGE_HEADER_LENGTH && firstEnd <= APP_OFFSET) {
      throw bad("it ends after a boot loader: there is no application at 0x1000.", "Download or build it again.");
    }
    return { header, form: "single", imageLength: firstEnd, crc: "absent" };
  }
  const imageLength = checkParts(bytes, APP_OFFSET, "application at 0x1000");
  return { header, form: "two-part", imageLength, crc: checkCrc(bytes, imageLength) };
}

function refuseOtherKinds(bytes: Uint8Array): void {
  if (bytes.length === 0) throw bad("the file is empty.", "Download or build it again.");
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw bad(
      "it is compressed (gzip).",
      "Unpack it first: a .bin.gz is for updates over the air, never for the wires.",
    );
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw bad("it is a ZIP archive.", "Unpack it and give the .bin inside.");
  const start = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart().toLowerCase();
  if (start.startsWith("<")) {
    throw bad("it is a web page (HTML or XML), not firmware.", "Download the file itself, not the page that shows it.");
  }
  if (readImageHeader(bytes) === undefined) {
    throw bad(
      bytes[0] === 0xe9
        ? "it is cut off within its header."
        : `it does not begin with an image header (E9) but with ${hexOf(bytes[0]!)}.`,
      "Give a firmware image for the ESP8266.",
    );
  }
  if (isEsp32(bytes)) {
    throw bad(
      "it is built for an ESP32.",
      "Choose the image for the ESP8266 (for Tasmota: tasmota.bin, not tasmota32).",
    );
  }
}

/**
 * An ESP32 image has 16 more header bytes (chip id at 12, "hash appended" 0 or 1 at 23) before its first segment; read
 * the ESP8266's way its first segment's address is the WP pin and drive settings, never in memory.
 */
function isEsp32(bytes: Uint8Array): boolean {
  if (bytes.length < 32 || inMemory(u32le(bytes, 8))) return false;
  const chipId = bytes[12]! | (bytes[13]! << 8);
  const first = u32le(bytes, 24);
  return chipId < 0x40 && bytes[23]! <= 1 && first >= 0x3c000000 && first < 0x60000000;
}

/** Walks the segments and checks their XOR. Returns the offset just behind the checksum. */
function checkParts(bytes: Uint8Array, start: number, name: string): number {
  const header = readImageHeader(bytes, start)!;
  if (header.segments === 0 || header.segments > MOST_SEGMENTS) {
    throw bad(`its ${name} claims ${header.segments} segments.`, "Give a firmware image for the ESP8266.");
  }
  let at = start + IMAGE_HEADER_LENGTH;
  let checksum = CHECKSUM_SEED;
  for (let segment = 0; segment < header.segments; segment++) {
    if (at + 8 > bytes.length) throw truncated(bytes.length, name);
    const address = u32le(bytes, at);
    const length = u32le(bytes, at + 4);
    if (!inMemory(address)) {
      throw bad(
        `segment ${segment} of its ${name} goes to ${hexOf(address)}, where an ESP8266 has no memory.`,
        "Give a firmware image for the ESP8266.",
      );
    }
    at += 8;
    if (at + length > bytes.length) throw truncated(bytes.length, name);
    for (const byte of bytes.subarray(at, at + length)) checksum ^= byte;
    at += length;
  }
  const end = start + Math.ceil((at - start + 1) / CHECKSUM_ALIGN) * CHECKSUM_ALIGN;
  if (end > bytes.length) throw truncated(bytes.length, name);
  if (bytes[end - 1] !== checksum && bytes[end - 1] !== withoutCrcWords(bytes, start, end, checksum)) {
    throw bad(`the checksum of its ${name} is wrong: the file is damaged.`, "Download or build it again.");
  }
  return end;
}

/** elf2bin.py puts length and CRC into a finished image, whose checksum then is that of the words having been 0. */
function withoutCrcWords(bytes: Uint8Array, start: number, end: number, checksum: number): number {
  if (start !== APP_OFFSET || end < CRC_OFFSET + 4 || u32le(bytes, LENGTH_OFFSET) !== end) return checksum;
  let without = checksum;
  for (const byte of bytes.subarray(LENGTH_OFFSET, CRC_OFFSET + 4)) without ^= byte;
  return without;
}

/**
 * The length word decides whether the core put a CRC there at all. The CRC covers the header: an image whose size and
 * mode were set for another flash keeps its old CRC, so those two bytes are tried in all their forms before it is
 * called damaged.
 */
function checkCrc(bytes: Uint8Array, imageLength: number): InspectedImage["crc"] {
  if (u32le(bytes, LENGTH_OFFSET) !== imageLength) return "absent";
  const expected = u32le(bytes, CRC_OFFSET);
  const covered = bytes.slice(0, imageLength);
  covered.fill(0, LENGTH_OFFSET, CRC_OFFSET + 4);
  if (crc32Msb(covered) === expected) return "right";
  for (let mode = 0; mode <= 3; mode++) {
    for (const size of Object.values(FLASH_SIZES)) {
      covered[2] = mode;
      covered[3] = (size.code << 4) | (bytes[3]! & 0x0f);
      if (crc32Msb(covered) === expected) return "header-changed";
    }
  }
  throw bad("its CRC is wrong: the file is damaged.", "Download or build it again.");
}

function inMemory(address: number): boolean {
  return MEMORY.some(([from, to]) => address >= from && address < to);
}

function hexOf(value: number): string {
  return `0x${value.toString(16)}`;
}

function truncated(length: number, name: string): PlugsmithError {
  return bad(`its ${name} goes beyond its ${length} bytes: the file is cut off.`, "Download or build it again.");
}

function bad(reason: string, nextStep: string): PlugsmithError {
  return new PlugsmithError("bad-image", {
    message: `This file is no image for the ESP8266: ${reason}`,
    step: "inspect the image",
    plugState: "untouched",
    nextStep,
  });
}
