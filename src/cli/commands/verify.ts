/** `plugsmith verify`: whether the flash holds an image, by the chip's own digest. Reads only. */
import { LARGEST_FLASH } from "../../core/image/header.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandModule } from "../command.ts";
import { declareConnection, withSession } from "../plug/flash-command.ts";
import { declareImage, imageOptions } from "../plug/image-options.ts";

export const verifyCommand: CommandModule = {
  declare: (command) => void declareConnection(declareImage(command)),
  run: async (run) => {
    const image = await nodeFiles.read(run.args[0] ?? "", LARGEST_FLASH);
    return withSession(run, async ({ session }) => {
      const result = await session.verify(image, imageOptions(run.options));
      return { data: { ...result }, answer: [`The flash holds it: MD5 ${result.md5}`] };
    });
  },
};
