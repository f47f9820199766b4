/**
 * Measured values with their uncertainty, combined as in JCGM 100:2008 (the GUM). Pure arithmetic; knows nothing of
 * plugs, meters or people.
 */
import type { Text } from "../text/text.ts";

/** A value and its standard uncertainty (one standard deviation, GUM 2.3.1), both in the same unit. */
export interface Quantity {
  readonly value: number;
  readonly u: number;
}

/** One line of an uncertainty budget. `relative` is the standard uncertainty divided by the value. */
export interface Contribution {
  readonly name: Text | string;
  /** How it was evaluated: A from repeated readings, B from a data sheet, a tolerance or a resolution (GUM 3.3.4). */
  readonly type: "A" | "B";
  readonly relative: number;
  /** What it rests on, for the certificate. */
  readonly basis: Text | string;
}

export interface Budget {
  readonly contributions: readonly Contribution[];
  /** Combined standard uncertainty, relative (GUM 5.1.2, uncorrelated contributions). */
  readonly combined: number;
  /** Expanded uncertainty, relative, coverage factor 2: about 95 % (GUM 6.2.2, 6.3.3). */
  readonly expanded: number;
}

/** GUM 6.3.3: with a normal distribution k = 2 gives about 95 %. */
export const COVERAGE_FACTOR = 2;

/** Standard uncertainty of "somewhere within ± halfWidth, nothing more is known" (GUM 4.3.7). */
export function rectangular(halfWidth: number): number {
  return Math.abs(halfWidth) / Math.sqrt(3);
}

/** Combines uncorrelated relative contributions of a product or quotient (GUM 5.1.6). */
export function budget(contributions: readonly Contribution[]): Budget {
  const combined = Math.sqrt(contributions.reduce((sum, { relative }) => sum + relative * relative, 0));
  return { contributions, combined, expanded: COVERAGE_FACTOR * combined };
}

export interface Statistics {
  readonly count: number;
  readonly mean: number;
  /** Experimental standard deviation of one reading (GUM 4.2.2); 0 for fewer than two readings. */
  readonly deviation: number;
  /** Experimental standard deviation of the mean (GUM 4.2.3). */
  readonly deviationOfMean: number;
}

export function statistics(values: readonly number[]): Statistics {
  const count = values.length;
  if (count === 0) return { count, mean: Number.NaN, deviation: 0, deviationOfMean: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { count, mean, deviation: 0, deviationOfMean: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (count - 1));
  return { count, mean, deviation, deviationOfMean: deviation / Math.sqrt(count) };
}

/**
 * Student's t for 95.45 % coverage by degrees of freedom (GUM table G.2, column 95.45): few readings know their own
 * scatter badly, so the type A part is widened by t/2 before it enters a k = 2 budget.
 */
const STUDENT_T_9545: readonly number[] = [
  Number.POSITIVE_INFINITY,
  13.97,
  4.53,
  3.31,
  2.87,
  2.65,
  2.52,
  2.43,
  2.37,
  2.32,
  2.28,
];

/** Standard uncertainty of a mean of few readings, widened for its degrees of freedom so that k = 2 still covers 95 %. */
export function typeA({ count, deviationOfMean }: Statistics): number {
  const freedom = Math.max(1, count - 1);
  const t = STUDENT_T_9545[freedom] ?? 2 + 2.8 / freedom;
  return (deviationOfMean * t) / COVERAGE_FACTOR;
}

/** Writes value ± expanded uncertainty, the latter with two significant digits, the value to the same place (GUM 7.2.6). */
export function formatQuantity({ value, u }: Quantity, unit: string): string {
  const expanded = COVERAGE_FACTOR * u;
  if (!(expanded > 0)) return `${value} ${unit}`;
  const places = Math.max(0, 1 - Math.floor(Math.log10(expanded)));
  return `${value.toFixed(places)} ${unit} ± ${expanded.toFixed(places)} ${unit} (k = ${COVERAGE_FACTOR})`;
}
