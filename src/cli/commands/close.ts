/** `plugsmith close`: the closing list, item by item, with its measurements on record. Only it opens the way to mains. */
import { say } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { nextLine, planStep, STEP_OPTIONS, STEP_PROFILE, singleStep } from "../convert/single-step.ts";

export const closeCommand: CommandModule = defineCommand({
  options: { ...STEP_OPTIONS, profile: STEP_PROFILE },
  run: async (run, options) => {
    const plan = await planStep(run, options, { wires: "never", person: true });
    const result = await singleStep(run, plan, "close-case", undefined);
    const { plug, done } = result;
    return {
      data: { plug, ...done },
      answer: [
        say`The closing list is finished: ${done.confirmed.length} items confirmed, ${done.measured.length} measured.`,
        nextLine(result),
      ],
    };
  },
});
