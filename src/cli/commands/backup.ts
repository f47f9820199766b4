/** `plugsmith backup`: the whole flash, proven and sealed. */

import { say } from "../../core/index.ts";
import { noteSessionStep } from "../../engine/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { text } from "../options.ts";
import { FLASH_OPTIONS, withSession } from "../plug/flash-command.ts";
import { planOutcome } from "../plug/flash-options.ts";

export const backupCommand: CommandModule = defineCommand({
  options: {
    ...FLASH_OPTIONS,
    out: text(
      "--out <file>",
      say`also a copy here; one that is there already is completed, another file is left alone`,
    ),
  },
  run: (run, options) =>
    withSession(run, options, async ({ session, plug }) => {
      const { out, dryRun } = options;
      if (dryRun) return planOutcome(await session.planBackup({ out }));
      const result = await session.backup({ out });
      const { manifest, path, already } = result;
      await noteSessionStep(session, plug, "back-up", { file: path, sha256: manifest.sha256, already });
      return {
        data: { ...result },
        answer: [
          say`${already ? say`Already sealed` : say`Sealed`}: ${path}`,
          say`MD5      ${manifest.md5}`,
          say`SHA-256  ${manifest.sha256}`,
          ...(result.out === undefined ? [] : [say`Copy     ${result.out}`]),
          say`It holds whatever the plug knew, Wi-Fi password included: keep it to yourself.`,
        ],
      };
    }),
});
