/**
 * Compressed images (.bin.gz), as Tasmota takes them over the air. Unpacked with every check the format has: length
 * and CRC-32 at the end, so that a damaged file is found here and not on the plug.
 * Source: RFC 1952 (GZIP file format), sections 2.3 and 8.
 */
import { gzipSync, Inflate } from "fflate";
import { concatBytes, u32le } from "../bytes.ts";
import { isPlugsmithError, PlugsmithError } from "../errors.ts";
import { LARGEST_FLASH } from "../image/header.ts";
import { crc32 } from "../tasmota/settings/digest.ts";
import { say } from "../text/text.ts";

/** Shortest file there is: header, an empty block, CRC and length. */
const SHORTEST = 10 + 2 + 8;
/** CRC and length at the end. */
const TRAILER = 8;
/** Deflate packs a byte at most 1032 times (zlib's technical notes): a piece of this many bytes makes 1 MiB at most. */
const PIECE = 1024;

export function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Errors: bad-image. */
export function unpackImage(packed: Uint8Array): Uint8Array {
  const length = packed.length < SHORTEST ? 0 : u32le(packed, packed.length - 4);
  if (length === 0 || length > LARGEST_FLASH) throw damaged();
  const image = inflated(packed, length);
  if (image.length !== length || standardCrc(image) !== u32le(packed, packed.length - 8)) throw damaged();
  return image;
}

/**
 * What is in the file, in pieces and only as far as its own end says: one that unfolds into gigabytes ends as soon as it
 * is longer than that.
 */
function inflated(packed: Uint8Array, length: number): Uint8Array {
  const deflated = packed.subarray(headerLength(packed), -TRAILER);
  const parts: Uint8Array[] = [];
  let got = 0;
  const stream = new Inflate((part) => {
    got += part.length;
    if (got > length) throw damaged();
    parts.push(part);
  });
  try {
    for (let at = 0; at === 0 || at < deflated.length; at += PIECE) {
      stream.push(deflated.subarray(at, at + PIECE), at + PIECE >= deflated.length);
    }
  } catch (cause) {
    throw isPlugsmithError(cause) ? cause : damaged(cause);
  }
  return concatBytes(...parts);
}

/** RFC 1952, section 2.3: ten bytes, then what their flags announce: an extra field, a name, a comment, a CRC. */
function headerLength(packed: Uint8Array): number {
  const flags = packed[3]!;
  let at = 10;
  if ((flags & 0x04) !== 0) at += 2 + packed[at]! + 0x100 * packed[at + 1]!;
  for (const text of [0x08, 0x10]) {
    if ((flags & text) === 0) continue;
    const end = packed.indexOf(0, at);
    if (end < 0) throw damaged();
    at = end + 1;
  }
  if ((flags & 0x02) !== 0) at += 2;
  if (packed[2] !== 8 || at > packed.length - TRAILER) throw damaged();
  return at;
}

/** The smallest form, with no name and no time in it: equal images give equal files. */
export function packImage(image: Uint8Array): Uint8Array {
  return gzipSync(image, { level: 9, mtime: 0 });
}

/** The firmware's CRC begins with 0 where the usual one begins with all ones: the same as inverting the first four bytes. */
function standardCrc(bytes: Uint8Array): number {
  const turned = bytes.slice();
  for (let i = 0; i < 4 && i < turned.length; i++) turned[i] = turned[i]! ^ 0xff;
  return crc32(turned);
}

function damaged(cause?: unknown): PlugsmithError {
  return new PlugsmithError("bad-image", {
    message: say`This compressed file is damaged or cut off: its length or CRC is not what its end says.`,
    step: "inspect-image",
    plugState: say`untouched`,
    nextStep: say`Download or build it again.`,
    cause,
  });
}
