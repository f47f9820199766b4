/** `plugsmith boot`: GPIO0 released, power away and back, and the new firmware's word that it started cold. */
import { say } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { nextLine, STEP_OPTIONS, singleStep } from "../convert/single-step.ts";

export const bootCommand: CommandModule = defineCommand({
  options: STEP_OPTIONS,
  run: (run, options) =>
    singleStep(run, options, { wires: "always", person: true }, async (context) => {
      const { steps, plug, log } = context;
      await steps.boot(await steps.supply());
      const data = log.state.finished.get("boot")?.data ?? {};
      const started = data.deferred === true ? say`left for the first time at mains` : String(data.version);
      return { data: { plug, ...data }, answer: [say`Boot: ${started}.`, nextLine(context)] };
    }),
});
