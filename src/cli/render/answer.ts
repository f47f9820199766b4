/** What a command answers, as lines: sentences, and tables whose columns are aligned in the language that is shown. */
import type { Text } from "../../core/index.ts";
import { padded, widestOf } from "./columns.ts";

/** A row of a table. The rows that follow each other are one table. */
export interface Row {
  readonly cells: readonly (Text | string)[];
}

export type AnswerLine = Text | Row;

/** @param cells a string is data: a path, a digest, a name. */
export function row(...cells: readonly (Text | string)[]): Row {
  return { cells };
}

/** An item of a list of sentences or names. */
export function item(text: Text | string): Row {
  return { cells: ["-", text] };
}

/** A row below the sentence that it belongs to, as far in as an item's text. Nothing but blanks stands in front of what a person copies. */
export function indented(...cells: readonly (Text | string)[]): Row {
  return { cells: [" ", ...cells] };
}

/** A line ready to be shown. */
export interface LaidOut {
  /** What its further lines are indented by where it is wrapped: the columns in front of a row's last cell. */
  readonly head: string;
  readonly text: string;
}

const BETWEEN = "  ";

/** @param worded a cell as it is shown. */
export function laidOut(lines: readonly AnswerLine[], worded: (text: Text | string) => string): LaidOut[] {
  const done: LaidOut[] = [];
  let table: string[][] = [];
  const finish = (): void => {
    done.push(...tableLines(table));
    table = [];
  };
  for (const line of lines) {
    if ("cells" in line) {
      table.push(line.cells.map(worded));
      continue;
    }
    finish();
    done.push({ head: "", text: worded(line) });
  }
  finish();
  return done;
}

/** A column in which no row has anything takes no room. */
function tableLines(rows: readonly (readonly string[])[]): LaidOut[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  const widths = Array.from({ length: columns }, (_, column) => widestOf(rows.map((cells) => cells[column] ?? "")));
  return rows.map((cells) => {
    const last = cells.findLastIndex((cell) => cell !== "");
    const head = cells
      .slice(0, Math.max(0, last))
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .filter((_, column) => (widths[column] ?? 0) > 0)
      .map((cell) => cell + BETWEEN)
      .join("");
    return { head, text: cells[last] ?? "" };
  });
}
