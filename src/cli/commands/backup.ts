/** `plugsmith backup`: the whole flash, proven and sealed. */

import { say } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { text } from "../options.ts";
import { FLASH_OPTIONS, runFlash } from "../plug/flash-command.ts";
import { planOutcome } from "../plug/flash-options.ts";
import { row } from "../render/answer.ts";

export const backupCommand: CommandModule = defineCommand({
  options: {
    ...FLASH_OPTIONS,
    out: text(
      "--out <file>",
      say`also save a copy here; an incomplete copy is completed, any other file is left alone`,
    ),
  },
  run: async (run, options) => {
    const { plan, done } = await runFlash(run, options, "backup", { out: options.out });
    if (done === undefined) return planOutcome(plan);
    const { manifest, path, already, out } = done;
    return {
      data: { ...done },
      answer: [
        already ? say`The backup was already complete and checked: ${path}` : say`Backup complete and checked: ${path}`,
        row("MD5", manifest.md5),
        row("SHA-256", manifest.sha256),
        ...(out === undefined ? [] : [row(say`Copy`, out)]),
        say`It contains everything that the plug knew, including the Wi-Fi password. Keep it private.`,
      ],
    };
  },
});
