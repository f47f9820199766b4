import { describe, expect, test } from "vitest";
import type { Catalogue } from "../../core/text/catalogue.ts";
import { textIn } from "../../core/text/catalogue.ts";
import { say, type Text } from "../../core/text/text.ts";
import { type AnswerLine, indented, item, laidOut, row } from "./answer.ts";

const GERMAN: Catalogue = { language: "de", covers: "everything", texts: { Size: "Größe", Chip: "Ein 芯片" } };
const shown = (lines: readonly AnswerLine[]): string[] =>
  laidOut(lines, (text: Text | string) => textIn(text, GERMAN)).map(({ head, text }) => head + text);

describe("an answer's lines", () => {
  test("the columns of rows that follow each other are aligned in the language that is shown", () => {
    expect(shown([row(say`Chip`, "ESP8285"), row(say`Size`, "1 MiB", "DOUT")])).toEqual([
      "Ein 芯片  ESP8285",
      "Größe     1 MiB    DOUT",
    ]);
  });

  test("a sentence between two tables keeps them apart, and a column that is empty in all rows takes no room", () => {
    const long = say`a sentence that is longer than any cell`;
    expect(shown([row("a", "", "b"), long, row("long", "", "c"), row("", "", "d")])).toEqual([
      "a  b",
      long.toString(),
      "long  c",
      "      d",
    ]);
  });

  test("items of a list are marked, and a row without a word is an empty line", () => {
    expect(shown([item("one"), item("two"), say`done`, row("", "")])).toEqual(["-  one", "-  two", "done", ""]);
  });

  test("only blanks stand in front of indented rows, so that a command line, a path or a table can be copied", () => {
    const rows = [indented("backup", "SHA-256 d58c"), indented("firmware", "15.2.0")];
    expect(shown([say`Converted.`, ...rows, say`To practise:`, indented("plugsmith convert --port sim:./x")])).toEqual([
      "Converted.",
      "   backup    SHA-256 d58c",
      "   firmware  15.2.0",
      "To practise:",
      "   plugsmith convert --port sim:./x",
    ]);
  });
});
