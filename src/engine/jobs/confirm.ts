/** A question of yes or no before something is changed. */
import { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";

export interface Agreement {
  /** Agreed beforehand, to whatever is asked. */
  readonly agreed: boolean;
  /** Somebody is there who can be asked. */
  readonly attended: boolean;
}

/** True where the person agrees. @throws needs-input where nobody is there to agree, aborted */
export async function confirm(
  { operator, signal }: { readonly operator: Operator; readonly signal?: AbortSignal | undefined },
  { agreed, attended }: Agreement,
  question: Text,
): Promise<boolean> {
  if (agreed) return true;
  if (!attended) throw needsInput(question);
  const options = [
    { id: "yes", text: say`Yes` },
    { id: "no", text: say`No` },
  ];
  return (await operator.choose({ id: "confirm", text: question, options }, signal)) === "yes";
}

function needsInput(question: Text): PlugsmithError {
  return new PlugsmithError("needs-input", {
    message: say`This question needs an answer, but nobody is at the terminal: ${question}`,
    plugState: say`untouched`,
    nextStep: say`Run the command at a terminal, or agree in advance with --yes.`,
  });
}
