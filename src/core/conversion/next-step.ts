/**
 * The order of a conversion's steps, and which one is next. The conversion, the commands for single steps and every list
 * of unfinished conversions ask here.
 */
import type { Supply } from "../journal/step-data.ts";
import { CONVERSION_STEPS, type ConversionStep } from "../step-id.ts";
import type { ConversionState } from "./state.ts";

/**
 * On a weak supply the radio must not start at the wires: the case is closed before the plug is brought into the network,
 * which it joins through its own access point, at mains.
 */
const ON_WEAK_SUPPLY: readonly ConversionStep[] = CONVERSION_STEPS.flatMap((step): ConversionStep[] => {
  if (step === "close-case") return [];
  return step === "provision" ? ["close-case", step] : [step];
});

/** @param supply undefined where it is not known yet; the steps up to the write are the same for both. */
export function stepsInOrder(supply: Supply | undefined): readonly ConversionStep[] {
  return supply === "weak" ? ON_WEAK_SUPPLY : CONVERSION_STEPS;
}

/** What feeds the plug at the wires, as far as the finished steps say. */
export function supplyOnRecord({ finished }: Pick<ConversionState, "finished">): Supply | undefined {
  const supply = finished.get("prepare")?.data.supply;
  if (supply !== undefined) return supply;
  const boot = finished.get("boot")?.data;
  if (boot === undefined) return undefined;
  // A first start that is left for mains is left because of the supply.
  return boot.deferred === true ? "weak" : "strong";
}

/** The first step that is not finished, in order; undefined when all are. */
export function nextStep(state: Pick<ConversionState, "finished">): ConversionStep | undefined {
  return stepsInOrder(supplyOnRecord(state)).find((step) => !state.finished.has(step));
}
