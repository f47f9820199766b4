/** `plugsmith boot`: GPIO0 released, power away and back, and the new firmware's word that it started cold. */
import { say } from "../../core/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { nextLine, planStep, STEP_OPTIONS, singleStep } from "../convert/single-step.ts";

export const bootCommand: CommandModule = defineCommand({
  options: STEP_OPTIONS,
  run: async (run, options) => {
    const plan = await planStep(run, options, { wires: "always", person: true });
    const result = await singleStep(run, plan, "boot", undefined);
    const { plug, done } = result;
    const started =
      done.deferred === true
        ? say`The first start is left for the first time at mains.`
        : say`First start: Tasmota ${String(done.version)} runs.`;
    return { data: { plug, ...done }, answer: [started, nextLine(result)] };
  },
});
