import { describe, expect, test } from "vitest";
import { PlugsmithError } from "./errors.ts";
import { asText } from "./text/text.ts";
import { visible, visibleData, visibleLines } from "./visible.ts";

/** Every code point that must not reach a screen as it is. */
const UNSAFE: readonly number[] = [
  ...Array.from({ length: 0x20 }, (_, i) => i), // C0
  ...Array.from({ length: 0x21 }, (_, i) => 0x7f + i), // DEL and C1
  ...[0xad, 0x61c, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029],
  ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069],
  ...[0xfeff, 0xfff9, 0xe0001, 0xe0041, 0xd800, 0xdfff],
];

test.each(UNSAFE.map((code) => [code.toString(16), code]))("U+%s becomes visible", (hex, code) => {
  const shown = visible(`a${String.fromCodePoint(code)}b`);
  expect(shown).toMatch(/^a\\(x[0-9a-f]{2}|u\{[0-9a-f]+\})b$/);
  expect(shown).toContain(hex);
});

test.each(["Küche, 2. Stock", "قهوه‌ساز", "👩‍💻 Büro", "台所のプラグ", "a\\x1b b", "Kevin’s – “plug”"])(
  "%s stays as it is",
  (name) => {
    expect(visible(name)).toBe(name);
    expect(visible(visible(name))).toBe(name);
  },
);

test("a text of 3 MB is cut, and says how much is missing", () => {
  const shown = visible("x".repeat(3_000_000));
  expect(shown.length).toBeLessThan(4200);
  expect(shown).toMatch(/x… \(2995904 more characters\)$/);
});

test("data is cleaned to its last leaf, names of members too, and numbers stay numbers", () => {
  const data = { "a\u001b": ["\u009b2J", { deep: "\u202e" }], n: 1, no: null, yes: true, none: undefined };
  expect(visibleData(data)).toEqual({
    "a\\x1b": ["\\x9b2J", { deep: "\\u{202e}" }],
    n: 1,
    no: null,
    yes: true,
    none: undefined,
  });
});

test("data that is nested without end has an end", () => {
  let nested: unknown = "x";
  for (let i = 0; i < 20_000; i++) nested = [nested];
  expect(JSON.stringify(visibleData(nested)).length).toBeLessThan(100);
});

test("in text of several lines only line ends and tabs pass", () => {
  expect(visibleLines("a\r\nb\tc\n\rd\u001b[2J\n")).toBe("a\r\nb\tc\n\\x0dd\\x1b[2J\n");
});

describe("an error", () => {
  test("shows nothing of a plug's text that steers a terminal, in none of its parts", () => {
    const evil = "\u001b]0;owned\u0007\u202e";
    const error = new PlugsmithError("bad-answer", {
      message: asText(evil),
      step: evil,
      plugState: asText(evil),
      nextStep: asText(evil),
    });
    for (const text of [error.message, error.step, error.plugState, error.nextStep, String(error)]) {
      expect(text).toContain("\\x1b]0;owned\\x07\\u{202e}");
      expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });
});

test("a text of exactly the longest length stays, one character more is cut", () => {
  expect(visible("abcd", 4)).toBe("abcd");
  expect(visible("abcde", 4)).toBe("abcd… (1 more characters)");
});

test("lines may be 32 KiB long, as the answer to Status 0 is", () => {
  expect(visibleLines("x".repeat(32_768))).toHaveLength(32_768);
  expect(visibleLines("x".repeat(32_769))).toContain("… (1 more characters)");
});

test("data is shown 40 levels deep", () => {
  const nest = (levels: number): unknown => {
    let nested: unknown = "leaf";
    for (let i = 0; i < levels; i++) nested = { in: nested };
    return nested;
  };
  expect(visibleData(nest(40))).toEqual(nest(40));
  expect(JSON.stringify(visibleData(nest(41)))).not.toContain("leaf");
  expect(JSON.stringify(visibleData(nest(41)))).toContain("…");
});
