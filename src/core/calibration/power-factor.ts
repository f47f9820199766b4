/** Whether a load is purely resistive, as far as readings and references can tell: P = U · I within their uncertainty. */
import { BL0937, type MeterQuantity, stepEffect } from "./meter.ts";
import { COVERAGE_FACTOR, type Quantity, statistics } from "./uncertainty.ts";

export type MeterReadings = Readonly<Record<MeterQuantity, readonly number[]>>;
export type MeterConstants = Readonly<Record<MeterQuantity, number>>;

/** How far a meter with its default constants may be off, each quantity: shunt, divider and chip tolerances together. */
export const MANUFACTURING_SPREAD = 0.15;

/** A calibrated meter: a factor further from 1 than its own uncertainty plus this is not a resistive load. */
const CALIBRATED_ALLOWANCE = 0.01;

/**
 * For a meter that was never calibrated nothing narrower is known than its data sheet and those of the instruments. Three
 * standard uncertainties hold all that several instruments at their limits can add up to; at two, a sound
 * plug would be refused now and then.
 */
const UNCALIBRATED_COVERAGE = 3;

/** Mean of readings corrected for truncation, with the uncertainty of scatter and steps. */
export function meanReading(quantity: MeterQuantity, readings: MeterReadings, constants: MeterConstants): Quantity {
  const observed = statistics(readings[quantity]);
  const step = stepEffect(BL0937[quantity], constants[quantity], observed.mean, observed.deviation, observed.count);
  return { value: observed.mean + step.correction, u: Math.hypot(observed.deviationOfMean, step.u) };
}

/** Product over product of uncorrelated quantities (GUM 5.1.6). */
function ratio(above: readonly Quantity[], below: readonly Quantity[]): Quantity {
  const product = (of: readonly Quantity[]): number => of.reduce((result, { value }) => result * value, 1);
  const value = product(above) / product(below);
  const relative = Math.hypot(...[...above, ...below].map((quantity) => quantity.u / quantity.value));
  return { value, u: Math.abs(value) * relative };
}

/**
 * What the meter's current gain would have to be if the load were resistive: I read · U ref / P ref. A load with power
 * factor f draws 1/f more current than P/U and shows up as a gain too great by 1/f.
 */
export function impliedCurrentGain(current: Quantity, voltage: Quantity, power: Quantity): Quantity {
  return ratio([current, voltage], [power]);
}

/**
 * Whether the gain (or, for a calibrated meter, the factor) allows a resistive load. An uncalibrated meter cannot tell
 * a factor of 0.9 from its own tolerance; the certificate says so.
 */
export function allowsResistive(gain: Quantity, calibrated: boolean): boolean {
  const allowance = calibrated
    ? CALIBRATED_ALLOWANCE + COVERAGE_FACTOR * gain.u
    : MANUFACTURING_SPREAD + UNCALIBRATED_COVERAGE * gain.u;
  return Math.abs(gain.value - 1) <= allowance;
}
