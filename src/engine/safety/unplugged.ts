/** The gate before anybody opens a plug or does anything over its wires: it must be out of its socket. */
import { type Wires, wiresWords } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";

/**
 * Before anybody touches the board or its wires.
 * @param wires on record, where they are the reason for asking. @throws unsafe
 */
export async function requireUnplugged(
  operator: Operator,
  step: string,
  signal?: AbortSignal,
  wires?: Wires,
): Promise<void> {
  const answer = await operator.choose(
    {
      id: "away-from-mains",
      text: say`${wires === undefined ? "" : say`${wiresWords(wires)} `}Wires and mains never meet. Is the plug out of its socket?`,
      options: [
        { id: "yes", text: say`Yes, it is out of its socket and stays out` },
        { id: "no", text: say`No` },
      ],
    },
    signal,
  );
  if (answer === "yes") return;
  throw new PlugsmithError("unsafe", {
    message: say`The plug is not known to be out of its socket: nobody opens it, and nothing is done over its wires.`,
    step,
    plugState: say`untouched`,
    nextStep: say`Touch no wire. If one is on the board, switch the mains off first. Take the plug out, then run it again. Are the wires off already? Then run npx plugsmith close.`,
  });
}
