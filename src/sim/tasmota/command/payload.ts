/**
 * What a command's argument means as a number, and the one-character shortcuts.
 * Source: Tasmota tasmota_support/support.ino (kOptions, GetStateNumber, CharToFloat, ParseParameters, Trim),
 * support_command.ino (CommandHandler, Shortcut); newlib's strtol, strtoul and atoi.
 */
import type { CommandCall } from "../contract.ts";

/** No number in the argument. */
export const NO_PAYLOAD: number = -99;

const WORDS: Readonly<Record<string, number>> = {
  OFF: 0,
  FALSE: 0,
  STOP: 0,
  CELSIUS: 0,
  DOWN: 0,
  CLOSE: 0,
  ON: 1,
  TRUE: 1,
  START: 1,
  FAHRENHEIT: 1,
  USER: 1,
  TOGGLE: 2,
  ADMIN: 2,
  BLINK: 3,
  BLINKOFF: 4,
  UP: 100,
  OPEN: 100,
  ALL: 255,
};

const LONGEST_FLOAT = 23;
const MOST_DECIMALS = 8;

/** The number that a word stands for, or -1. */
export function stateNumber(text: string): number {
  const upper = text.toUpperCase();
  return Object.hasOwn(WORDS, upper) ? WORDS[upper]! : -1;
}

function digitsValue(digits: string): number {
  if (/^0[xX]/.test(digits)) return Number.parseInt(digits, 16);
  return digits.length > 1 && digits.startsWith("0")
    ? Number.parseInt(/^0[0-7]*/.exec(digits)![0], 8)
    : Number.parseInt(digits, 10);
}

/** strtol with base 0: decimal, 0x hex, 0 octal, held to 32 bits; undefined where there is no number. */
export function leadingInteger(text: string): number | undefined {
  const match = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|\d+)/.exec(text);
  if (match === null) return undefined;
  const value = digitsValue(match[2]!);
  return Math.max(-0x80000000, Math.min(0x7fffffff, match[1] === "-" ? -value : value));
}

/** atoi: decimal only, 0 without a number. */
export function atoi(text: string): number {
  const match = /^[ \t\n\v\f\r]*[+-]?\d+/.exec(text);
  return match === null ? 0 : Math.max(-0x80000000, Math.min(0x7fffffff, Number(match[0])));
}

/** strtoul with base 0: as strtol, a minus sign wraps round; 0 without a number. */
export function unsignedInteger(text: string): number {
  const match = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|\d+)/.exec(text);
  if (match === null) return 0;
  const value = Math.min(0xffffffff, digitsValue(match[2]!));
  return match[1] === "-" ? -value >>> 0 : value;
}

export function payloadOf(data: string): number {
  const word = stateNumber(data);
  return word >= 0 ? word : (leadingInteger(data) ?? NO_PAYLOAD);
}

/** `0` or `"` clears, `1` asks for the compiled default; only as the whole argument. */
export function shortcut(data: string): "clear" | "default" | undefined {
  if (data === '"' || data === "0") return "clear";
  return data === "1" ? "default" : undefined;
}

/** A text argument with the shortcuts resolved. */
export function textArgument(call: CommandCall, standard = "", clear = ""): string {
  const short = shortcut(call.data);
  if (short === "clear") return clear;
  return short === "default" ? standard : call.data;
}

/** CharToFloat: whole part and at most eight decimals, in single precision; no exponent. */
export function decimalOf(text: string): number {
  const f = Math.fround;
  const [, sign, rest] = /^[ \t\n\v\f\r]*([+-]?)(.*)$/s.exec(text.slice(0, LONGEST_FLOAT))!;
  const [, whole, decimals] = /^([^.]*)(?:\.(\d*))?/.exec(rest!)!;
  const left = f(atoi(whole!));
  // A decimal point counts only right after the digits of the whole part.
  const given = decimals === undefined || !/^\d*$/.test(whole!) ? "" : decimals.slice(0, MOST_DECIMALS);
  let right = f(Number(given));
  for (let i = 0; i < given.length; i++) right = f(right / 10);
  const value = f(left + right);
  return sign === "-" ? -value : value;
}

/** ParseParameters: numbers between commas and blanks, at most `count`. */
export function parameters(data: string, count: number): readonly number[] {
  return data
    .split(/[, ]+/)
    .filter((part) => part !== "")
    .slice(0, count)
    .map(unsignedInteger);
}

/** ArgV: what stands between the commas, blanks around it dropped; ArgC is how many there are. */
export function commaArguments(data: string): readonly string[] {
  return data === "" ? [] : data.split(",").map((part) => part.trim());
}

export function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
