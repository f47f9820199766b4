/**
 * What a person read off an instrument: a range of values, for displays also show "> 550" and "OL". Anyone who compares it
 * with a limit takes the end that speaks against it.
 */
import type { GuideUnit } from "../guide/guide.ts";
import { unitText } from "../guide/limit-text.ts";

export interface Reading {
  /** In the unit asked for. Both ends are the same unless the display shows an inequality; infinite: an overload. */
  readonly low: number;
  readonly high: number;
  /** The unit was read too. False: the prefix on the display is still unknown. */
  readonly unitShown: boolean;
}

/** A number alone is what the display shows, without its unit. */
export type ReadingAnswer = number | Reading;

export function readingFrom(answer: ReadingAnswer): Reading {
  return typeof answer === "number" ? { low: answer, high: answer, unitShown: false } : answer;
}

/** The number that was typed, in the unit asked for; infinite for an overload. */
export function typedValue(answer: ReadingAnswer): number {
  const { low, high } = readingFrom(answer);
  return high === Number.POSITIVE_INFINITY ? low : high;
}

/** "4.7", "OL", "more than 550"; with a unit "4.7 Ω". */
export function readingText({ low, high }: Omit<Reading, "unitShown">, unit?: GuideUnit): string {
  const withUnit = (value: number): string => (unit === undefined ? String(value) : `${value} ${unitText(unit)}`);
  if (low === Number.POSITIVE_INFINITY) return "OL";
  if (low === high || Number.isNaN(low)) return withUnit(low);
  return high === Number.POSITIVE_INFINITY ? `more than ${withUnit(low)}` : `less than ${withUnit(high)}`;
}
