/** A firmware's image for the virtual chip to execute: the flash of a new plug that holds it. */
import {
  FLASH_SIZES,
  inspectImage,
  isPacked,
  LARGEST_FLASH,
  PlugsmithError,
  say,
  unpackImage,
} from "../../core/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { SimOptions } from "./listen.ts";

/** What the story's plug has, and an image that claims no size gets. */
const USUAL_FLASH = FLASH_SIZES["1MB"].bytes;

/**
 * @returns the flash, as large as the image claims; undefined where no image is to be executed.
 * @throws bad-argument with options that the executed firmware cannot serve; file-*; bad-image.
 */
export async function flashToExecute({ firmware, flash }: SimOptions): Promise<Uint8Array | undefined> {
  if (firmware === undefined) return undefined;
  if (flash !== undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`--firmware and --flash cannot be combined: both define the contents of the flash.`,
      nextStep: say`Give one of them.`,
    });
  }
  return await flashWith(firmware);
}

/** @returns a new plug's flash that holds the image. @throws file-*; bad-image. */
export async function flashWith(path: string): Promise<Uint8Array> {
  const file = await nodeFiles.read(path, LARGEST_FLASH);
  const image = isPacked(file) ? unpackImage(file) : file;
  const { builtFor } = inspectImage(image, LARGEST_FLASH);
  const size = builtFor === undefined ? USUAL_FLASH : Math.max(USUAL_FLASH, FLASH_SIZES[builtFor].bytes);
  const contents = new Uint8Array(Math.max(size, image.length)).fill(0xff);
  contents.set(image);
  return contents;
}

/** @throws bad-argument where the plug had a flash before. */
export function refuseUsedPlug(folder: string): never {
  throw new PlugsmithError("bad-argument", {
    message: say`The plug in ${folder} already has a flash, but --firmware makes a new plug.`,
    plugState: say`untouched`,
    nextStep: say`Name a folder that does not exist yet, or write the image with plugsmith write --port sim:${folder}.`,
  });
}
