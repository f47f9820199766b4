/** Text measured in terminal columns: an ideograph or an emoji takes two, a combining mark or a colour takes none. */
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** Holds two words on one line where text is wrapped; written as an ordinary blank. */
export const NO_BREAK = "\u00a0";

/** The blank between a number and its unit. */
const QUANTITY = /(?<=\d) (?=(?:[kM]?Ω|[VAWs%]|m[AVms]|min|[KM]iB)(?![A-Za-z]))/g;

/**
 * Characters that take one column each, whatever stands beside them: most of English and German, arrows and frames. The
 * libraries say the same of them (a test compares), but cost 30 ms of CPU when they are first called.
 */
const ONE_COLUMN_EACH =
  /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u2100-\u2319\u2500-\u25fc]*$/;

export function columnsOf(text: string): number {
  return ONE_COLUMN_EACH.test(text) ? text.length : stringWidth(text);
}

/** Of the widest text; 0 without any. */
export function widestOf(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(columnsOf));
}

/** With blanks behind it up to that width; as it is where it is as wide or wider. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** With blanks in front of it up to that width; as it is where it is as wide or wider. */
export function rightAligned(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - columnsOf(text))) + text;
}

/** As much of its beginning as fits, whole characters only; colours end with it. */
export function clipped(text: string, columns: number): string {
  if (columns < 1) return "";
  if (columnsOf(text) <= columns) return text;
  const [first = ""] = wrapAnsi(text, columns, { hard: true, wordWrap: false, trim: false }).split("\n", 1);
  return columnsOf(first) <= columns ? first : "";
}

/** Breaks at blanks so that no line is wider than `columns`, each line indented. Words too long stay whole. */
export function wrapped(text: string, columns: number, indent: string): string[] {
  const room = Math.max(1, columns - columnsOf(indent));
  const fits = ONE_COLUMN_EACH.test(text) && text.length <= room && text === text.trim();
  if (fits) return [indent + text.replaceAll(NO_BREAK, " ")];
  return wrapAnsi(text.replace(QUANTITY, NO_BREAK), room)
    .split("\n")
    .map((line) => indent + line.replaceAll(NO_BREAK, " "));
}
