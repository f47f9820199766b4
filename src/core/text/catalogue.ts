/** A language: what its sentences are, and how it writes numbers and plurals. English is what the sources say. */
import { dayIn, filled, listIn, Text, type TextValue, withUnit } from "./text.ts";

/** A sentence of the language with the same places as its source, or one for each of the language's plural forms. */
export type Translation = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

export interface Catalogue {
  /** BCP 47: "de". */
  readonly language: string;
  /**
   * What has to be there: `everything`, or what `plugsmith rehearse` shows. Only a language that covers everything is
   * chosen by the computer's own settings.
   */
  readonly covers: "everything" | "rehearsal";
  /** By source. A source without one is shown in English. */
  readonly texts: Readonly<Record<string, Translation>>;
}

export const ENGLISH: Catalogue = { language: "en", covers: "everything", texts: {} };

/** The text in a language. Not yet safe to show: `visible()` makes it so. */
export function textIn(text: Text | string, catalogue: Catalogue): string {
  if (!(text instanceof Text) || catalogue === ENGLISH) return text.toString();
  const entry = Object.hasOwn(catalogue.texts, text.source) ? catalogue.texts[text.source] : undefined;
  return filled(typeof entry === "string" ? entry : text.source, text.values, (value) => valueIn(value, catalogue));
}

function valueIn(value: TextValue, catalogue: Catalogue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberIn(value, undefined, catalogue.language);
  if (value instanceof Text) return textIn(value, catalogue);
  if (value.kind === "quantity") {
    return withUnit(numberIn(value.value, value.digits, catalogue.language), value.unit);
  }
  if (value.kind === "list") {
    const items = value.items.map((each) => valueIn(each, catalogue));
    return listIn(items, value.type, catalogue.language);
  }
  if (value.kind === "day") return dayIn(value, catalogue.language);
  const { count, one, other } = value;
  const form = new Intl.PluralRules(catalogue.language).select(count);
  const forms = Object.hasOwn(catalogue.texts, other.source) ? catalogue.texts[other.source] : undefined;
  if (typeof forms !== "object") return textIn(form === "one" ? one : other, catalogue);
  return filled(forms[form] ?? forms.other ?? other.source, other.values, (each) => valueIn(each, catalogue));
}

/** Never grouped: a port or a baud rate is no amount, and tables keep their columns. */
function numberIn(value: number, digits: number | undefined, language: string): string {
  if (!Number.isFinite(value)) return String(value);
  const [minimumFractionDigits, maximumFractionDigits] = [digits ?? 0, digits ?? 20];
  return new Intl.NumberFormat(language, { useGrouping: false, minimumFractionDigits, maximumFractionDigits }).format(
    value,
  );
}

/** Data with its texts as strings. */
export type Worded<T> = T extends Text ? string : T extends object ? { readonly [K in keyof T]: Worded<T[K]> } : T;

/** Data of any form, each text in it in the language: what a renderer shows of an event. */
export function wordedIn<T>(data: T, catalogue: Catalogue): Worded<T> {
  return worded(data, catalogue) as Worded<T>;
}

function worded(data: unknown, catalogue: Catalogue): unknown {
  if (data instanceof Text) return textIn(data, catalogue);
  if (typeof data !== "object" || data === null || ArrayBuffer.isView(data)) return data;
  if (Array.isArray(data)) return data.map((each) => worded(each, catalogue));
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, worded(value, catalogue)]));
}
