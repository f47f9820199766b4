import { expect, test } from "vitest";
import type { GuideUnit } from "../guide/guide.ts";
import { connectionAdvice, isPlausible, plausibilityProblem } from "./plausible.ts";

/** The sources of the bounds stand beside them in plausible.ts: IEC 61010-1, IEC 61557-2, IEC 60038, USB, plugs of 16 A. */
test.each<[string, GuideUnit, number, number]>([
  ["any", "V", 0, 1000],
  ["any", "A", 0, 100],
  ["any", "W", 0, 10_000],
  ["any", "ohm", 0, 200e6],
  ["any", "Mohm", 0, 200e3],
  ["adapter-vcc", "V", 1, 12],
  ["adapter-tx", "V", 0, 12],
  ["insulation-voltage", "V", 50, 1250],
  ["reference-voltage", "V", 80, 280],
  ["reference-power", "W", 4, 5000],
  ["reference-current", "A", 0.01, 20],
])("for %s in %s, %d to %d can be read", (id, unit, low, high) => {
  expect([low, high].map((value) => isPlausible(id, unit, value))).toEqual([true, true]);
  expect([low, high].map((value) => plausibilityProblem(id, unit, value))).toEqual([undefined, undefined]);
  expect([low - 0.001, high + 1].map((value) => isPlausible(id, unit, value))).toEqual([false, false]);
  expect(plausibilityProblem(id, unit, high * 1.000_001)).toContain("too high");
  if (low > 0) expect(plausibilityProblem(id, unit, low * 0.999)).toContain("too low");
});

test("0 and what is no number are never asked back here", () => {
  for (const value of [0, -0, -5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(plausibilityProblem("adapter-vcc", "V", value)).toBeUndefined();
  }
});

/** What was probably meant lies within what is usual for the question. */
test.each<[string, GuideUnit, number, number | undefined]>([
  ["adapter-vcc", "V", 17, 1.7],
  ["adapter-vcc", "V", 55, 5.5],
  ["adapter-vcc", "V", 16, undefined],
  ["adapter-vcc", "V", 60, undefined],
  ["adapter-vcc", "V", 330, 3.3],
  ["adapter-vcc", "V", 0.0033, 3.3],
  ["adapter-vcc", "V", 0.033, 3.3],
  ["adapter-tx", "V", 17, 1.7],
  ["adapter-tx", "V", 55, 5.5],
  ["adapter-tx", "V", 16, undefined],
  ["adapter-tx", "V", 60, undefined],
  ["insulation-voltage", "V", 25, 250],
  ["insulation-voltage", "V", 12_500, 1250],
  ["insulation-voltage", "V", 24, undefined],
  ["reference-voltage", "V", 8.5, 85],
  ["reference-voltage", "V", 2650, 265],
  ["reference-voltage", "V", 2700, undefined],
  ["reference-voltage", "V", 8.4, undefined],
  ["reference-power", "W", 0.005, 5],
  ["reference-power", "W", 3.9, 3900],
  ["reference-power", "W", 0.0049, undefined],
  ["reference-power", "W", 40_000, undefined],
  ["reference-current", "A", 20.1, 0.0201],
  ["reference-current", "A", 16_000, 16],
  ["reference-current", "A", 16_001, undefined],
  ["reference-current", "A", 0.004, undefined],
  ["insulation", "Mohm", 250_000, 250],
  ["insulation", "Mohm", 2e7, 20_000],
  ["insulation", "Mohm", 2.1e7, undefined],
  ["any", "V", 1001, undefined],
])("for %s in %s, %d was probably meant to be %s", (id, unit, value, meant) => {
  const doubt = plausibilityProblem(id, unit, value);
  expect(doubt?.match(/Did you mean ([\d.]+)/)?.[1]).toBe(meant === undefined ? undefined : String(meant));
});

test("a doubt names the bounds and how the reading is confirmed", () => {
  expect(plausibilityProblem("insulation", "Mohm", 3e5)?.toString()).toBe(
    "300000 MΩ is too high for this measurement (expected: 0 MΩ to 200000 MΩ). Did you mean 300 MΩ? Type what the display shows. If 300000 MΩ is right, type it again.",
  );
});

test.each<[GuideUnit, number, RegExp | undefined]>([
  ["V", -3.3, /probes are swapped/],
  ["A", -1, /leads/],
  ["W", -60, /negative power.*wrong way round/],
  ["ohm", -0.1, /resistance is never negative/],
  ["Mohm", -0.1, /resistance is never negative/],
  ["V", Number.POSITIVE_INFINITY, /OL is not a voltage/],
  ["A", Number.POSITIVE_INFINITY, /larger range/],
  ["W", Number.POSITIVE_INFINITY, /larger range/],
  ["ohm", Number.POSITIVE_INFINITY, undefined],
  ["Mohm", Number.POSITIVE_INFINITY, undefined],
  ["V", 0, undefined],
  ["W", 60, undefined],
])("in %s, %d says of the connection: %s", (unit, value, words) => {
  const advice = connectionAdvice(unit, value);
  if (words === undefined) expect(advice).toBeUndefined();
  else expect(advice).toMatch(words);
});
