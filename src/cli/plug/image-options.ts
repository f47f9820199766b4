/** Options about the image that `write` and `verify` share: they must mean the same in both. */
import { type Command, Option } from "commander";
import { FLASH_MODES, FLASH_SIZES, type FlashMode, type FlashSizeName } from "../../core/image/header.ts";
import type { WriteOptions } from "../../engine/flash/contract.ts";
import { parseCount } from "./flash-command.ts";

export function declareImage(command: Command): Command {
  return command
    .argument("<image>", "firmware file")
    .option("--at <address>", "where the image begins", parseCount, 0)
    .option("--chip", "the whole chip: 0xFF everywhere outside the image", false)
    .option("--keep-header", "leave the image's own flash size and mode", false)
    .addOption(
      new Option("--flash-size <size>", "flash size in the header").choices(Object.keys(FLASH_SIZES)).default("1MB"),
    )
    .addOption(
      new Option("--flash-mode <mode>", "flash mode in the header").choices(Object.keys(FLASH_MODES)).default("dout"),
    )
    .option("--raw", "data, not a bootable image", false);
}

export function declareOverride(command: Command): Command {
  return command.option(
    "--override-image <mac>",
    "write an image that would not start, or is built for a larger flash: this plug's MAC, typed by hand",
  );
}

export function imageOptions(options: Readonly<Record<string, unknown>>): WriteOptions {
  return {
    at: options["at"] as number,
    target: options["chip"] === true ? "chip" : "image",
    keepHeader: options["keepHeader"] === true,
    flashSize: options["flashSize"] as FlashSizeName,
    flashMode: options["flashMode"] as FlashMode,
    raw: options["raw"] === true,
    overrideImage: options["overrideImage"] as string | undefined,
  };
}
