/**
 * Compressed images (.bin.gz), as Tasmota takes them over the air. Unpacked with every check the format has: length
 * and CRC-32 at the end, so that a damaged file is found here and not on the plug.
 * Source: RFC 1952 (GZIP file format), sections 2.3 and 8.
 */
import { gunzipSync, gzipSync } from "fflate";
import { u32le } from "../bytes.ts";
import { PlugsmithError } from "../errors.ts";
import { crc32 } from "../tasmota/settings/digest.ts";

/** Largest flash an ESP8266 can address. */
const MOST_UNPACKED = 16 * 1024 * 1024;
/** Shortest file there is: header, an empty block, CRC and length. */
const SHORTEST = 10 + 2 + 8;

export function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Errors: bad-image. */
export function unpackImage(packed: Uint8Array): Uint8Array {
  const length = packed.length < SHORTEST ? 0 : u32le(packed, packed.length - 4);
  if (length === 0 || length > MOST_UNPACKED) throw damaged();
  let image: Uint8Array;
  try {
    image = gunzipSync(packed);
  } catch (cause) {
    throw damaged(cause);
  }
  if (image.length !== length || standardCrc(image) !== u32le(packed, packed.length - 8)) throw damaged();
  return image;
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
    message: "This compressed file is damaged or cut off: its length or CRC is not what its end says.",
    step: "inspect the image",
    plugState: "untouched",
    nextStep: "Download or build it again.",
    ...(cause === undefined ? {} : { cause }),
  });
}
