/** The gate before an instrument is read at mains: with which instrument, and how it is connected. */
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import type { ItemToConfirm } from "./confirm-list.ts";

/** What has to be true before any measurement at mains. @param instrument a person reads one there. */
export function mainsCondition(instrument: boolean): ItemToConfirm {
  return {
    id: "mains-measurement",
    text: instrument
      ? say`The plug is closed and glued, no wire leaves it, and the instrument is rated for mains (CAT II 300 V or better) and has undamaged leads. Measure at a measuring adapter or read a power meter's display; never push bare probes into a live socket.`
      : say`The plugs are closed and glued, no wire leaves them, and the load stands where it may get hot.`,
  };
}

/**
 * Asked before any measurement at mains. A reading typed in is worth nothing if taking it hurts somebody.
 * @throws PlugsmithError unsafe
 */
export async function mainsGate(operator: Operator, instrument: boolean, signal?: AbortSignal): Promise<void> {
  const answer = await operator.choose(
    {
      ...mainsCondition(instrument),
      options: [
        { id: "ready", text: say`Yes, all of this is true` },
        { id: "stop", text: say`Not yet` },
      ],
    },
    signal,
  );
  if (answer !== "ready") throw notFitForMains();
}

export function notFitForMains(): PlugsmithError {
  return new PlugsmithError("unsafe", {
    message: say`The conditions for measuring at mains are not met.`,
    step: "calibrate",
    plugState: say`untouched`,
    nextStep: say`Close the case, use an instrument that is rated for mains with a measuring adapter, then calibrate again.`,
  });
}
