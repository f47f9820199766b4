/** `plugsmith write`: a firmware image into the flash, behind the erase gate, proven by the chip's MD5. */
import { LARGEST_FLASH, md5Hex, say } from "../../core/index.ts";
import { refuseImage } from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { choice } from "../options.ts";
import { FLASH_OPTIONS, runFlash } from "../plug/flash-command.ts";
import {
  fileDigestLines,
  GATE_OPTIONS,
  gateOptions,
  IMAGE_ARGUMENT,
  IMAGE_OPTIONS,
  imageOptions,
  OVERRIDE_IMAGE,
  planOutcome,
} from "../plug/flash-options.ts";
import { sizeText } from "../render/quantity.ts";

export const writeCommand: CommandModule = defineCommand({
  arguments: [IMAGE_ARGUMENT],
  options: {
    ...IMAGE_OPTIONS,
    overrideImage: OVERRIDE_IMAGE,
    ...FLASH_OPTIONS,
    ...GATE_OPTIONS,
    erase: choice(
      "--erase <what>",
      say`needed: erase only sectors that differ; all: erase the whole target first`,
      ["needed", "all"],
      "needed",
    ),
  },
  run: async (run, options) => {
    const { erase, overrideImage } = options;
    const path = run.args[0] ?? "";
    const image = await nodeFiles.read(path, LARGEST_FLASH);
    // Before anybody solders or waits: what is no image needs no plug to be refused.
    if (overrideImage === undefined) refuseImage(image, imageOptions(options), LARGEST_FLASH);
    const how = { ...imageOptions(options, overrideImage), ...gateOptions(options), erase };
    const order = { image, name: path, size: sizeText(image.length), how, backup: options.backup };
    const { plan, done } = await runFlash(run, options, "write", order);
    if (done === undefined) return planOutcome(plan);
    const { at, length, md5, image: written, ...counts } = done;
    const fileMd5 = md5Hex(image);
    return {
      data: { ...counts, ...written, fileMd5, proven: { at, length, md5 } },
      answer: [
        say`Written and checked: MD5 ${written.md5}`,
        ...fileDigestLines(fileMd5, written.md5, how),
        say`Before the first start, release GPIO0 and switch the power off and on again. Without this power cycle, every restart leads back to download mode.`,
      ],
    };
  },
});
