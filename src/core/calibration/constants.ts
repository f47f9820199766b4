/**
 * From readings and references to new calibration constants, each with its uncertainty budget. A reading is proportional
 * to its constant, so new = old × reference / reading.
 */
import { PlugsmithError } from "../errors.ts";
import { quantity as amount, decimal, joined, say, type Text } from "../text/text.ts";
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
  readonly basis: Text | string;
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

/** Name of the one contribution that a larger load makes smaller. */
export const METER_STEPS: Text = say`whole-number steps of the meter`;

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
      message: say`The plug reads 0 ${channel.unit}. Its meter sends no pulses for this quantity, so no constant can be computed.`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`Switch on the relay and the load, and check that the template assigns the pins of the metering chip.`,
    });
  }
  const observed = statistics(pairs.map(({ reading }) => reading));
  const step = stepEffect(channel, before, observed.mean, observed.deviation, observed.count);
  const ratios = statistics(pairs.map(({ reading, reference }) => reference / (reading + step.correction)));
  const after = Math.round(before * ratios.mean);
  checkPlausible(quantity, after);
  const reference = statistics(pairs.map((pair) => pair.reference)).mean;
  const contributions: Contribution[] = [
    { name: say`reference`, type: "B", relative: accuracy.relative, basis: accuracy.basis },
    {
      name: say`scatter of the readings`,
      type: "A",
      relative: typeA(ratios) / ratios.mean,
      basis: say`${ratios.count} readings, standard deviation ${amount(Number(((100 * ratios.deviation) / ratios.mean).toPrecision(2)), "%")}`,
    },
    {
      name: METER_STEPS,
      type: "B",
      relative: step.u / observed.mean,
      basis: say`${amount(channel.step, channel.unit)} and 1 µs of pulse period`,
    },
    {
      name: say`rounding of the constant`,
      type: "B",
      relative: rectangular(0.5) / after,
      basis: say`whole numbers only`,
    },
  ];
  if (accuracy.drift > 0) {
    contributions.push({
      name: say`drift between reading and reference`,
      type: "B",
      relative: rectangular(accuracy.drift),
      basis: say`slope of the readings around the time of the reference`,
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
    message: joined([
      say`${channel.command} would become ${constant}, which is ${decimal(ratio, 2)} times the default of ${channel.defaultConstant}. A BL0937 that works lies between ${PLAUSIBLE_RATIO.low} and ${PLAUSIBLE_RATIO.high} times.`,
      likelyReason(quantity, ratio),
    ]),
    step: "calibrate",
    plugState: say`constants unchanged`,
    nextStep: say`Check the reference, the label of the load and the template. Then measure again.`,
  });
}

function likelyReason(quantity: MeterQuantity, ratio: number): Text {
  // HLW8012 ratios are 7.34, 2.68 and 1.38 times the BL0937's (xnrg_01_hlw8012.ino).
  const hlw = { power: 10000 / 1362, voltage: 2200 / 822, current: 4545 / 3300 }[quantity];
  const near = (target: number): boolean => Math.abs(Math.log(ratio / target)) < Math.log(1.2);
  if (near(hlw) || near(1 / hlw))
    return say`Probable cause: the template names the wrong chip (HLW8012 instead of BL0937, or the other way round).`;
  if (quantity === "power" && (near(1000) || near(1 / 1000)))
    return say`Probable cause: watts and kilowatts were confused.`;
  if (quantity === "current" && (near(1000) || near(1 / 1000)))
    return say`Probable cause: amperes and milliamperes were confused.`;
  if (quantity === "power")
    return say`Probable cause: the load is not the one you gave, not resistive, or CF and CF1 are swapped in the template.`;
  if (quantity === "voltage")
    return say`Probable cause: CF and CF1, or the polarity of the SEL pin, are swapped in the template.`;
  return say`Probable cause: the load is not resistive, or the polarity of the SEL pin is swapped in the template.`;
}

/** All three constants as the commands that set them, in the order voltage, power, current. */
export function settingCommands(constants: readonly NewConstant[]): string[] {
  return METER_QUANTITIES.flatMap((quantity) =>
    constants.filter((constant) => constant.quantity === quantity).map(({ command, after }) => `${command} ${after}`),
  );
}
