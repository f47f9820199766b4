/**
 * Every sentence for a person, as gettext does it: English stands at the call site, values stay apart, and anyone who shows
 * it chooses the language.
 *
 *     say`Backup of ${mac} is sealed`     source "Backup of {0} is sealed", values [mac]
 *
 * A text is a `String` with the English sentence, so JSON, journals, logs and programs see English, whatever is on the
 * screen. Nothing is cleaned here: what is shown passes `visible()` where it is shown.
 */

/** A number with its unit, "3.3 V": SI symbols are the same in every language, the decimal separator is not. */
export interface Quantity {
  readonly kind: "quantity";
  readonly value: number;
  /** Empty: a plain number. */
  readonly unit: string;
  /** Digits after the decimal separator; undefined: as many as the number has. */
  readonly digits: number | undefined;
}

/** A text that depends on a number. A language with more forms than English gives them at the entry of `other`. */
export interface Plural {
  readonly kind: "plural";
  readonly count: number;
  readonly one: Text;
  readonly other: Text;
}

/** Several values in a row, as the language lists them: "a, b, and c", "a, b oder c". */
export interface List {
  readonly kind: "list";
  readonly items: readonly TextValue[];
  /** `plain`: names beside each other, "a, b, c"; some languages say "and" there, too. */
  readonly type: "and" | "or" | "plain";
}

/** A day of the calendar, at UTC: "30 November 2026", "30. November 2026". */
export interface Day {
  readonly kind: "day";
  readonly at: Date;
  readonly month: "long" | "short";
}

export type TextValue = string | number | Text | Quantity | Plural | List | Day;

/** Doubled braces are braces: no sentence can look like a placeholder. */
const PLACE = /\{\{|\}\}|\{(\d+)\}/g;

export class Text extends String {
  /** The English sentence with numbered places, which is its key in a catalogue: "Backup of {0} is sealed". */
  readonly source: string;
  readonly values: readonly TextValue[];

  constructor(source: string, values: readonly TextValue[] = []) {
    super(filled(source, values, english));
    this.source = source;
    this.values = values;
  }
}

/** Tag of every sentence for a person. A string in it is data (a name, a path, another program's words). */
export function say(strings: TemplateStringsArray, ...values: readonly TextValue[]): Text {
  const source = strings.map((part, index) => (index === 0 ? "" : `{${index - 1}}`) + escapedBraces(part)).join("");
  return new Text(source, values);
}

/** @param unit its symbol: "V", "kΩ", "KiB". @param digits after the decimal separator. */
export function quantity(value: number, unit: string, digits?: number): Quantity {
  return { kind: "quantity", value, unit, digits };
}

/** A plain number with its digits fixed. */
export function decimal(value: number, digits: number): Quantity {
  return { kind: "quantity", value, unit: "", digits };
}

/** With so many significant digits, and none of them in powers of ten: 0.12, 4.0, 230. */
export function significant(value: number, digits: number, unit = ""): Quantity {
  const [, fraction = ""] = value.toPrecision(digits).split(".");
  return quantity(value, unit, fraction.includes("e") ? 0 : fraction.length);
}

export function plural(count: number, { one, other }: { readonly one: Text; readonly other: Text }): Plural {
  return { kind: "plural", count, one, other };
}

export function list(items: readonly TextValue[], type: List["type"] = "plain"): List {
  return { kind: "list", items, type };
}

/** @param at UTC, ISO 8601; anything else is shown as it is. */
export function dayOf(at: string, month: Day["month"] = "long"): Day | string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) || !/^\d{4}-\d\d-\d\dT/.test(at) ? at : { kind: "day", at: date, month };
}

/** Texts one after the other. Its source has no words, so it needs no translation. */
export function joined(parts: readonly TextValue[], separator = " "): Text {
  return new Text(parts.map((_, index) => `{${index}}`).join(escapedBraces(separator)), parts);
}

/** A string that is data (a path, another program's words) where a sentence is wanted: shown as it is in every language. */
export function asText(words: Text | string): Text {
  return words instanceof Text ? words : new Text("{0}", [words]);
}

/** The same text with its strings, however deep, changed. */
export function withStrings(text: Text, change: (value: string) => string): Text {
  const changed = (value: TextValue): TextValue => {
    if (typeof value === "string") return change(value);
    if (value instanceof Text) return withStrings(value, change);
    if (typeof value === "number" || value.kind === "quantity" || value.kind === "day") return value;
    if (value.kind === "list") return { ...value, items: value.items.map(changed) };
    return { ...value, one: withStrings(value.one, change), other: withStrings(value.other, change) };
  };
  return new Text(text.source, text.values.map(changed));
}

/** A source, or its translation, with its values. A place for which there is no value stays as it is written. */
export function filled(source: string, values: readonly TextValue[], show: (value: TextValue) => string): string {
  return source.replace(PLACE, (whole, place: string | undefined) => {
    if (place === undefined) return whole.slice(1);
    const value = values[Number(place)];
    return value === undefined ? whole : show(value);
  });
}

/** Numbers of the places in a source or a translation, each once, sorted. */
export function placesOf(source: string): readonly number[] {
  const places = [...source.matchAll(PLACE)].flatMap(([, place]) => (place === undefined ? [] : [Number(place)]));
  return [...new Set(places)].sort((a, b) => a - b);
}

/** A sentence that comes as data, as a source. */
export function escapedBraces(text: string): string {
  return text.replace(/[{}]/g, "$&$&");
}

export function withUnit(number: string, unit: string): string {
  return unit === "" ? number : `${number} ${unit}`;
}

const LIST_TYPES = { and: "conjunction", or: "disjunction", plain: "unit" } as const;

export function listIn(items: readonly string[], type: List["type"], language: string): string {
  return new Intl.ListFormat(language, { type: LIST_TYPES[type], style: type === "plain" ? "short" : "long" }).format(
    items,
  );
}

export function dayIn({ at, month }: Day, language: string): string {
  const format = new Intl.DateTimeFormat(language, { day: "numeric", month, year: "numeric", timeZone: "UTC" });
  if (language !== "en") return format.format(at);
  // Day first, as in most of the world.
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get("day")} ${parts.get("month")} ${parts.get("year")}`;
}

function english(value: TextValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (value instanceof Text) return value.toString();
  if (value.kind === "plural") return (value.count === 1 ? value.one : value.other).toString();
  if (value.kind === "list") return listIn(value.items.map(english), value.type, "en");
  if (value.kind === "day") return dayIn(value, "en");
  const { value: number, unit, digits } = value;
  return withUnit(digits === undefined ? String(number) : number.toFixed(digits), unit);
}
