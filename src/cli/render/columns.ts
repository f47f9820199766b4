/** Text measured in terminal columns: an ideograph or an emoji takes two, a combining mark or a colour takes none. */
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** Holds two words on one line where text is wrapped; written as an ordinary blank. */
export const NO_BREAK = "\u00a0";

/** The blank between a number and its unit. */
const QUANTITY = /(?<=\d) (?=(?:[kM]?Ω|[VAWs%]|m[AVms]|min|[KM]iB)(?![A-Za-z]))/g;

export function columnsOf(text: string): number {
  return stringWidth(text);
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
  return wrapAnsi(text.replace(QUANTITY, NO_BREAK), room)
    .split("\n")
    .map((line) => indent + line.replaceAll(NO_BREAK, " "));
}
