/** A page of the guide: its steps in one list with one answer, or step by step, with a way back. */
import type { Text } from "../../core/text/text.ts";
import { say } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";

export interface PageStep {
  readonly id: string;
  readonly text: Text;
}

export interface WorkPage {
  readonly id: string;
  readonly text: Text;
  readonly steps: readonly PageStep[];
}

/** Resolves when the person says that all of it is done. Errors: aborted, needs-input. */
export async function doPage(operator: Operator, { id, text, steps }: WorkPage, signal?: AbortSignal): Promise<void> {
  const answer = await operator.choose(
    {
      id,
      text,
      list: steps,
      options: [
        { id: "done", text: say`All of this is done` },
        { id: "one-by-one", text: say`Show each step by itself` },
      ],
    },
    signal,
  );
  if (answer !== "done") await stepByStep(operator, steps, signal);
}

async function stepByStep(operator: Operator, steps: readonly PageStep[], signal?: AbortSignal): Promise<void> {
  for (let at = 0; at < steps.length; ) {
    const done = { id: "done", text: say`Done` };
    const back = { id: "back", text: say`Back one step` };
    const answer = await operator.choose({ ...steps[at]!, options: at === 0 ? [done] : [done, back] }, signal);
    if (answer === "done") at++;
    else if (answer === "back") at--;
  }
}
