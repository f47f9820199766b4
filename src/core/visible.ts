/**
 * Text that came from outside (a plug, a file, an image, another program), made safe to show. The one place where that
 * is decided; the renderers, the errors and the report use it for everything, so that nobody can forget it.
 *
 * What steers a terminal or deceives a reader becomes visible: control characters (C0, DEL, C1; ECMA-48), line and
 * paragraph separators, and invisible format characters, among them all that change the writing direction (Unicode
 * Standard Annex #9, "Trojan Source", CVE-2021-42574). The two joiners stay: names in Persian and emoji need them.
 */
import { asText, Text, withStrings } from "./text/text.ts";

/** Longest text that is shown, UTF-16 units. Tasmota keeps all texts of a plug in 699 bytes; errors quote several. */
export const MOST_TEXT = 4096;
/** For a whole answer in one line, such as that of `Status 0`. */
export const MOST_ANSWER = 32_768;
/** Deeper data than this is not a plug's. */
const MOST_DEPTH = 40;

const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

export function visible(text: string, most: number = MOST_TEXT): string {
  const kept = text.length > most ? `${text.slice(0, most)}… (${text.length - most} more characters)` : text;
  return kept.replace(UNSAFE, escaped);
}

/** The same for text of several lines: line ends and tabs pass. */
export function visibleLines(text: string, most: number = MOST_ANSWER): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part) => (/^(\r?\n|\t)$/.test(part) ? part : visible(part, most)))
    .join("");
}

function escaped(character: string): string {
  const hex = character.codePointAt(0)!.toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
}

/** A sentence whose values may be from outside, still ready for any language. Only its English is kept of one too long. */
export function visibleText(text: Text, most: number = MOST_TEXT): Text {
  return text.length > most
    ? asText(visible(text.toString(), most))
    : withStrings(text, (value) => visible(value, most));
}

/** Every text in data of any form, names of members included. What has no form of its own in JSON is left alone. */
export function visibleData<T>(data: T, most: number = MOST_TEXT): T {
  return cleaned(data, most, MOST_DEPTH) as T;
}

function cleaned(data: unknown, most: number, depth: number): unknown {
  if (typeof data === "string") return visible(data, most);
  if (data instanceof Text) return visibleText(data, most);
  if (typeof data !== "object" || data === null || ArrayBuffer.isView(data)) return data;
  if (depth === 0) return "…";
  if (Array.isArray(data)) return data.map((each) => cleaned(each, most, depth - 1));
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [visible(name, most), cleaned(value, most, depth - 1)]),
  );
}
