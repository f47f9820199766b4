import { describe, expect, test } from "vitest";
import { itemByItem } from "../../../test/support/item-by-item.ts";
import type { GuideMeasurement, GuideTexts } from "../../core/guide/guide.ts";
import type { SafetyMeasurement } from "../../core/journal/step-data.ts";
import { say } from "../../core/text/text.ts";
import type { Operator, OperatorQuantity } from "../ports.ts";
import { measureWithin, meetsLimit } from "./measurement.ts";

const EARTH: GuideMeasurement = {
  id: "earth-resistance",
  measure: "ohm",
  atMost: 0.3,
  nullLeads: true,
  points: ["clip", "contact"],
  source: "a standard",
};
const SUPPLY: GuideMeasurement = { id: "adapter-vcc", measure: "V", atLeast: 3, atMost: 3.6, source: "a data sheet" };
const INSULATION: GuideMeasurement = { id: "insulation", measure: "Mohm", atLeast: 1, source: "a standard" };
const TEXTS: GuideTexts = { "earth-resistance": "Measure the earth", clip: "earth clip", "adapter-vcc": "Measure Vcc" };

interface Meter extends Operator {
  readonly questions: OperatorQuantity[];
  readonly units: (readonly string[])[];
  readonly signals: Set<AbortSignal | undefined>;
}

/** What the display shows, one reading after the other; the last is repeated. `unit` stands beside it. */
function meter(readings: readonly number[], { leads = [0], unit }: { leads?: number[]; unit?: string } = {}): Meter {
  const left = { value: [...readings], leads: [...leads] };
  const next = (list: number[]): number => (list.length > 1 ? list.shift()! : list[0]!);
  const made: Meter = {
    ...itemByItem({
      act: () => Promise.reject(new Error("not asked")),
      choose: () => Promise.reject(new Error("not asked")),
      measure: (question, signal) => made.measure(question, signal),
    }),
    questions: [],
    units: [],
    signals: new Set(),
    act: () => Promise.reject(new Error("not asked")),
    provide: () => Promise.reject(new Error("not asked")),
    measure: (question, signal) => {
      made.questions.push(question);
      made.signals.add(signal);
      return Promise.resolve(next(question.id.endsWith("-leads") ? left.leads : left.value));
    },
    choose: ({ options }, signal) => {
      made.units.push(options.map(({ id }) => id));
      made.signals.add(signal);
      return Promise.resolve(unit ?? options[0]!.id);
    },
  };
  return made;
}

/** The value that passed, or the error's code. */
const outcome = (item: GuideMeasurement, at: Meter): Promise<number | null | string> =>
  measureWithin(item, TEXTS, at, say`open`).then(
    ({ value }) => value,
    (error: { code: string }) => error.code,
  );

test("a passed measurement is reported with its limit, its source and the leads' resistance", async () => {
  expect(await measureWithin(EARTH, TEXTS, meter([0.5], { leads: [0.3] }), say`open`)).toEqual({
    id: "earth-resistance",
    value: 0.2,
    unit: "ohm",
    leads: 0.3,
    limit: "at most 0.3 Ω",
    source: "a standard",
  });
  expect(await measureWithin(SUPPLY, TEXTS, meter([3.3]), say`open`)).toEqual({
    id: "adapter-vcc",
    value: 3.3,
    unit: "V",
    limit: "3 to 3.6 V",
    source: "a data sheet",
  });
});

test("a question names the points to touch, the limit and the leads' resistance", async () => {
  const plain = meter([0.1]);
  await measureWithin(EARTH, TEXTS, plain, say`open`);
  expect(plain.questions.map(({ id, unit, text }) => [id, unit, text])).toEqual([
    ["earth-resistance-leads", "ohm", expect.stringContaining("Hold the two probe tips together")],
    ["earth-resistance", "ohm", "Measure the earth: earth clip to contact (at most 0.3 Ω)"],
  ]);
  const worn = meter([0.5], { leads: [0.4] });
  await measureWithin(EARTH, TEXTS, worn, say`open`);
  expect(worn.questions[0]!.text).toMatch(/plugsmith subtracts the leads/);
  const again = meter([5, 0.5], { leads: [0.4] });
  await measureWithin(EARTH, TEXTS, again, say`open`);
  expect(again.questions[2]!.text).toContain("(at most 0.3 Ω; the 0.4 Ω of the leads are subtracted)");
  const supply = meter([3.3]);
  await measureWithin(SUPPLY, TEXTS, supply, say`open`);
  expect(supply.questions.map(({ text }) => text)).toEqual(["Measure Vcc (3 to 3.6 V)"]);
});

describe("the limits themselves pass, what lies beyond does not", () => {
  test.each<readonly [GuideMeasurement, number, boolean]>([
    [SUPPLY, 3, true],
    [SUPPLY, 2.999, false],
    [SUPPLY, 3.6, true],
    [SUPPLY, 3.601, false],
    [EARTH, 0, true],
    [EARTH, 0.3, true],
    [EARTH, 0.301, false],
    [INSULATION, 1, true],
    [INSULATION, 0.999, false],
  ])("%o accepts its own limits and nothing beyond: %d", async (item, reading, passes) => {
    expect(await outcome(item, meter([reading]))).toBe(passes ? reading : "unsafe");
    const stored: SafetyMeasurement = { id: item.id, value: reading, unit: item.measure, limit: "", source: "" };
    expect(meetsLimit(item, stored)).toBe(passes);
  });
});

