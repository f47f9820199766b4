/**
 * Files that people take for an image and that are none for this chip: refused with what they are instead.
 * Sources: RFC 1952 (gzip), PKWARE APPNOTE (ZIP); esptool documentation, "Firmware Image Format" (ESP8266: magic EA is
 * version 2, for a second-stage loader; ESP32: 16 more header bytes with the chip's id, first image at 0x1000).
 */
import { filledWith, u16le, u32le } from "../bytes.ts";
import { PlugsmithError } from "../errors.ts";
import { say, type Text } from "../text/text.ts";
import { readImageHeader } from "./header.ts";
import { DATA_RAM, holds, INSTRUCTION_RAM, MAPPED_FLASH, ROM_DATA_RAM } from "./memory-map.ts";

const V2_MAGIC = 0xea;
/** Byte 1 of a version 2 image, in place of the number of segments. */
const V2_MARK = 4;
/**
 * Where the boot loaders of some ESP32s lie, and a factory image is blank before: ESP32 and S2, P4 and C5. The others'
 * begin at 0 (ESP-IDF, CONFIG_BOOTLOADER_OFFSET_IN_FLASH).
 */
const ESP32_LOADERS: readonly number[] = [0x1000, 0x2000];
/** Highest chip id that Espressif uses so far is below this (esptool, targets: IMAGE_CHIP_ID). */
const CHIP_IDS = 0x40;
/** Between them lie all addresses that programs of the ESP32 family are loaded to or mapped at. */
const ESP32_MEMORY = { from: 0x3c000000, to: 0x60000000 } as const;

/** @throws bad-image */
export function refuseOtherKinds(bytes: Uint8Array): void {
  if (bytes.length === 0) throw noImage(say`the file is empty.`, say`Download or build it again.`);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw noImage(
      say`it is compressed (gzip).`,
      say`Unpack it first: a .bin.gz is for updates over the air, never for the wires.`,
    );
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw noImage(say`it is a ZIP archive.`, say`Unpack it and give the .bin inside.`);
  }
  const start = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart().toLowerCase();
  if (start.startsWith("<")) {
    throw noImage(
      say`it is a web page (HTML or XML), not firmware.`,
      say`Download the file itself, not the page that shows it.`,
    );
  }
  if (isEsp32(bytes) || isEsp32Factory(bytes)) {
    throw noImage(
      say`it is built for an ESP32.`,
      say`Choose the image for the ESP8266 (for Tasmota: tasmota.bin, not tasmota32).`,
    );
  }
  if (readImageHeader(bytes) !== undefined) return;
  if (bytes[0] === V2_MAGIC && bytes[1] === V2_MARK) {
    throw badImage(
      say`This ESP8266 image (version 2, EA) is for a second-stage loader: the chip does not start it by itself.`,
      say`Give an image that begins with E9, boot loader included (for Tasmota: tasmota.bin).`,
    );
  }
  throw noImage(
    bytes[0] === 0xe9
      ? say`it is cut off within its header.`
      : say`it does not begin with an image header (E9) but with 0x${bytes[0]!.toString(16)}.`,
    say`Give a firmware image for the ESP8266.`,
  );
}

/** Chip id at 12, "hash appended" 0 or 1 at 23, first segment from 24 on. */
function isEsp32(bytes: Uint8Array): boolean {
  if (bytes.length < 32 || readImageHeader(bytes) === undefined || hasEsp8266Segment(bytes, 0)) return false;
  const chipId = u16le(bytes, 12);
  const first = u32le(bytes, 24);
  return chipId < CHIP_IDS && bytes[23]! <= 1 && first >= ESP32_MEMORY.from && first < ESP32_MEMORY.to;
}

/** An ESP8266 starts from 0, so one whose first sectors are blank has been erased there. */
function isEsp32Factory(bytes: Uint8Array): boolean {
  return ESP32_LOADERS.some(
    (at) =>
      readImageHeader(bytes, at) !== undefined &&
      bytes.length >= at + 12 &&
      filledWith(bytes.subarray(0, at), 0xff) &&
      !hasEsp8266Segment(bytes, at),
  );
}

/** What follows an ESP8266's header is an address in its memory; in an ESP32's it is the WP pin and drive settings. */
function hasEsp8266Segment(bytes: Uint8Array, at: number): boolean {
  const address = u32le(bytes, at + 8);
  return [DATA_RAM, ROM_DATA_RAM, INSTRUCTION_RAM, MAPPED_FLASH].some((range) => holds(range, address));
}

export function noImage(reason: Text, nextStep: Text): PlugsmithError {
  return badImage(say`This file is not an image for the ESP8266: ${reason}`, nextStep);
}

export function badImage(message: Text, nextStep: Text): PlugsmithError {
  return new PlugsmithError("bad-image", { message, step: "inspect-image", plugState: say`untouched`, nextStep });
}
