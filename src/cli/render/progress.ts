/** How far a step is: as a bar that fits the terminal, and in words. */
import type { JobEvent } from "../../core/events.ts";
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
export function progressLine(mark: string, markWidth: number, title: string, event: Progress, columns: number): string {
  const share = `${String(percent(event.done, event.total)).padStart(3)} %`;
  const extras = [
    (event.rate > 0 ? rateText(event.rate) : "").padStart(WIDTHS.rate),
    (event.leftMs === undefined ? "" : leftText(event.leftMs)).padStart(WIDTHS.left),
    `${sizeText(event.done).padStart(WIDTHS.done)} of ${sizeText(event.total)}`,
  ];
  // Fixed: title, two blanks, the bar's two brackets, one blank, the percentage.
  const fixed = markWidth + title.length + 5 + share.length;
  const room = (count: number): number =>
    columns - fixed - extras.slice(0, count).reduce((n, part) => n + part.length + 2, 0);
  let count = extras.length;
  while (count > 0 && room(count) < MIN_BAR) count--;
  const width = Math.min(MAX_BAR, room(count));
  const tail = [share, ...extras.slice(0, count)].join("  ");
  if (width < MIN_BAR) return `${mark}${`${title}  ${share}`.slice(0, columns - markWidth)}`;
  const filled = event.total <= 0 ? width : Math.floor((Math.min(event.done, event.total) / event.total) * width);
  return `${mark}${title}  [${"#".repeat(filled)}${"-".repeat(width - filled)}] ${tail}`.trimEnd();
}

export function progressWords(title: string, event: Progress): string {
  const words = [
    `${title}: ${percent(event.done, event.total)} percent`,
    `${sizeText(event.done)} of ${sizeText(event.total)}`,
    ...(event.rate > 0 ? [rateText(event.rate)] : []),
    ...(event.leftMs === undefined ? [] : [leftText(event.leftMs)]),
  ];
  return words.join(", ");
}
