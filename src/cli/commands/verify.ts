/** `plugsmith verify`: whether the flash holds an image, by the chip's own digest. Reads only. */
import { LARGEST_FLASH, md5Hex, say } from "../../core/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { CONNECTION_OPTIONS, runFlash } from "../plug/flash-command.ts";
import { fileDigestLines, IMAGE_ARGUMENT, IMAGE_OPTIONS, imageOptions, planOutcome } from "../plug/flash-options.ts";

export const verifyCommand: CommandModule = defineCommand({
  arguments: [IMAGE_ARGUMENT],
  options: { ...IMAGE_OPTIONS, ...CONNECTION_OPTIONS },
  run: async (run, options) => {
    const image = await nodeFiles.read(run.args[0] ?? "", LARGEST_FLASH);
    const how = imageOptions(options);
    const { plan, done } = await runFlash(run, options, "verify", { image, how });
    if (done === undefined) return planOutcome(plan);
    const fileMd5 = md5Hex(image);
    return {
      data: { ...done, fileMd5 },
      answer: [say`The flash contains the image: MD5 ${done.md5}`, ...fileDigestLines(fileMd5, done.md5, how)],
    };
  },
});
