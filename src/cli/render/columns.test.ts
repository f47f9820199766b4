import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import wrapAnsi from "wrap-ansi";
import { clipped, columnsOf, NO_BREAK, padded, rightAligned, widestOf, wrapped } from "./columns.ts";

const GREEN = "\u001b[32m";
const OFF = "\u001b[39m";

/** Widths by UAX #11 (East Asian Width) and UTS #51 (emoji sequences are two columns wide). */
const TEXTS: readonly (readonly [what: string, text: string, columns: number])[] = [
  ["ASCII", "Kettle plug", 11],
  ["ideographs", "漢字", 4],
  ["full-width letters", "ＡＢ", 4],
  ["half-width katakana with its voicing mark", "ｶﾞ", 2],
  ["Hangul syllables, precomposed", "한국", 4],
  ["Hangul syllables, in parts", "\u1112\u1161\u11ab", 2],
  ["a letter with a combining mark", "e\u0301", 1],
  ["a letter with several combining marks", "a\u0323\u0302\u0301", 1],
  ["an emoji outside the basic plane", "🔌", 2],
  ["an emoji of several code points", "👩‍🔧", 2],
  ["an emoji with a skin colour", "👍🏽", 2],
  ["a flag", "🇩🇪", 2],
  ["a zero-width blank", "a\u200bb", 2],
  ["colour", `${GREEN}ok${OFF}`, 2],
  ["colour around ideographs", `${GREEN}漢${OFF}字`, 4],
];

describe("columnsOf", () => {
  test.each(TEXTS)("counts the columns of %s", (_, text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

/** Of those that are counted without the library. */
const NARROW = fc.string({
  unit: fc.oneof(
    ...[
      "az",
      " ~",
      "\u00a0\u00ac",
      "\u00ae\u02ff",
      "\u0370\u0482",
      "\u2010\u2027",
      "\u2030\u205e",
      "\u2100\u2319",
      "\u2500\u25fc",
    ].map(([first = "", last = ""]) =>
      fc.integer({ min: first.charCodeAt(0), max: last.charCodeAt(0) }).map((code) => String.fromCharCode(code)),
    ),
  ),
});

test("characters of one column each are counted and wrapped as the libraries do it", () => {
  fc.assert(
    fc.property(NARROW, fc.integer({ min: 1, max: 30 }), (text, columns) => {
      expect(columnsOf(text)).toBe(stringWidth(text));
      // A blank between a number and its unit does not break, and one library writes some letters in their composed form.
      if (/\d /.test(text)) return;
      const lines = wrapped(text, columns, "").map((line) => line.normalize());
      expect(lines).toEqual(wrapAnsi(text, columns).replaceAll(NO_BREAK, " ").split("\n"));
    }),
    { numRuns: 300 },
  );
});

describe("padded", () => {
  test.each(TEXTS)("fills %s up to the asked width", (_, text, columns) => {
    expect(padded(text, columns + 3)).toBe(`${text}   `);
    expect(rightAligned(text, columns + 3)).toBe(`   ${text}`);
    expect(padded(text, columns)).toBe(text);
    expect(padded(text, columns - 1)).toBe(text);
  });

  test("widestOf counts columns and is 0 without texts", () => {
    expect(widestOf(["abc", "漢字", "e\u0301"])).toBe(4);
    expect(widestOf([])).toBe(0);
  });
});

describe("clipped", () => {
  test.each(TEXTS)("leaves %s whole where it fits and never exceeds the width", (_, text, columns) => {
    expect(clipped(text, columns)).toBe(text);
    for (let room = 0; room < columns; room++) expect(columnsOf(clipped(text, room))).toBeLessThanOrEqual(room);
  });

  test.each([
    ["漢字漢字", 5, "漢字"],
    ["漢字", 1, ""],
    ["ae\u0301i", 2, "a\u00e9"],
    ["a👩‍🔧b", 2, "a"],
    ["a👩‍🔧b", 3, "a👩‍🔧"],
    ["two words", 5, "two w"],
    [`${GREEN}green${OFF}`, 3, `${GREEN}gre${OFF}`],
    ["anything", 0, ""],
    ["anything", -1, ""],
  ])("cuts %j at %d columns between whole characters", (text, columns, expected) => {
    expect(clipped(text, columns)).toBe(expected);
  });
});

describe("wrapped", () => {
  test.each([
    ["漢字 漢字 漢字", 9, ["漢字 漢字", "漢字"]],
    ["漢字 漢字 漢字", 10, ["漢字 漢字", "漢字"]],
    ["e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301", 7, ["ééé ééé"]],
    ["👩‍🔧 👩‍🔧 👩‍🔧", 5, ["👩‍🔧 👩‍🔧", "👩‍🔧"]],
    ["a-word-that-is-too-long for it", 6, ["a-word-that-is-too-long", "for it"]],
    ["漢字漢字漢字 x", 4, ["漢字漢字漢字", "x"]],
    ["stays at 3 V all day", 10, ["stays at", "3 V all", "day"]],
    [`one${NO_BREAK}two three`, 7, ["one two", "three"]],
    [`${GREEN}one two${OFF} three`, 7, [`${GREEN}one two${OFF}`, "three"]],
    [`${GREEN}one two three${OFF}`, 7, [`${GREEN}one two${OFF}`, `${GREEN}three${OFF}`]],
    ["", 7, [""]],
  ])("breaks %j at %d columns", (text, columns, lines) => {
    expect(wrapped(text, columns, "")).toEqual(lines);
    expect(wrapped(text, columns + 2, "  ")).toEqual(lines.map((line) => `  ${line}`));
  });
});
