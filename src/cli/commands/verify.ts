/** `plugsmith verify`: whether the flash holds an image, by the chip's own digest. Reads only. */
import { LARGEST_FLASH, md5Hex, say } from "../../core/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { CONNECTION_OPTIONS, withSession } from "../plug/flash-command.ts";
import { fileDigestLines, IMAGE_ARGUMENT, IMAGE_OPTIONS, imageOptions } from "../plug/flash-options.ts";

export const verifyCommand: CommandModule = defineCommand({
  arguments: [IMAGE_ARGUMENT],
  options: { ...IMAGE_OPTIONS, ...CONNECTION_OPTIONS },
  run: async (run, options) => {
    const image = await nodeFiles.read(run.args[0] ?? "", LARGEST_FLASH);
    return withSession(run, options, async ({ session }) => {
      const how = imageOptions(options);
      const result = await session.verify(image, how);
      const fileMd5 = md5Hex(image);
      return {
        data: { ...result, fileMd5 },
        answer: [say`The flash holds it: MD5 ${result.md5}`, ...fileDigestLines(fileMd5, result.md5, how)],
      };
    });
  },
});
