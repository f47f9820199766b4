/** `plugsmith erase`: the whole flash or a region, behind the erase gate. */
import { PlugsmithError, say } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { parsed } from "../options.ts";
import { COUNT, FLASH_OPTIONS, runFlash } from "../plug/flash-command.ts";
import { address, GATE_OPTIONS, gateOptions, planOutcome } from "../plug/flash-options.ts";
import { sizeText } from "../render/quantity.ts";

export const eraseCommand: CommandModule = defineCommand({
  options: {
    ...FLASH_OPTIONS,
    ...GATE_OPTIONS,
    at: parsed("--at <address>", say`start of the region, a multiple of 4096`, COUNT),
    length: parsed("--length <bytes>", say`length of the region, a multiple of 4096`, COUNT),
  },
  run: async (run, options) => {
    const { at, length } = options;
    if ((at === undefined) !== (length === undefined)) {
      throw new PlugsmithError("bad-argument", {
        message: say`A region needs both --at and --length.`,
        plugState: say`untouched`,
        nextStep: say`Give both, or give neither to erase the whole flash.`,
      });
    }
    const range = at === undefined || length === undefined ? undefined : { at, length };
    const name = range === undefined ? say`the whole flash` : say`${sizeText(range.length)} at ${address(range.at)}`;
    const order = { range, name, gate: gateOptions(options), backup: options.backup };
    const { plan, done } = await runFlash(run, options, "erase", order);
    if (done === undefined) return planOutcome(plan);
    return { data: { ...done }, answer: [say`Erased and checked: ${name}.`] };
  },
});
