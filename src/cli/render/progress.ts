/** How far a step is: as a bar that fits the terminal, and in words. */
import { type Catalogue, ENGLISH, type JobEvent, joined, say, type Text, textIn } from "../../core/index.ts";
import { clipped, columnsOf, rightAligned } from "./columns.ts";
import { leftText, percent, rateText, sizeText } from "./quantity.ts";

export type Progress = Extract<JobEvent, { type: "progress" }>;

const MIN_BAR = 10;
const MAX_BAR = 40;

/** Room for the widest of each, so that the bar keeps its place while numbers come and grow. */
const WIDTHS = { rate: "1023 KiB/s".length, left: "99 min left".length, done: "1023 KiB".length } as const;

/**
 * One line no wider than `columns`: title, bar, percent, then rate, time left and amount as far as there is room.
 * @param mark begins the line and takes `markWidth` columns (it may carry invisible colour).
 */
export function progressLine(
  mark: string,
  markWidth: number,
  title: string,
  event: Progress,
  columns: number,
  catalogue: Catalogue = ENGLISH,
): string {
  const share = `${String(percent(event.done, event.total)).padStart(3)} %`;
  const extras = [
    rightAligned(textIn(event.rate > 0 ? rateText(event.rate) : "", catalogue), WIDTHS.rate),
    rightAligned(textIn(event.leftMs === undefined ? "" : leftText(event.leftMs), catalogue), WIDTHS.left),
    textIn(
      say`${rightAligned(textIn(sizeText(event.done), catalogue), WIDTHS.done)} of ${sizeText(event.total)}`,
      catalogue,
    ),
  ];
  // Fixed: title, two blanks, the bar's two brackets, one blank, the percentage.
  const fixed = markWidth + columnsOf(title) + 5 + share.length;
  const room = (count: number): number =>
    columns - fixed - extras.slice(0, count).reduce((n, part) => n + columnsOf(part) + 2, 0);
  let count = extras.length;
  while (count > 0 && room(count) < MIN_BAR) count--;
  const width = Math.min(MAX_BAR, room(count));
  const tail = [share, ...extras.slice(0, count)].join("  ");
  if (width < MIN_BAR) return `${mark}${clipped(`${title}  ${share}`, columns - markWidth)}`;
  const filled = event.total <= 0 ? width : Math.floor((Math.min(event.done, event.total) / event.total) * width);
  return `${mark}${title}  [${"#".repeat(filled)}${"-".repeat(width - filled)}] ${tail}`.trimEnd();
}

export function progressWords(title: string, event: Progress): Text {
  const words = [
    say`${title}: ${percent(event.done, event.total)} percent`,
    say`${sizeText(event.done)} of ${sizeText(event.total)}`,
    ...(event.rate > 0 ? [rateText(event.rate)] : []),
    ...(event.leftMs === undefined ? [] : [leftText(event.leftMs)]),
  ];
  return joined(words, ", ");
}