test("a reading is taken five times at most, and the fifth counts", async () => {
  expect(await outcome(SUPPLY, meter([5, 5, 5, 5, 3.3]))).toBe(3.3);
  const stubborn = meter([5, 5, 5, 5, 5, 3.3]);
  expect(await outcome(SUPPLY, stubborn)).toBe("unsafe");
  expect(stubborn.questions).toHaveLength(5);
  expect(stubborn.questions[1]!.text).toMatch(
    /^Measure Vcc \(3 to 3\.6 V\)\. Your last reading, 5 V, is outside the limit\./,
  );
});

test("a measurement that never passes ends with the last reading, the plug's state and what to do", async () => {
  const refusal = (id: string, at: Meter): Promise<unknown> =>
    measureWithin({ ...EARTH, id }, TEXTS, at, say`open`).catch((error: unknown) => error);
  expect(await refusal("earth-resistance", meter([2, 2, 2, 2, 0.9], { leads: [0.1] }))).toMatchObject({
    code: "unsafe",
    message: "Measure the earth: measured 0.9 − 0.1 = 0.8 Ω, required at most 0.3 Ω.",
    step: "earth-resistance",
    plugState: "open",
    nextStep: expect.stringContaining("Clean the earth contacts"),
  });
  expect(await refusal("final-earth-resistance", meter([2]))).toMatchObject({
    nextStep: expect.stringContaining("Clean the earth contacts"),
  });
  expect(await refusal("something-new", meter([2]))).toMatchObject({
    message: expect.stringContaining("something-new: measured"),
    nextStep: expect.stringContaining("Find and remove the cause"),
  });
});

describe("the leads", () => {
  test.each([
    [1, 1.2, 0.2],
    [1.01, 1.2, "unsafe"],
    [0.3, 0.2, 0],
    [0.5, 0.3, "unsafe"],
  ])("leads of %d Ω and a reading of %d Ω give %s", async (leads, reading, expected) => {
    expect(await outcome(EARTH, meter([reading], { leads: [leads] }))).toBe(expected);
  });

  test("leads are measured five times at most; worn leads end the measurement", async () => {
    expect(await outcome(EARTH, meter([0.3], { leads: [9, 9, 9, 9, 0.2] }))).toBe(0.1);
    const worn = meter([0.3], { leads: [9, 9, 9, 9, 9, 0.2] });
    const error = await measureWithin(EARTH, TEXTS, worn, say`open`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unsafe", step: "earth-resistance", plugState: "open" });
    expect(worn.questions.map(({ id }) => id)).toEqual([
      ...["earth-resistance-leads", "earth-resistance"],
      ...new Array<string>(4).fill("earth-resistance-leads"),
    ]);
  });
});

describe("the unit beside the number", () => {
  const ohm: GuideMeasurement = { id: "short", measure: "ohm", atLeast: 100, source: "" };

  test.each<readonly [GuideMeasurement, number, string, number | string]>([
    [ohm, 4.7, "kohm", 4700],
    [ohm, 2, "Mohm", 2e6],
    [ohm, 99, "ohm", "unsafe"],
    [INSULATION, 1100, "kohm", 1.1],
    [INSULATION, 2e6, "ohm", 2],
    [INSULATION, 2.5, "Gohm", 2500],
    [INSULATION, 2.5, "furlong", "unsafe"],
  ])("a unit typed with the number decides, %o: %d %s is %s", async (item, reading, unit, expected) => {
    expect(await outcome(item, meter([reading], { unit }))).toBe(expected);
  });

  test("the unit is asked for resistances, the expected one first, but not for volts, zero or an overload", async () => {
    const asked = async (item: GuideMeasurement, reading: number) => {
      const at = meter([reading]);
      await outcome(item, at);
      return at.units[0];
    };
    expect(await asked(ohm, 500)).toEqual(["ohm", "kohm", "Mohm"]);
    expect(await asked(INSULATION, 500)).toEqual(["Mohm", "kohm", "ohm", "Gohm"]);
    expect(await asked(SUPPLY, 3.3)).toBeUndefined();
    expect(await asked(EARTH, 0)).toBeUndefined();
    expect(await asked(INSULATION, Number.POSITIVE_INFINITY)).toBeUndefined();
  });
});

test("an overload passes where more is better, and so does its record", async () => {
  const overload = Number.POSITIVE_INFINITY;
  expect(await outcome(INSULATION, meter([overload]))).toBeNull();
  expect(await outcome(EARTH, meter([overload]))).toBe("unsafe");
  const record: SafetyMeasurement = { id: "", value: null, unit: "Mohm", limit: "", source: "" };
  expect(meetsLimit(INSULATION, record)).toBe(true);
  expect(meetsLimit(EARTH, record)).toBe(false);
});

test("an abort reaches every question", async () => {
  const { signal } = new AbortController();
  const at = meter([0.2], { leads: [0.1] });
  await measureWithin(EARTH, TEXTS, at, say`open`, signal);
  expect([...at.signals]).toEqual([signal]);
  expect(at.units).toHaveLength(1);
});
