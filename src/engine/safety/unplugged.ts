/** The gate before anybody opens a plug or does anything over its wires: it must be out of its socket. */
import { type Wires, wiresWords } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { joined, say } from "../../core/text/text.ts";
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
      text: joined([
        ...(wires === undefined ? [] : [wiresWords(wires)]),
        say`Wires and mains must never be connected at the same time. Is the plug out of its socket?`,
      ]),
      options: [
        { id: "yes", text: say`Yes, it is out of its socket and stays out` },
        { id: "no", text: say`No` },
      ],
    },
    signal,
  );
  if (answer !== "yes") throw notUnplugged(step);
}

export function notUnplugged(step: string): PlugsmithError {
  return new PlugsmithError("unsafe", {
    message: say`It is not confirmed that the plug is out of its socket. Until then, nobody may open it, and plugsmith does nothing over its wires.`,
    step,
    plugState: say`untouched`,
    nextStep: say`Do not touch any wire. If a wire is on the board, switch off the mains first. Pull the plug out of its socket, then run the command again. If the wires are already off, run npx plugsmith close.`,
  });
}
