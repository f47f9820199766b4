/** `plugsmith close`: the closing list, item by item, with its measurements on record. Only it opens the way to mains. */
import { say } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { nextLine, STEP_OPTIONS, STEP_PROFILE, singleStep } from "../convert/single-step.ts";

export const closeCommand: CommandModule = defineCommand({
  options: { ...STEP_OPTIONS, profile: STEP_PROFILE },
  run: (run, options) =>
    singleStep(run, options, { wires: "never", person: true }, async (context) => {
      const { record } = await context.steps.close();
      return {
        data: { plug: context.plug, ...record },
        answer: [
          say`Closed: ${record.confirmed.length} confirmed, ${record.measured.length} measured.`,
          nextLine(context),
        ],
      };
    }),
});
