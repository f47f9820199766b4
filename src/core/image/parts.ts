/**
 * One part of an image as its bytes lay it out: header, segments, checksum. Says what is there, not whether it is any
 * good. Source: esptool documentation, "Firmware Image Format" (ESP8266).
 */
import { u32le } from "../bytes.ts";
import { IMAGE_HEADER_LENGTH, type ImageHeader } from "./header.ts";

const SEGMENT_HEADER_LENGTH = 8;
const CHECKSUM_SEED = 0xef;
/** A part is padded so that the checksum byte is the last of 16. */
const CHECKSUM_ALIGN = 16;

export interface PartSegment {
  /** Of its data in the file. */
  readonly offset: number;
  readonly address: number;
  readonly length: number;
}

export interface ImagePart {
  /** Of its header in the file. */
  readonly start: number;
  readonly header: ImageHeader;
  readonly segments: readonly PartSegment[];
  /** Just behind the checksum. */
  readonly end: number;
  /** XOR over the segments' data. */
  readonly checksum: number;
}

/** @param header the one that stands at `start`. @returns undefined where the bytes end before the part does. */
export function readPart(bytes: Uint8Array, start: number, header: ImageHeader): ImagePart | undefined {
  const segments: PartSegment[] = [];
  let at = start + IMAGE_HEADER_LENGTH;
  let checksum = CHECKSUM_SEED;
  for (let left = header.segments; left > 0; left--) {
    if (at + SEGMENT_HEADER_LENGTH > bytes.length) return undefined;
    const segment = { offset: at + SEGMENT_HEADER_LENGTH, address: u32le(bytes, at), length: u32le(bytes, at + 4) };
    at = segment.offset + segment.length;
    if (at > bytes.length) return undefined;
    for (const byte of bytes.subarray(segment.offset, at)) checksum ^= byte;
    segments.push(segment);
  }
  const end = start + Math.ceil((at - start + 1) / CHECKSUM_ALIGN) * CHECKSUM_ALIGN;
  return end > bytes.length ? undefined : { start, header, segments, end, checksum };
}
