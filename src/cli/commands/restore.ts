/** `plugsmith restore`: a backup back into the plug, byte for byte, header untouched. */
import { say } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { flag, text } from "../options.ts";
import { FLASH_OPTIONS, runFlash } from "../plug/flash-command.ts";
import { gateOptions, planOutcome } from "../plug/flash-options.ts";

export const restoreCommand: CommandModule = defineCommand({
  arguments: [
    [
      "[backup]",
      say`MAC of the plug, time of a sealed backup, or a file; by default, the first backup of the connected plug (restore asks if it is not certain)`,
    ],
  ],
  options: {
    ...FLASH_OPTIONS,
    backup: flag("--backup", say`back up the present contents first, in the same connection`),
    overrideGate: text(
      "--override-gate <mac>",
      say`restore although the erase gate is closed; type this plug's MAC to confirm`,
    ),
  },
  run: async (run, options) => {
    const [wanted] = run.args;
    const order = { wanted, gate: gateOptions(options), backup: options.backup };
    const { plan, done } = await runFlash(run, options, "restore", order);
    if (done === undefined) return planOutcome(plan);
    return { data: { ...done }, answer: [say`Restored ${done.source} byte for byte: MD5 ${done.md5}`] };
  },
});
