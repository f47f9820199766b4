/** Against JCGM 100:2008 (the GUM): its tables and examples. */
import { expect, test } from "vitest";
import { budget, formatQuantity, rectangular, statistics, typeA } from "./uncertainty.ts";

/** GUM 4.4.3, table 1: 20 temperature readings, °C. */
const TABLE_1 = [
  96.9, 98.18, 98.25, 98.61, 99.03, 99.49, 99.56, 99.74, 99.89, 100.07, 100.33, 100.42, 100.68, 100.95, 101.11, 101.2,
  101.57, 101.84, 102.36, 102.72,
];

test("the readings of GUM table 1 have the mean and the deviations that it gives", () => {
  const { count, mean, deviation, deviationOfMean } = statistics(TABLE_1);
  expect(count).toBe(20);
  expect(mean).toBeCloseTo(100.145, 3);
  expect(deviation).toBeCloseTo(1.489, 3);
  expect(deviationOfMean).toBeCloseTo(0.333, 3);
});

test("one reading has no scatter, and none has no mean", () => {
  expect(statistics([230])).toEqual({ count: 1, mean: 230, deviation: 0, deviationOfMean: 0 });
  expect(statistics([])).toEqual({ count: 0, mean: Number.NaN, deviation: 0, deviationOfMean: 0 });
});

test("limits of ± 1 have the standard uncertainty 1/√3 (GUM 4.3.7), whichever their sign", () => {
  expect(rectangular(1)).toBeCloseTo(0.57735, 5);
  expect(rectangular(-1)).toBeCloseTo(0.57735, 5);
});

test("uncorrelated contributions add as squares, and are expanded by k = 2", () => {
  const of = (relative: number): Parameters<typeof budget>[0][number] => ({ name: "", type: "B", relative, basis: "" });
  expect(budget([of(0.003), of(0.004), of(-0.012)])).toMatchObject({ combined: 0.013, expanded: 0.026 });
});

/** GUM table G.2, column p = 95.45 %. */
test.each([
  [1, 13.97],
  [2, 4.53],
  [3, 3.31],
  [4, 2.87],
  [5, 2.65],
  [6, 2.52],
  [7, 2.43],
  [8, 2.37],
  [9, 2.32],
  [10, 2.28],
  [11, 2.25],
  [12, 2.23],
  [15, 2.18],
  [20, 2.13],
  [50, 2.05],
  [100, 2.025],
])("with %i degrees of freedom the scatter is widened by t = %d", (freedom, t) => {
  const widened = typeA({ count: freedom + 1, mean: 1, deviation: 1, deviationOfMean: 1 });
  expect(Math.abs(2 * widened - t)).toBeLessThan(0.015);
});

test("a single reading counts as one degree of freedom", () => {
  expect(typeA({ count: 1, mean: 1, deviation: 1, deviationOfMean: 1 })).toBeCloseTo(13.97 / 2, 9);
});

test.each([
  [59.8765, 0.0613, "59.88 W ± 0.12 W (k = 2)"],
  [230.04, 1.24, "230.0 W ± 2.5 W (k = 2)"],
  [2042.4, 12.4, "2042 W ± 25 W (k = 2)"],
  [2042.4, 124, "2042 W ± 248 W (k = 2)"],
  [0.2604, 0.00061, "0.2604 W ± 0.0012 W (k = 2)"],
  [1, 0.5, "1.0 W ± 1.0 W (k = 2)"],
  [60, 0, "60 W"],
])("%d with the standard uncertainty %d is written as %s (GUM 7.2.6)", (value, u, text) => {
  expect(formatQuantity({ value, u }, "W")).toBe(text);
});
