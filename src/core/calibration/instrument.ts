/** What an instrument's data sheet says of its accuracy, and the uncertainty of a reading that follows from it. */
import { PlugsmithError } from "../errors.ts";
import { say } from "../text/text.ts";
import { type Quantity, rectangular } from "./uncertainty.ts";

/** "±(0.8 % + 3 digits)" on a display that shows 0.1 V: { percent: 0.8, digits: 3, resolution: 0.1 }. */
export interface Accuracy {
  /** Percent of the reading. */
  readonly percent: number;
  /** Counts of the last displayed digit. */
  readonly digits: number;
  /** Value of one count in the range used, in the quantity's unit. */
  readonly resolution: number;
  /** Nobody knows the data sheet: this is what was assumed in its place. */
  readonly assumed?: boolean | undefined;
}

/** How an accuracy that nobody knows is written. */
export const UNKNOWN_ACCURACY = "unknown";

/** Percent of the reading, for a multimeter's AC volts where its data sheet is not at hand: a choice of this project. */
export const ASSUMED_PERCENT = 2;

/** An instrument that adds nothing: for comparisons in tests, and for a reference whose certificate is given apart. */
export const EXACT: Accuracy = { percent: 0, digits: 0, resolution: 0 };

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const PERCENT = new RegExp(`${NUMBER}\\s*%`);
const DIGITS = new RegExp(`${NUMBER}\\s*(?:d|dgt|dgts|digit|digits|counts?|lsd)\\b`, "i");

/**
 * Reads an accuracy as printed on data sheets: `±(0.8 % + 3 digits)`, `0.8%+3`, `1.0 % rdg + 5 dgt`, `0,5 %`.
 * @param resolution value of the last digit in the range used.
 * @throws PlugsmithError bad-argument
 */
export function parseAccuracy(text: string, resolution: number): Accuracy {
  const bare = text.replace(/[±()]/g, " ").trim();
  const percent = PERCENT.exec(bare);
  const rest = percent === null ? bare : bare.slice(percent.index + percent[0].length);
  const plain = new RegExp(`^\\s*(?:rdg|of reading|v\\.\\s*MW\\.?)?\\s*\\+\\s*${NUMBER}\\s*$`, "i").exec(rest);
  const digits = DIGITS.exec(rest) ?? plain;
  const understood = percent !== null && (digits !== null || /^\s*(rdg|of reading)?\s*$/i.test(rest));
  if (!understood || !(resolution >= 0)) {
    throw new PlugsmithError("bad-argument", {
      message: say`"${text}" is not an accuracy in the form of a data sheet.`,
      nextStep: say`Write it like "0.8 % + 3 digits", as in the data sheet for the range you use.`,
    });
  }
  const number = (match: RegExpExecArray | null): number => (match === null ? 0 : Number(match[1]!.replace(",", ".")));
  return { percent: number(percent), digits: number(digits), resolution };
}

/** As `parseAccuracy`; a voltmeter's may be unknown or empty. @throws PlugsmithError bad-argument */
export function voltmeterAccuracy(text: string, resolution: number): Accuracy {
  if (!["", UNKNOWN_ACCURACY].includes(text.trim().toLowerCase())) return parseAccuracy(text, resolution);
  return { percent: ASSUMED_PERCENT, digits: 0, resolution, assumed: true };
}

/** The reading with its standard uncertainty: data-sheet limits taken as rectangular (GUM 4.3.7), and half a digit. */
export function reading(value: number, accuracy: Accuracy): Quantity {
  const limit = (Math.abs(value) * accuracy.percent) / 100 + accuracy.digits * accuracy.resolution;
  return { value, u: Math.hypot(rectangular(limit), rectangular(accuracy.resolution / 2)) };
}
