/**
 * A typed answer to "what does the meter show?". Takes a reading as displays show it and people copy it, asks back
 * whatever could be meant in two ways, and never corrects anything: what is taken is what was typed.
 */

import type { GuideUnit } from "../guide/guide.ts";
import { say, type Text } from "../text/text.ts";
import { numeralOf } from "./numeral.ts";
import { connectionAdvice, isPlausible, plausibilityProblem } from "./plausible.ts";
import type { Reading, ReadingAnswer } from "./reading.ts";
import { exampleOf, unitAnswer } from "./unit.ts";

export interface ReadingQuestion {
  readonly id: string;
  readonly unit: GuideUnit;
}

export type TypedReading =
  | { readonly kind: "taken"; readonly answer: ReadingAnswer }
  /** Ask again, with this. `typed`: goes back in with the next answer, which may confirm it. */
  | { readonly kind: "again"; readonly text: Text; readonly typed?: string | undefined };

/** "OL" as displays show it ("O.L", "0L", ".0L", "OFL", and "1 ." on cheap meters), perhaps with the range's unit. */
const OVERLOAD = /^(?:>|≥|>=)?\s*[+]?\s*(?:\.?[o0]\.?\s?f?\.?l\.?|over(?:load|flow|range)?|∞|1\s+\.)(?![a-z])\s*(.*)$/i;
const SHOWN = /^(>=|<=|[<>≥≤])?\s*([+-])?\s*([\d.,]*\d[\d.,]*(?:e[+-]?\d{1,2})?)\s*(\D.*)?$/i;

/** @param earlier what was typed when this question was last asked back. */
export function typedReading(text: string, question: ReadingQuestion, earlier?: string): TypedReading {
  const line = tidied(text);
  const { unit } = question;
  if (line === "") return again(say`Type what the display shows, such as ${exampleOf(unit)}, then press Enter.`);
  const overload = OVERLOAD.exec(line);
  if (overload !== null) return overloaded(overload[1]!, unit);
  const shown = SHOWN.exec(line);
  if (shown === null) return notANumber(line, unit);
  const [, sign, minus, mantissa = "", unitTyped] = shown;
  const scale = unitTyped === undefined ? { exponent: 0 } : unitAnswer(unitTyped, unit);
  const numeral = numeralOf(mantissa);
  if (numeral === undefined) return notANumber(line, unit);
  if ("problem" in scale) return again(scale.problem);
  const scaled = (digits: string): number => shifted(`${minus === "-" ? "-" : ""}${digits}`, scale.exponent);
  if ("ambiguous" in numeral && !onlyFraction(numeral.ambiguous.map(scaled), question)) {
    const [fraction, thousands] = numeral.ambiguous;
    return again(say`"${mantissa}" can mean ${fraction} or ${thousands}. Type ${fraction} or ${thousands}.`);
  }
  const value = scaled("ambiguous" in numeral ? numeral.ambiguous[0] : numeral.digits);
  if (!Number.isFinite(value)) return notANumber(line, unit);
  return judged(reading(value, sign, unitTyped !== undefined), value, line, question, earlier);
}

function judged(
  { low, high, unitShown }: Reading,
  value: number,
  line: string,
  { id, unit }: ReadingQuestion,
  earlier: string | undefined,
): TypedReading {
  const resistance = unit === "ohm" || unit === "Mohm";
  const advice = resistance ? undefined : connectionAdvice(unit, value);
  if (advice !== undefined) return again(advice);
  if (low !== high && id.startsWith("reference-")) {
    return again(say`The plug is calibrated with this value, so an exact reading is necessary. Choose another range.`);
  }
  const doubt = unitShown || !resistance ? plausibilityProblem(id, unit, value) : undefined;
  if (doubt !== undefined && earlier !== line) return again(doubt, line);
  const plain = low === high && (!unitShown || !resistance);
  return { kind: "taken", answer: plain ? value : { low, high, unitShown } };
}

/** A meter of four digits shows 3.312 V; 3312 V are out of the question. A thousand is always asked back. */
function onlyFraction([fraction, thousands]: readonly number[], { id, unit }: ReadingQuestion): boolean {
  if (unit === "ohm" || unit === "Mohm" || Number.isInteger(fraction)) return false;
  return isPlausible(id, unit, Math.abs(fraction!)) && !isPlausible(id, unit, Math.abs(thousands!));
}

function reading(value: number, sign: string | undefined, unitShown: boolean): Reading {
  if (sign?.startsWith(">") === true || sign === "≥") return { low: value, high: Number.POSITIVE_INFINITY, unitShown };
  if (sign === undefined || value < 0) return { low: value, high: value, unitShown };
  return { low: 0, high: value, unitShown };
}

function overloaded(unitTyped: string, unit: GuideUnit): TypedReading {
  const scale = unitTyped === "" ? undefined : unitAnswer(unitTyped, unit);
  if (scale !== undefined && "problem" in scale) return again(scale.problem);
  const advice = connectionAdvice(unit, Number.POSITIVE_INFINITY);
  return advice === undefined ? { kind: "taken", answer: Number.POSITIVE_INFINITY } : again(advice);
}

function again(text: Text, typed?: string): TypedReading {
  return { kind: "again", text, typed };
}

function notANumber(line: string, unit: GuideUnit): TypedReading {
  return again(
    say`"${line}" is not a number with a unit. Type it as the display shows it, such as ${exampleOf(unit)}. Does it show "OL" or "1 ."? Type OL.`,
  );
}

/** One kind of minus, of space and of arrow. */
function tidied(text: string): string {
  return text
    .replace(/[\u2010-\u2015\u2212\ufe63\uff0d]/g, "-")
    .replace(/\uff1e/g, ">")
    .replace(/\uff1c/g, "<")
    .replace(/\s+/g, " ")
    .trim();
}

/** Shifts the decimal point in the text: 3300 mV are 3.3 V exactly. */
function shifted(digits: string, exponent: number): number {
  const [mantissa, own = "0"] = digits.toLowerCase().split("e");
  const value = Number(`${mantissa}e${Number(own) + exponent}`);
  return value === 0 ? 0 : value;
}
