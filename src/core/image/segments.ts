/**
 * What an ESP8266 image loads where, for people. Takes an image that inspect.ts has accepted.
 * Sources: esptool documentation, "Firmware Image Format" (ESP8266); ESP8266 memory map as in the SDK's eagle.app.v6.ld.
 */
import { u32le } from "../bytes.ts";
import { IMAGE_HEADER_LENGTH, readImageHeader } from "./header.ts";
import type { InspectedImage } from "./inspect.ts";

export interface ImageSegment {
  readonly part: "image" | "boot loader" | "application";
  /** Of its data in the file. */
  readonly offset: number;
  readonly address: number;
  readonly length: number;
  readonly memory: "data RAM" | "instruction RAM" | "mapped flash";
}

const APPLICATION_OFFSET = 0x1000;
const INSTRUCTION_RAM = 0x40100000;
const MAPPED_FLASH = 0x40200000;

export function imageSegments(bytes: Uint8Array, form: InspectedImage["form"]): readonly ImageSegment[] {
  if (form === "single") return partSegments(bytes, 0, "image");
  return [...partSegments(bytes, 0, "boot loader"), ...partSegments(bytes, APPLICATION_OFFSET, "application")];
}

function partSegments(bytes: Uint8Array, start: number, part: ImageSegment["part"]): ImageSegment[] {
  const segments: ImageSegment[] = [];
  let at = start + IMAGE_HEADER_LENGTH;
  for (let left = readImageHeader(bytes, start)?.segments ?? 0; left > 0 && at + 8 <= bytes.length; left--) {
    const address = u32le(bytes, at);
    const length = u32le(bytes, at + 4);
    const memory =
      address >= MAPPED_FLASH ? "mapped flash" : address >= INSTRUCTION_RAM ? "instruction RAM" : "data RAM";
    segments.push({ part, offset: at + 8, address, length, memory });
    at += 8 + length;
  }
  return segments;
}
