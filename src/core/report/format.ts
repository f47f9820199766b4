/** Figures and times as the certificate shows them. A number and its unit are joined by a no-break space. */

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "30 November 2026". @param at UTC, ISO 8601; anything else is shown as it is. */
export function day(at: string): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)T/.exec(at) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? at : `${Number(date)} ${name} ${year}`;
}

/** "30 Nov 2026", as `day`. */
export function shortDay(at: string): string {
  return day(at).replace(/^(\d+ [A-Z][a-z]{2})[a-z]* (\d{4})$/, "$1 $2");
}

/** "2026-11-30 16:31 UTC". @param at UTC, ISO 8601; anything else is shown as it is. */
export function moment(at: string): string {
  return at.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/, "$1 $2 UTC");
}

/** "0.12 Ω". */
export function amount(value: number | string, unit: string): string {
  return `${value}\u00a0${unit}`;
}

/** A share as "+2.6 %"; "0.0 %" has no sign. */
export function signedPercent(relative: number, places = 1): string {
  const figure = (100 * Math.abs(relative)).toFixed(places);
  const sign = Number(figure) === 0 ? "" : relative < 0 ? "−" : "+";
  return amount(`${sign}${figure}`, "%");
}

/** An expanded uncertainty as "± 1.1 %". */
export function plusMinus(relative: number, places = 1): string {
  return amount(`±\u00a0${(100 * relative).toFixed(places)}`, "%");
}
