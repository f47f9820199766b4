/** A number as people write it, with comma or point. What two people would read differently is no number. */

export type Numeral =
  /** Digits, a point at most, an exponent at most: `Number` reads them. */
  | { readonly digits: string }
  /** "1,000" is one to some and a thousand to others: both, unambiguously written. */
  | { readonly ambiguous: readonly [fraction: string, thousands: string] };

const NUMERAL = /^([\d.,]*\d[\d.,]*)(e[+-]?\d{1,2})?$/i;

/** @param text without sign and unit. */
export function numeralOf(text: string): Numeral | undefined {
  const match = NUMERAL.exec(text);
  if (match === null) return undefined;
  const [, mantissa = "", exponent = ""] = match;
  const separators = mantissa.replace(/\d/g, "");
  if (separators.length === 0) return { digits: mantissa + exponent };
  if (separators.length === 1) {
    const [whole = "", fraction = ""] = mantissa.split(separators);
    // Cheap meters show an overload as "1 ." with nothing after it.
    if (fraction === "" && whole === "1") return undefined;
    if (/^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3) {
      return { ambiguous: [`${whole}.${fraction}0${exponent}`, `${whole}${fraction}${exponent}`] };
    }
    return { digits: `${whole === "" ? "0" : whole}.${fraction}${exponent}` };
  }
  const last = separators.at(-1)!;
  const mixed = separators.indexOf(last) === separators.length - 1;
  const at = mixed ? mantissa.lastIndexOf(last) : mantissa.length;
  const grouped = mantissa.slice(0, at);
  const grouping = new Set(grouped.replace(/\d/g, ""));
  if (grouping.size !== 1 || !/^[1-9]\d{0,2}([.,]\d{3})+$/.test(grouped)) return undefined;
  return { digits: `${grouped.replace(/[.,]/g, "")}${mixed ? `.${mantissa.slice(at + 1)}` : ""}${exponent}` };
}
