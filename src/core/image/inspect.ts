/**
 * Is this file an image an ESP8266 can boot from flash? Header, segments, checksum, and whether the boot ROM would get
 * to its code; the second image at 0x1000 where an eboot comes first (Arduino core, so Tasmota too), and the CRC that
 * core puts at 0x1014. What is none is refused with the reason a person can act on.
 *
 * Sources: esptool documentation, "Firmware Image Format" (ESP8266); Arduino core for ESP8266, tools/elf2bin.py
 * (0x1010 length, 0x1014 CRC-32 with polynomial 04C11DB7, most significant bit first, both words taken as 0).
 */
import { u32le } from "../bytes.ts";
import { PlugsmithError } from "../errors.ts";
import { say, type Text } from "../text/text.ts";
import { bootFault, type Stage } from "./boot-fault.ts";
import { crc32Msb } from "./crc.ts";
import { FLASH_SIZES, type FlashSizeName, IMAGE_HEADER_LENGTH, type ImageHeader, readImageHeader } from "./header.ts";
import { holds, LOADER_RAM } from "./memory-map.ts";
import { badImage, noImage, refuseOtherKinds } from "./other-kinds.ts";
import { type ImagePart, readPart } from "./parts.ts";

const APP_OFFSET = 0x1000;
const LENGTH_OFFSET = 0x1010;
const CRC_OFFSET = 0x1014;

export interface InspectedImage {
  readonly header: ImageHeader;
  /** `two-part`: a boot loader (eboot) and the application at 0x1000. */
  readonly form: "single" | "two-part";
  /** Bytes up to the end of the last image's checksum; a file may go on behind it. */
  readonly imageLength: number;
  /** The Arduino core's CRC: `absent` in images of other makes; `header-changed` where it fits another flash size or mode. */
  readonly crc: "right" | "header-changed" | "absent";
  /** The flash that it was built for: what its header says, or its CRC, if that was of a larger one; undefined: no size. */
  readonly builtFor: FlashSizeName | undefined;
}

/** Errors: bad-image (what it is instead, or why it would not start), image-too-big. @param flashSize bytes of the flash. */
export function inspectImage(bytes: Uint8Array, flashSize: number): InspectedImage {
  const { bootFault: fault, ...image } = readImage(bytes, flashSize);
  if (fault === undefined) return image;
  throw badImage(
    say`This image would not start: ${fault}.`,
    say`Download or build it again. To write it anyway, type the plug's MAC.`,
  );
}

export interface ReadImage extends InspectedImage {
  /** Why a chip would not start it, though the file is whole; undefined where nothing is wrong. */
  readonly bootFault: Text | undefined;
}

/** The same for those who look only: what a chip would not start is described, too. */
export function readImage(bytes: Uint8Array, flashSize: number): ReadImage {
  refuseOtherKinds(bytes);
  if (bytes.length > flashSize) {
    throw new PlugsmithError("image-too-big", {
      message: say`The image has ${bytes.length} bytes, the flash ${flashSize}.`,
      step: "inspect-image",
      plugState: say`untouched`,
      nextStep: say`Choose an image built for this flash size.`,
      context: { size: bytes.length, limit: flashSize },
    });
  }
  const header = readImageHeader(bytes)!;
  const faultOf = (part: ImagePart, stage: Stage): Text | undefined => {
    const fault = bootFault(bytes, part, stage);
    return fault === undefined ? undefined : say`${NAMES[stage]} ${fault}`;
  };
  const first = wholePart(bytes, 0, header, "rom");
  const second = first.end <= APP_OFFSET ? readImageHeader(bytes, APP_OFFSET) : undefined;
  if (second === undefined) {
    if (bytes.length <= APP_OFFSET + IMAGE_HEADER_LENGTH && first.end <= APP_OFFSET) {
      throw noImage(
        say`it ends after a boot loader: there is no application at 0x1000.`,
        say`Download or build it again.`,
      );
    }
    const misses = first.end <= APP_OFFSET && holds(LOADER_RAM, header.entry);
    const bootFault = faultOf(first, "rom") ?? (misses ? NO_APPLICATION : undefined);
    return { header, form: "single", imageLength: first.end, crc: "absent", builtFor: header.flashSize, bootFault };
  }
  const application = wholePart(bytes, APP_OFFSET, second, "second-stage");
  return {
    header,
    form: "two-part",
    imageLength: application.end,
    ...checkCrc(bytes, application.end, header),
    bootFault: faultOf(first, "rom") ?? faultOf(application, "second-stage"),
  };
}

const NO_APPLICATION = say`its boot loader looks for an application at 0x1000, and there is none`;
const NAMES: Readonly<Record<Stage, Text>> = {
  rom: say`its first part`,
  "second-stage": say`its application at 0x1000`,
};

/** Complete, and its checksum right. */
function wholePart(bytes: Uint8Array, start: number, header: ImageHeader, stage: Stage): ImagePart {
  const part = readPart(bytes, start, header);
  if (part === undefined) {
    throw noImage(
      say`${NAMES[stage]} goes beyond its ${bytes.length} bytes: the file is cut off.`,
      say`Download or build it again.`,
    );
  }
  const reported = bytes[part.end - 1];
  if (reported !== part.checksum && reported !== withoutCrcWords(bytes, part)) {
    throw noImage(
      say`the checksum of ${NAMES[stage]} is wrong: the file is damaged.`,
      say`Download or build it again.`,
    );
  }
  return part;
}

/** elf2bin.py puts length and CRC into a finished image, whose checksum then is that of the words having been 0. */
function withoutCrcWords(bytes: Uint8Array, { start, end, checksum }: ImagePart): number {
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
function checkCrc(
  bytes: Uint8Array,
  imageLength: number,
  { flashSize }: ImageHeader,
): Pick<InspectedImage, "crc" | "builtFor"> {
  if (u32le(bytes, LENGTH_OFFSET) !== imageLength) return { crc: "absent", builtFor: flashSize };
  const expected = u32le(bytes, CRC_OFFSET);
  const covered = bytes.slice(0, imageLength);
  covered.fill(0, LENGTH_OFFSET, CRC_OFFSET + 4);
  if (crc32Msb(covered) === expected) return { crc: "right", builtFor: flashSize };
  for (let mode = 0; mode <= 3; mode++) {
    for (const size of Object.keys(FLASH_SIZES) as FlashSizeName[]) {
      covered[2] = mode;
      covered[3] = (FLASH_SIZES[size].code << 4) | (bytes[3]! & 0x0f);
      if (crc32Msb(covered) === expected) return { crc: "header-changed", builtFor: largerOf(size, flashSize) };
    }
  }
  throw noImage(say`its CRC is wrong: the file is damaged.`, say`Download or build it again.`);
}

function largerOf(size: FlashSizeName, other: FlashSizeName | undefined): FlashSizeName {
  return other !== undefined && FLASH_SIZES[other].bytes > FLASH_SIZES[size].bytes ? other : size;
}
