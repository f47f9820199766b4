/** `plugsmith close`: the closing list, item by item, with its measurements on record. Only it opens the way to mains. */
import type { CommandModule } from "../command.ts";
import { declareStep, nextLine, singleStep } from "../convert/single-step.ts";

export const closeCommand: CommandModule = {
  declare: (command) => void declareStep(command).option("--profile <name>", "device profile"),
  run: (run) =>
    singleStep(run, { wires: "never", person: true }, async (scene) => {
      const { record } = await scene.steps.close();
      return {
        data: { plug: scene.known.plug, ...record },
        answer: [`Closed: ${record.confirmed.length} confirmed, ${record.measured.length} measured.`, nextLine(scene)],
      };
    }),
};
