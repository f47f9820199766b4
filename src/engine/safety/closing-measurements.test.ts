import { describe, expect, test } from "vitest";
import { close, guide, person, unsafe } from "../../../test/support/careful-person.ts";
import type { ReadingAnswer } from "../../core/reading/reading.ts";
import { type ClosingRecord, requireClosed } from "./closed-case.ts";

test("an earth contact of 0.31 Ω fails, and passes once it reads 0.3 Ω", async () => {
  await expect(close(person({ "earth-resistance": [0.31] }))).rejects.toThrowError(unsafe);
  const operator = person({ "earth-resistance": [4, 0.6, 0.3] });
  expect((await close(operator)).measured[0]).toMatchObject({ id: "earth-resistance", value: 0.3 });
  const asked = operator.questions.filter(({ id }) => id === "earth-resistance");
  expect(asked).toHaveLength(3);
  expect(asked[0]!.text).toContain("earth clip inside the socket to earth contact at the side of the plug");
  expect(asked[1]!.text).toMatch(
    /Your last reading, 4 − 0 = 4 Ω, is outside the limit\. Clean the earth contacts, bend them so that they press harder/,
  );
});

test("an earth contact that glueing loosened is found by the second measurement", async () => {
  await expect(close(person({ "final-earth-resistance": [0.9] }))).rejects.toThrowError(unsafe);
});

describe("the leads", () => {
  test("the leads are measured first and subtracted", async () => {
    const operator = person({ "earth-resistance-leads": [0.4], "earth-resistance": [0.65] });
    const proof = await close(operator);
    expect(operator.asked.indexOf("earth-resistance-leads")).toBeLessThan(operator.asked.indexOf("earth-resistance"));
    expect(proof.measured[0]).toMatchObject({ value: 0.25, leads: 0.4 });
    const tooMuch = person({ "earth-resistance-leads": [0.4], "earth-resistance": [0.75] });
    await expect(close(tooMuch)).rejects.toThrowError(unsafe);
  });

  test("the leads' resistance is limited, so that it cannot make any contact pass", async () => {
    const operator = person({ "earth-resistance-leads": [5], "earth-resistance": [5.1] });
    await expect(close(operator)).rejects.toThrowError(unsafe);
    expect(operator.asked.filter((id) => id === "earth-resistance")).toHaveLength(1);
  });

  test("leads that read more than leads and contact together are refused, apart from the last digit", async () => {
    await expect(close(person({ "earth-resistance-leads": [0.6], "earth-resistance": [0.2] }))).rejects.toThrowError(
      unsafe,
    );
    const proof = await close(person({ "earth-resistance-leads": [0.3], "earth-resistance": [0.25] }));
    expect(proof.measured[0]).toMatchObject({ value: 0 });
  });

  test.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])("leads that read %d are refused", async (value) => {
    await expect(close(person({ "earth-resistance-leads": [value] }))).rejects.toThrowError(unsafe);
  });
});

test.each([
  ["earth-resistance", 0.12, "kohm"],
  ["earth-resistance", 0.05, "Mohm"],
  ["insulation", 550, "kohm"],
  ["insulation", 300, "ohm"],
  ["insulation", 550, "nonsense"],
])("%s of %d on a display that shows %s is refused", async (id, value, unit) => {
  await expect(close(person({ [id]: [value], [`${id}-unit`]: unit }))).rejects.toThrowError(unsafe);
});

test("1100 on a display that shows kΩ is an insulation of 1.1 MΩ, and passes", async () => {
  const proof = await close(person({ insulation: [1100], "insulation-unit": "kohm" }));
  expect(proof.measured.find(({ id }) => id === "insulation")).toMatchObject({ value: 1.1, unit: "Mohm" });
});

test("an insulation resistance beyond the tester's range passes", async () => {
  const proof = await close(person({ insulation: [Number.POSITIVE_INFINITY] }));
  expect(proof.measured.find(({ id }) => id === "insulation")).toMatchObject({ value: null });
  const stored = JSON.parse(JSON.stringify(proof)) as ClosingRecord;
  expect(requireClosed(stored, guide).record.closedAt).toBe(proof.closedAt);
});

test.each([
  ["insulation", 0.9],
  ["insulation-voltage", 9],
  ["earth-resistance", -0.5],
  ["earth-resistance", Number.NaN],
  ["insulation", Number.NaN],
])("%s of %d is refused", async (id, value) => {
  await expect(close(person({ [id]: [value] }))).rejects.toThrowError(unsafe);
});

const OPEN = Number.POSITIVE_INFINITY;

const shown = (low: number, high = low): ReadingAnswer => ({ low, high, unitShown: true });

test.each<[string, ReadingAnswer, number]>([
  ["insulation", shown(550, OPEN), 550],
  ["insulation", shown(1, OPEN), 1],
  ["insulation", shown(0.8 * 10), 8],
  ["earth-resistance", shown(0, 0.2), 0.2],
  ["earth-resistance", shown(0.21), 0.21],
])("%s read with its unit as %j passes as %d, and no unit is asked for", async (id, answer, value) => {
  const operator = person({ [id]: [answer] });
  const proof = await close(operator);
  expect(proof.measured.find((item) => item.id === id)).toMatchObject({ value });
  expect(operator.asked).not.toContain(`${id}-unit`);
});

test.each<[string, ReadingAnswer]>([
  ["insulation", shown(0.9, OPEN)],
  ["insulation", shown(0, 550)],
  ["earth-resistance", shown(0.1, OPEN)],
  ["earth-resistance", { low: 0.1, high: OPEN, unitShown: false }],
  ["earth-resistance", shown(0, 0.4)],
  ["earth-resistance-leads", shown(0.5, OPEN)],
])("%s is judged by the worse end of %j, and refused", async (id, answer) => {
  await expect(close(person({ [id]: [answer] }))).rejects.toThrowError(unsafe);
});

test("leads that read less than a limit are not subtracted", async () => {
  const operator = person({ "earth-resistance-leads": [shown(0, 0.2)], "earth-resistance": [shown(0.31)] });
  await expect(close(operator)).rejects.toThrowError(unsafe);
});

test("leads that cannot be right are asked for again with the reason, and the contact read with them is read again", async () => {
  const operator = person({ "earth-resistance-leads": [OPEN, 0.1], "earth-resistance": [0.1, 0.35] });
  const proof = await close(operator);
  expect(proof.measured.find(({ id }) => id === "earth-resistance")).toMatchObject({ value: 0.25, leads: 0.1 });
  const [, again] = operator.questions.filter(({ id }) => id === "earth-resistance-leads");
  expect(again!.text).toMatch(
    /Your last reading, OL, is too high or too low for good leads\. Check that the probe tips touch/,
  );
});
