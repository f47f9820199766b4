/** `plugsmith backup`: the whole flash, proven and sealed. */

import { say } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { text } from "../options.ts";
import { FLASH_OPTIONS, runFlash } from "../plug/flash-command.ts";
import { planOutcome } from "../plug/flash-options.ts";

export const backupCommand: CommandModule = defineCommand({
  options: {
    ...FLASH_OPTIONS,
    out: text(
      "--out <file>",
      say`also a copy here; one that is there already is completed, another file is left alone`,
    ),
  },
  run: async (run, options) => {
    const { plan, done } = await runFlash(run, options, "backup", { out: options.out });
    if (done === undefined) return planOutcome(plan);
    const { manifest, path, already, out } = done;
    return {
      data: { ...done },
      answer: [
        say`${already ? say`Already sealed` : say`Sealed`}: ${path}`,
        say`MD5      ${manifest.md5}`,
        say`SHA-256  ${manifest.sha256}`,
        ...(out === undefined ? [] : [say`Copy     ${out}`]),
        say`It holds whatever the plug knew, Wi-Fi password included: keep it to yourself.`,
      ],
    };
  },
});
