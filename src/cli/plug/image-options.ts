/** Options about the image that `write` and `verify` share: they must mean the same in both. */
import { FLASH_MODES, FLASH_SIZES, type FlashMode, type FlashSizeName } from "../../core/image/header.ts";
import type { WriteOptions } from "../../engine/flash/contract.ts";
import { choice, flag, type OptionsOf, parsed, text } from "../options.ts";
import { parseCount } from "./flash-command.ts";

export const IMAGE_ARGUMENT = ["<image>", "firmware file"] as const;

const SIZES = Object.keys(FLASH_SIZES) as FlashSizeName[];
const MODES = Object.keys(FLASH_MODES) as FlashMode[];
export const flashSize = (words: string) => choice("--flash-size <size>", words, SIZES, "1MB");
export const flashMode = (words: string) => choice("--flash-mode <mode>", words, MODES, "dout");

export const IMAGE_OPTIONS = {
  at: parsed("--at <address>", "where the image begins", parseCount, 0),
  chip: flag("--chip", "the whole chip: 0xFF everywhere outside the image"),
  keepHeader: flag("--keep-header", "leave the image's own flash size and mode"),
  flashSize: flashSize("flash size in the header"),
  flashMode: flashMode("flash mode in the header"),
  raw: flag("--raw", "data, not a bootable image"),
};

export const OVERRIDE_IMAGE = text(
  "--override-image <mac>",
  "write an image that would not start, or is built for a larger flash: this plug's MAC, typed by hand",
);

export function imageOptions(options: OptionsOf<typeof IMAGE_OPTIONS>, overrideImage?: string): WriteOptions {
  const { at, chip, keepHeader, flashSize, flashMode, raw } = options;
  return { at, target: chip ? "chip" : "image", keepHeader, flashSize, flashMode, raw, overrideImage };
}
