/**
 * What a command's argument means as a number, and the one-character shortcuts.
 * Source: Tasmota tasmota_support/support.ino (GetStateNumber), support_command.ino (CommandHandler, Shortcut).
 */
import type { CommandCall, SettingsView } from "../contract.ts";

/** No number in the argument. */
export const NO_PAYLOAD: number = -99;

const WORDS: Readonly<Record<string, number>> = {
  OFF: 0,
  FALSE: 0,
  STOP: 0,
  CELSIUS: 0,
  ON: 1,
  TRUE: 1,
  START: 1,
  FAHRENHEIT: 1,
  USER: 1,
  TOGGLE: 2,
  ADMIN: 2,
  BLINK: 3,
  BLINKOFF: 4,
  ALL: 255,
};

/** strtol with base 0: decimal, 0x hex, 0 octal, cut to 32 bits. */
function leadingInteger(text: string): number | undefined {
  const match = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|\d+)/.exec(text);
  if (match === null) return undefined;
  const digits = match[2]!;
  const value = /^0[xX]/.test(digits)
    ? Number.parseInt(digits, 16)
    : digits.length > 1 && digits.startsWith("0")
      ? Number.parseInt(/^0[0-7]*/.exec(digits)![0], 8)
      : Number.parseInt(digits, 10);
  const signed = match[1] === "-" ? -value : value;
  return Math.max(-2147483648, Math.min(2147483647, signed));
}

export function payloadOf(data: string, settings: SettingsView): number {
  const upper = data.toUpperCase();
  const word = Object.hasOwn(WORDS, upper) ? WORDS[upper] : undefined;
  if (word !== undefined) return word;
  for (let state = 1; state <= 3; state++) {
    const text = settings.text(`StateText${state}`);
    if (text !== "" && text.toUpperCase() === upper) return state - 1;
  }
  return leadingInteger(data) ?? NO_PAYLOAD;
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

/** Decimal argument of the form the firmware's own parser takes: sign, digits, point, digits; 0 without. */
export function decimalOf(text: string): number {
  const match = /^\s*[+-]?\d*\.?\d*/.exec(text);
  const value = Number.parseFloat(match?.[0] ?? "");
  return Number.isFinite(value) ? value : 0;
}

export function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
