import { expect, test } from "vitest";
import { readingFrom, readingText, typedValue } from "./reading.ts";

const INFINITE = Number.POSITIVE_INFINITY;

test("a number alone is a reading without its unit", () => {
  expect(readingFrom(3.3)).toEqual({ low: 3.3, high: 3.3, unitShown: false });
  const shown = { low: 1, high: 2, unitShown: true };
  expect(readingFrom(shown)).toBe(shown);
});

test("what was typed of an inequality is its end", () => {
  expect(typedValue(4.7)).toBe(4.7);
  expect(typedValue({ low: 550, high: INFINITE, unitShown: true })).toBe(550);
  expect(typedValue({ low: 0, high: 0.1, unitShown: true })).toBe(0.1);
  expect(typedValue(INFINITE)).toBe(INFINITE);
});

test.each([
  [4.7, 4.7, "4.7", "4.7 Ω"],
  [550, INFINITE, "more than 550", "more than 550 Ω"],
  [0, 0.1, "less than 0.1", "less than 0.1 Ω"],
  [INFINITE, INFINITE, "OL", "OL"],
  [Number.NaN, Number.NaN, "NaN", "NaN Ω"],
])("a reading from %d to %d is written as %s", (low, high, bare, withUnit) => {
  expect(readingText({ low, high })).toBe(bare);
  expect(readingText({ low, high }, "ohm")).toBe(withUnit);
});
