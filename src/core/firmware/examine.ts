/** Everything that the bytes of a file tell about the firmware in it: an image, a compressed one, or a whole flash. */
import { sha256Hex } from "../digest.ts";
import { PlugsmithError } from "../errors.ts";
import {
  FLASH_SIZES,
  type FlashMode,
  type FlashSizeName,
  LARGEST_FLASH,
  withFlashParameters,
} from "../image/header.ts";
import { type InspectedImage, inspectImage } from "../image/inspect.ts";
import { type ImageSegment, imageSegments } from "../image/segments.ts";
import { type FirmwareFacts, identifyFirmware } from "./identify.ts";
import { isPacked, unpackImage } from "./packing.ts";
import { PROGRAM_SPACE_1MIB } from "./space.ts";

/** One byte of the header that writing would set. */
export interface HeaderChange {
  readonly offset: number;
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

export interface Examination {
  /** `packed`: compressed; `flash`: as large as a chip's whole flash, so most likely read out of one. */
  readonly form: "image" | "packed" | "flash";
  readonly fileBytes: number;
  /** Of the file as it lies there. */
  readonly sha256: string;
  /** Unpacked; the same as fileBytes where nothing was packed. */
  readonly bytes: number;
  readonly facts: FirmwareFacts;
  /** Undefined only for a whole flash that does not begin with a bootable image; `unbootable` says why. */
  readonly image: (InspectedImage & { readonly segments: readonly ImageSegment[] }) | undefined;
  readonly unbootable: string | undefined;
  readonly fits: boolean;
  /** What `write` would change on the way; nothing in a whole flash, which goes back as it came. */
  readonly changes: readonly HeaderChange[];
}

export interface ExamineOptions {
  readonly flashSize: FlashSizeName;
  readonly flashMode: FlashMode;
}

/** Errors: bad-image for what is neither an image nor a flash. */
export function examineFirmware(file: Uint8Array, options: ExamineOptions): Examination {
  const packed = isPacked(file);
  const bytes = packed ? unpackImage(file) : file;
  const flash = !packed && Object.values(FLASH_SIZES).some((size) => size.bytes === bytes.length);
  const looked = lookAt(bytes, flash);
  const facts = identifyFirmware(bytes);
  const room = FLASH_SIZES[options.flashSize].bytes;
  const most = facts.kind === "tasmota" && options.flashSize === "1MB" && !flash ? PROGRAM_SPACE_1MIB : room;
  return {
    form: packed ? "packed" : flash ? "flash" : "image",
    fileBytes: file.length,
    sha256: sha256Hex(file),
    bytes: bytes.length,
    facts,
    ...looked,
    fits: bytes.length <= most,
    changes: flash || looked.image === undefined ? [] : headerChanges(bytes, options),
  };
}

function lookAt(bytes: Uint8Array, flash: boolean): Pick<Examination, "image" | "unbootable"> {
  try {
    const image = inspectImage(bytes, LARGEST_FLASH);
    return { image: { ...image, segments: imageSegments(bytes, image.form) }, unbootable: undefined };
  } catch (error) {
    if (!flash || !(error instanceof PlugsmithError) || error.code !== "bad-image") throw error;
    return { image: undefined, unbootable: error.message };
  }
}

function headerChanges(bytes: Uint8Array, { flashSize, flashMode }: ExamineOptions): HeaderChange[] {
  const head = bytes.subarray(0, 4);
  const written = withFlashParameters(head, flashSize, flashMode);
  const what: Readonly<Record<number, string>> = { 2: `flash mode ${flashMode}`, 3: `flash size ${flashSize}` };
  return [2, 3].flatMap((offset) => {
    const from = head[offset]!;
    const to = written[offset]!;
    return from === to ? [] : [{ offset, from, to, what: what[offset]! }];
  });
}
