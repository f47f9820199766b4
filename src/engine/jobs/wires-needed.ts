/** Whether what comes next at a plug goes over wires, and how its adapter has to be plugged in for it. */
import { supplyOnRecord } from "../../core/conversion/next-step.ts";
import type { ConversionState } from "../../core/conversion/state.ts";

/**
 * `alone`: the adapter without a wire on it, to be measured. `download`: GPIO0 held to ground. `running`: GPIO0 free,
 * the firmware starts.
 */
export type WiresNeeded = "alone" | "download" | "running";

/** Of a single step: always, or where the plug's wires are still on. */
export type StepWires = "always" | "if attached" | "never";

/** @param state undefined for a plug that nothing was done to. Undefined: nothing is left that goes over wires. */
export function wiresForConversion(state: ConversionState | undefined): WiresNeeded | undefined {
  if (state === undefined) return "alone";
  const { finished, wiresAttached } = state;
  if (finished.has("write")) {
    // On a weak supply the radio must not start: what is left there is done in the closed case, at mains.
    if (supplyOnRecord(state) === "weak") return undefined;
    return wiresAttached || !finished.has("close-case") ? "running" : undefined;
  }
  return wiresAttached && finished.has("prepare") ? "download" : "alone";
}

export function wiresForStep(needs: StepWires, { wiresAttached }: ConversionState): WiresNeeded | undefined {
  return needs === "always" || (needs === "if attached" && wiresAttached) ? "running" : undefined;
}
