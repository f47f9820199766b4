/** A question of yes or no before something is changed. */
import { PlugsmithError, say, type Text } from "../../core/index.ts";
import type { CommandRun } from "../command.ts";

/** True where the person agrees; `--yes` agrees at once. @throws needs-input where nobody is there to agree, aborted */
export async function confirm(run: CommandRun, question: Text): Promise<boolean> {
  if (run.globals.yes) return true;
  if (!run.attended) throw needsInput(question);
  const options = [
    { id: "yes", text: say`Yes` },
    { id: "no", text: say`No` },
  ];
  return (await run.operator.choose({ id: "confirm", text: question, options }, run.signal)) === "yes";
}

function needsInput(question: Text): PlugsmithError {
  return new PlugsmithError("needs-input", {
    message: say`This question needs an answer, but nobody is at the terminal: ${question}`,
    plugState: say`untouched`,
    nextStep: say`Run the command at a terminal, or agree in advance with --yes.`,
  });
}
