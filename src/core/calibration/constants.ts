/**
 * From readings and references to new calibration constants, each with its uncertainty budget. A reading is proportional
 * to its constant, so new = old × reference / reading.
 */
import { PlugsmithError } from "../errors.ts";
import { say } from "../text/text.ts";
import { BL0937, METER_QUANTITIES, type MeterQuantity, stepEffect } from "./meter.ts";
import {
  type Budget,
  budget,
  type Contribution,
  type Quantity,
  rectangular,
  statistics,
  typeA,
} from "./uncertainty.ts";

/** A reading of the plug and what it should have been at that moment, in the quantity's unit. */
export interface Pair {
  readonly reading: number;
  readonly reference: number;
}

export interface ReferenceAccuracy {
  /** Relative standard uncertainty that all the pairs' references share. */
  readonly relative: number;
  /** Instrument, load and method in words, for the certificate. */
  readonly basis: string;
  /** How far the quantity may have moved between reading and reference, relative half-width. 0: simultaneous. */
  readonly drift: number;
}

export interface NewConstant {
  readonly quantity: MeterQuantity;
  readonly command: string;
  readonly before: number;
  readonly after: number;
  /** Mean reading before, corrected for truncation. */
  readonly reading: number;
  readonly reference: Quantity;
  /** Reading / reference − 1 before the change. */
  readonly errorBefore: number;
  readonly budget: Budget;
}

/** Outside this range of the default something is wrong that a constant must not hide. */
export const PLAUSIBLE_RATIO: { readonly low: number; readonly high: number } = { low: 0.7, high: 1.4 };

/** Whether a plug that reads this much can be off by that much from the reference, calibrated or not. */
export function isCredibleReference(reading: number, reference: number): boolean {
  const ratio = reference / reading;
  return ratio >= PLAUSIBLE_RATIO.low && ratio <= PLAUSIBLE_RATIO.high;
}

/**
 * @throws PlugsmithError not-measurable: no pulses, or a result that only a mistake explains.
 */
export function newConstant(
  quantity: MeterQuantity,
  pairs: readonly Pair[],
  before: number,
  accuracy: ReferenceAccuracy,
): NewConstant {
  const channel = BL0937[quantity];
  if (pairs.length === 0 || pairs.some(({ reading }) => !(reading > 0))) {
    throw new PlugsmithError("not-measurable", {
      message: say`The plug reads 0 ${channel.unit}: its meter sends no pulses for ${quantity}, so nothing can be computed.`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`Switch the relay and the load on, and check that the template names the metering chip's pins.`,
    });
  }
  const observed = statistics(pairs.map(({ reading }) => reading));
  const step = stepEffect(channel, before, observed.mean, observed.deviation, observed.count);
  const ratios = statistics(pairs.map(({ reading, reference }) => reference / (reading + step.correction)));
  const after = Math.round(before * ratios.mean);
  checkPlausible(quantity, after);
  const reference = statistics(pairs.map((pair) => pair.reference)).mean;
  const contributions: Contribution[] = [
    { name: "reference", type: "B", relative: accuracy.relative, basis: accuracy.basis },
    {
      name: "scatter of the readings",
      type: "A",
      relative: typeA(ratios) / ratios.mean,
      basis: `${ratios.count} readings, one deviation ${((100 * ratios.deviation) / ratios.mean).toPrecision(2)} %`,
    },
    {
      name: "meter's integer steps",
      type: "B",
      relative: step.u / observed.mean,
      basis: `${channel.step} ${channel.unit} and 1 µs of pulse period`,
    },
    { name: "rounding of the constant", type: "B", relative: rectangular(0.5) / after, basis: "whole numbers only" },
  ];
  if (accuracy.drift > 0) {
    contributions.push({
      name: "drift between reading and reference",
      type: "B",
      relative: rectangular(accuracy.drift),
      basis: "slope of the readings around the moment of the reference",
    });
  }
  return {
    quantity,
    command: channel.command,
    before,
    after,
    reading: observed.mean + step.correction,
    reference: { value: reference, u: reference * accuracy.relative },
    errorBefore: 1 / ratios.mean - 1,
    budget: budget(contributions),
  };
}

function checkPlausible(quantity: MeterQuantity, constant: number): void {
  const channel = BL0937[quantity];
  const ratio = constant / channel.defaultConstant;
  if (ratio >= PLAUSIBLE_RATIO.low && ratio <= PLAUSIBLE_RATIO.high) return;
  throw new PlugsmithError("not-measurable", {
    message: say`${channel.command} would become ${constant}, ${ratio.toFixed(2)} times the default ${channel.defaultConstant}; a sound BL0937 lies between ${PLAUSIBLE_RATIO.low} and ${PLAUSIBLE_RATIO.high}. ${likelyReason(quantity, ratio)}`,
    step: "calibrate",
    plugState: say`constants unchanged`,
    nextStep: say`Check the reference, the load's label and the template, then measure again.`,
  });
}

function likelyReason(quantity: MeterQuantity, ratio: number): string {
  // HLW8012 ratios are 7.34, 2.68 and 1.38 times the BL0937's (xnrg_01_hlw8012.ino).
  const hlw = { power: 10000 / 1362, voltage: 2200 / 822, current: 4545 / 3300 }[quantity];
  const near = (target: number): boolean => Math.abs(Math.log(ratio / target)) < Math.log(1.2);
  if (near(hlw) || near(1 / hlw))
    return "Likely: the template names the wrong chip (HLW8012 instead of BL0937, or the reverse).";
  if (quantity === "power" && (near(1000) || near(1 / 1000))) return "Likely: watts and kilowatts were confused.";
  if (quantity === "current" && (near(1000) || near(1 / 1000)))
    return "Likely: amperes and milliamperes were confused.";
  if (quantity === "power")
    return "Likely: the load is not the one stated, not resistive, or CF and CF1 are swapped in the template.";
  if (quantity === "voltage") return "Likely: CF and CF1, or the SEL pin's sense, are swapped in the template.";
  return "Likely: the load is not resistive, or the SEL pin's sense is swapped in the template.";
}

/** All three constants as the commands that set them, in the order voltage, power, current. */
export function settingCommands(constants: readonly NewConstant[]): string[] {
  return METER_QUANTITIES.flatMap((quantity) =>
    constants.filter((constant) => constant.quantity === quantity).map(({ command, after }) => `${command} ${after}`),
  );
}
