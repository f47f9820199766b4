/** The language of the pages, switchable at any moment: whatever shows a text by `t` is shown again in the new one. */
import { signal } from "@preact/signals";
import { type Catalogue, ENGLISH, type Text, textIn, visible } from "../../core/index.ts";

export type LanguageCode = "en" | "de";

/** What the switch offers: each language in its own words. */
export const LANGUAGES: Readonly<Record<LanguageCode, string>> = { en: "English", de: "Deutsch" };

const KEY = "plugsmith-language";

const catalogue = signal<Catalogue>(ENGLISH);

export function language(): LanguageCode {
  return catalogue.value.language === "de" ? "de" : "en";
}

/** Of this computer, or as chosen before in this browser. */
export function preferredLanguage(): LanguageCode {
  const kept = localStorage.getItem(KEY);
  if (kept === "en" || kept === "de") return kept;
  return navigator.languages.find((each) => /^(en|de)\b/.test(each))?.startsWith("de") === true ? "de" : "en";
}

export async function setLanguage(code: LanguageCode): Promise<void> {
  localStorage.setItem(KEY, code);
  catalogue.value = code === "en" ? ENGLISH : (await import("./german.ts")).GERMAN;
  document.documentElement.lang = code;
}

/** In front of a unit: a number is not parted from it. */
const UNIT = /(\d) (?=[%°]|[kMGmµ]?(?:V|A|W|Ω|Hz|s|min|h|B|KiB|MiB)(?![\p{L}\p{N}]))/gu;

/** A text in the language of the page, safe to show. */
export function t(text: Text | string): string {
  return visible(textIn(text, catalogue.value)).replace(UNIT, "$1\u00a0");
}

export function formatNumber(value: number, digits: number): string {
  const [minimumFractionDigits, maximumFractionDigits] = [digits, digits];
  return new Intl.NumberFormat(catalogue.value.language, { minimumFractionDigits, maximumFractionDigits }).format(
    value,
  );
}

export function formatDate(iso: string): string {
  return new Intl.DateTimeFormat(catalogue.value.language, { dateStyle: "medium" }).format(new Date(iso));
}
