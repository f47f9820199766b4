/** Everything that a file's bytes reveal about the firmware in it: an image, a compressed one, or a whole flash. */
import { sha256Hex } from "../digest.ts";
import { isPlugsmithError, PlugsmithError } from "../errors.ts";
import {
  FLASH_SIZES,
  type FlashMode,
  type FlashSizeName,
  LARGEST_FLASH,
  withFlashParameters,
} from "../image/header.ts";
import { type InspectedImage, readImage } from "../image/inspect.ts";
import { type ImageSegment, imageSegments } from "../image/segments.ts";
import { say, type Text } from "../text/text.ts";
import { type FirmwareFacts, identifyFirmware } from "./identify.ts";
import { type Misfit, misfitOf, refuseMisfit } from "./misfit.ts";
import { isPacked, unpackImage } from "./packing.ts";

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
  /** Undefined only for a whole flash that does not begin with an image. */
  readonly image: (InspectedImage & { readonly segments: readonly ImageSegment[] }) | undefined;
  /** Why no chip would start it; undefined where nothing is wrong. */
  readonly unbootable: Text | undefined;
  readonly fits: boolean;
  /** Why it does not fit. */
  readonly misfit: Misfit | undefined;
  /** What `write` would change on the way, if it took it; nothing in a whole flash, which goes back as it came. */
  readonly changes: readonly HeaderChange[];
}

export interface ExamineOptions {
  readonly flashSize: FlashSizeName;
  readonly flashMode: FlashMode;
}

/** Errors: bad-image for what is neither an image nor a flash, or damaged. */
export function examineFirmware(file: Uint8Array, options: ExamineOptions): Examination {
  const packed = isPacked(file);
  const bytes = packed ? unpackImage(file) : file;
  const wholeFlash = !packed && Object.values(FLASH_SIZES).some((size) => size.bytes === bytes.length);
  const looked = lookAt(bytes, wholeFlash);
  const facts = identifyFirmware(bytes);
  const misfit = misfitOf({ ...looked, facts, bytes: bytes.length, wholeFlash }, FLASH_SIZES[options.flashSize].bytes);
  return {
    form: packed ? "packed" : wholeFlash ? "flash" : "image",
    fileBytes: file.length,
    sha256: sha256Hex(file),
    bytes: bytes.length,
    facts,
    ...looked,
    fits: misfit === undefined,
    misfit,
    changes: wholeFlash || looked.image === undefined ? [] : headerChanges(bytes, options),
  };
}

/** What no chip would start, and what does not fit this one. @throws bad-image, image-too-big */
export function refuseUnusable(
  { unbootable, misfit }: Pick<Examination, "unbootable" | "misfit">,
  name: string,
  where: { readonly step: string; readonly plugState: Text },
): void {
  refuseMisfit(misfit, name, where);
  if (unbootable === undefined) return;
  throw new PlugsmithError("bad-image", {
    message: say`${name} would not start: ${unbootable}.`,
    ...where,
    nextStep: say`Download or build it again. To write it anyway, type the plug's MAC.`,
  });
}

function lookAt(bytes: Uint8Array, wholeFlash: boolean): Pick<Examination, "image" | "unbootable"> {
  try {
    const { bootFault, ...image } = readImage(bytes, LARGEST_FLASH);
    return { image: { ...image, segments: imageSegments(bytes, image.form) }, unbootable: bootFault };
  } catch (error) {
    if (!wholeFlash || !isPlugsmithError(error, "bad-image")) throw error;
    return { image: undefined, unbootable: error.texts.message };
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
