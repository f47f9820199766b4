/** `plugsmith info`: which chip is there. Reads only. */

import { say } from "../../core/index.ts";
import { flashIdText } from "../../engine/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { CONNECTION_OPTIONS, runFlash } from "../plug/flash-command.ts";
import { planOutcome } from "../plug/flash-options.ts";
import { row } from "../render/answer.ts";
import { sizeText } from "../render/quantity.ts";

export const infoCommand: CommandModule = defineCommand({
  options: CONNECTION_OPTIONS,
  run: async (run, options) => {
    const { plan, done: chip } = await runFlash(run, options, "info", undefined);
    if (chip === undefined) return planOutcome(plan);
    return {
      data: { ...chip },
      answer: [
        row(say`Chip`, say`${chip.variant}, crystal ${chip.crystalMhz} MHz`),
        row("MAC", chip.mac),
        row(say`Flash`, say`${sizeText(chip.flashSize)}, ${chip.flashMaker}, id ${flashIdText(chip.flashId)}`),
      ],
    };
  },
});
