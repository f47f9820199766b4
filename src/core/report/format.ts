/** Figures and times as the certificate shows them. A number and its unit are joined by a no-break space. */
import { type Day, dayOf, decimal, Text, type TextValue } from "../text/text.ts";

/** "30 Nov 2026", as `dayOf`. */
export function shortDay(at: string): Day | string {
  return dayOf(at, "short");
}

/** "2026-11-30 16:31 UTC". @param at UTC, ISO 8601; anything else is shown as it is. */
export function moment(at: string): string {
  return at.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/, "$1 $2 UTC");
}

/** "0.12 Ω". */
export function amount(value: TextValue, unit: string): Text {
  return new Text("{0}\u00a0{1}", [value, unit]);
}

/** A share as "+2.6 %"; "0.0 %" has no sign. */
export function signedPercent(relative: number, places = 1): Text {
  const size = 100 * Math.abs(relative);
  const sign = Number(size.toFixed(places)) === 0 ? "" : relative < 0 ? "−" : "+";
  return amount(new Text("{0}{1}", [sign, decimal(size, places)]), "%");
}

/** An expanded uncertainty as "± 1.1 %". */
export function plusMinus(relative: number, places = 1): Text {
  return amount(new Text("±\u00a0{0}", [decimal(100 * relative, places)]), "%");
}
