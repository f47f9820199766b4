import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { GuideTexts } from "../../core/guide/guide.ts";
import { parseGuide } from "../../core/guide/parse-guide.ts";
import type { ReadingAnswer } from "../../core/reading/reading.ts";
import type { Operator, OperatorQuantity } from "../ports.ts";
import {
  type ClosedCase,
  checkBeforePower,
  closeCase,
  hasStayedClosed,
  plugIntoMains,
  requireClosed,
  requireUnplugged,
} from "./closing-list.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../profiles/gosund-ep2/${name}`, import.meta.url), "utf8"));
const texts = read("texts.en.json") as GuideTexts;
const guide = parseGuide(read("guide.json"), texts, "guide.json");

interface Person extends Operator {
  readonly asked: string[];
  readonly choices: string[];
  readonly signals: Set<AbortSignal | undefined>;
  readonly questions: OperatorQuantity[];
}

/** Answers by id; whatever is not named is a good answer: a "yes", a sound value, the unit that was asked for. */
function person(answers: Record<string, string | ReadingAnswer[]>): Person {
  const asked: string[] = [];
  const choices: string[] = [];
  const signals = new Set<AbortSignal | undefined>();
  const questions: OperatorQuantity[] = [];
  const good: Record<string, number> = {
    "short-vcc-gnd": 4700,
    "adapter-vcc": 3.3,
    "adapter-tx": 3.28,
    "earth-resistance-leads": 0,
    "earth-resistance": 0.08,
    "insulation-voltage": 500,
    insulation: 200,
    "final-earth-resistance-leads": 0,
    "final-earth-resistance": 0.09,
  };
  return {
    asked,
    choices,
    signals,
    questions,
    act: async ({ id }, signal) => {
      asked.push(id);
      signals.add(signal);
    },
    provide: async () => "",
    choose: async ({ id, text, options }, signal) => {
      asked.push(id);
      choices.push(text);
      signals.add(signal);
      return (answers[id] as string | undefined) ?? options[0]!.id;
    },
    measure: async (quantity, signal) => {
      asked.push(quantity.id);
      signals.add(signal);
      questions.push(quantity);
      const list = answers[quantity.id] as ReadingAnswer[] | undefined;
      return list === undefined ? good[quantity.id]! : list.length > 1 ? list.shift()! : list[0]!;
    },
  };
}

const close = (operator: Operator) => closeCase(guide, texts, operator, "2026-11-22T10:00:00Z");
const before = (operator: Operator, what: "adapter" | "board") => checkBeforePower(guide, texts, operator, what);
const unsafe = expect.objectContaining({ code: "unsafe" });
const items = guide.closing.map(({ id }) => id);

test("a careful person goes through every item, in order, and may go to mains", async () => {
  const operator = person({});
  const proof = await close(operator);
  expect(operator.asked.filter((id) => items.includes(id))).toEqual(items);
  expect(requireClosed(proof, guide)).toBe(proof);
  expect(proof.measured.find(({ id }) => id === "earth-resistance")).toMatchObject({
    value: 0.08,
    leads: 0,
    limit: "at most 0.3 Ω",
  });
});

test.each(guide.closing.filter((item) => "confirm" in item).map(({ id }) => id))(
  "a no to %s stops there",
  async (id) => {
    const operator = person({ [id]: "no" });
    await expect(close(operator)).rejects.toThrowError(unsafe);
    expect(operator.asked.at(-1)).toBe(id);
  },
);

test("an earth contact of 0.31 Ω is not let through, one that is bent until it reads 0.3 Ω is", async () => {
  await expect(close(person({ "earth-resistance": [0.31] }))).rejects.toThrowError(unsafe);
  const operator = person({ "earth-resistance": [4, 0.6, 0.3] });
  expect((await close(operator)).measured[0]).toMatchObject({ id: "earth-resistance", value: 0.3 });
  const asked = operator.questions.filter(({ id }) => id === "earth-resistance");
  expect(asked).toHaveLength(3);
  expect(asked[0]!.text).toContain("earth clip inside the socket to earth contact at the side of the plug");
  expect(asked[1]!.text).toMatch(
    /The last reading, 4 − 0 = 4 Ω, is not good enough\. Clean the earth contacts, make them press harder/,
  );
});

test("an earth contact that the glue has loosened is found, though it was good before", async () => {
  await expect(close(person({ "final-earth-resistance": [0.9] }))).rejects.toThrowError(unsafe);
});

describe("the leads", () => {
  test("are measured first and taken off", async () => {
    const operator = person({ "earth-resistance-leads": [0.4], "earth-resistance": [0.65] });
    const proof = await close(operator);
    expect(operator.asked.indexOf("earth-resistance-leads")).toBeLessThan(operator.asked.indexOf("earth-resistance"));
    expect(proof.measured[0]).toMatchObject({ value: 0.25, leads: 0.4 });
    const tooMuch = person({ "earth-resistance-leads": [0.4], "earth-resistance": [0.75] });
    await expect(close(tooMuch)).rejects.toThrowError(unsafe);
  });

  test("cannot be claimed so big that any contact passes", async () => {
    const operator = person({ "earth-resistance-leads": [5], "earth-resistance": [5.1] });
    await expect(close(operator)).rejects.toThrowError(unsafe);
    expect(operator.asked).not.toContain("earth-resistance");
  });

  test("that read more than leads and contact together are a mistake, apart from the meter's last digit", async () => {
    await expect(close(person({ "earth-resistance-leads": [0.6], "earth-resistance": [0.2] }))).rejects.toThrowError(
      unsafe,
    );
    const proof = await close(person({ "earth-resistance-leads": [0.3], "earth-resistance": [0.25] }));
    expect(proof.measured[0]).toMatchObject({ value: 0 });
  });

  test.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])("that read %d are refused", async (value) => {
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

test("an insulation beyond the tester's range passes", async () => {
  const proof = await close(person({ insulation: [Number.POSITIVE_INFINITY] }));
  expect(proof.measured.find(({ id }) => id === "insulation")).toMatchObject({ value: null });
  expect(requireClosed(JSON.parse(JSON.stringify(proof)) as ClosedCase, guide)).toMatchObject({
    closedAt: proof.closedAt,
  });
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
])("%s counts at the end of %j that speaks against it, and is refused", async (id, answer) => {
  await expect(close(person({ [id]: [answer] }))).rejects.toThrowError(unsafe);
});

test("of leads that read less than something, nothing is taken off", async () => {
  const operator = person({ "earth-resistance-leads": [shown(0, 0.2)], "earth-resistance": [shown(0.31)] });
  await expect(close(operator)).rejects.toThrowError(unsafe);
});

test.each([
  [OPEN, /The last reading, OL, .*OL is no voltage/],
  [-3.3, /The last reading, -3.3 V, .*probes are swapped/],
  [5, /5 V destroys the chip/],
])("after %d at a voltage the question says what to check", async (value, words) => {
  const operator = person({ "adapter-vcc": [value, 3.3] });
  await before(operator, "adapter");
  expect(operator.questions.filter(({ id }) => id === "adapter-vcc")[1]!.text).toMatch(words);
});

test("leads that cannot be right are asked for again with the reason", async () => {
  const operator = person({ "earth-resistance-leads": [OPEN, 0.1] });
  await close(operator);
  const [, again] = operator.questions.filter(({ id }) => id === "earth-resistance-leads");
  expect(again!.text).toMatch(/The last reading, OL, cannot be that of sound leads: check that the probes touch/);
});

test.each([
  ["adapter-vcc", 5],
  ["adapter-vcc", 3300],
  ["adapter-vcc", 0],
  ["adapter-vcc", -3.3],
  ["adapter-vcc", Number.POSITIVE_INFINITY],
  ["adapter-tx", 4.9],
  ["adapter-tx", 0],
])("of the adapter alone, %s of %d V stops everything", async (id, value) => {
  await expect(before(person({ [id]: [value] }), "adapter")).rejects.toThrowError(unsafe);
});

test("of the board, a short between Vcc and GND stops everything; kΩ on the display are no short", async () => {
  await expect(before(person({ "short-vcc-gnd": [0.4] }), "board")).rejects.toThrowError(unsafe);
  const [good] = await before(person({ "short-vcc-gnd": [4.7], "short-vcc-gnd-unit": "kohm" }), "board");
  expect(good).toMatchObject({ value: 4700, unit: "ohm" });
});

test.each([0, 1, 7, 230, 1e6])(
  "whoever says yes to everything and reads %d everywhere never gets a proof, nor power on the board",
  async (value) => {
    const everything = Object.fromEntries(
      [...guide.closing, ...guide.beforePower].map(({ id }): [string, number[]] => [id, [value]]),
    );
    await expect(close(person(everything))).rejects.toThrowError(unsafe);
    await expect(before(person(everything), "adapter")).rejects.toThrowError(unsafe);
  },
);

test("without a proof, or with one that lacks an item, no step may use mains", async () => {
  expect(() => requireClosed(undefined, guide)).toThrowError(unsafe);
  const proof = await close(person({}));
  for (const { id } of guide.closing) {
    const holed = {
      ...proof,
      confirmed: proof.confirmed.filter((done) => done !== id),
      measured: proof.measured.filter((done) => done.id !== id),
    };
    expect(() => requireClosed(holed, guide), id).toThrowError(unsafe);
  }
});

test("a proof whose measurement does not meet the guide opens nothing, wherever it came from", async () => {
  const proof = await close(person({}));
  const measured = proof.measured.map((item) => (item.id === "earth-resistance" ? { ...item, value: 0.5 } : item));
  expect(() => requireClosed({ ...proof, measured }, guide)).toThrowError(unsafe);
});

test("an old proof counts only where the person says that the case has stayed shut", async () => {
  const proof = await close(person({}));
  expect(await hasStayedClosed(proof, person({}))).toBe(true);
  expect(await hasStayedClosed(proof, person({ "still-closed": "opened" }))).toBe(false);
});

const WIRES = { since: "2026-11-21T09:30:00.000Z", where: "FTDI FT232R", reopened: false };
const { signal } = new AbortController();

describe("only the word for it counts: whatever else is answered", () => {
  test.each(["no", "perhaps", ""])(
    "as %j to the question about the socket lets nobody touch the wires",
    async (answer) => {
      const operator = person({ "away-from-mains": answer });
      await expect(requireUnplugged(operator, "wire it")).rejects.toMatchObject({
        code: "unsafe",
        step: "wire it",
        plugState: "untouched",
        nextStep: expect.stringContaining("switch the mains off first"),
      });
    },
  );

  test.each(["opened", "yes", ""])(
    "as %j to the question about the shut case, the list is gone through again",
    async (answer) => {
      expect(await hasStayedClosed(await close(person({})), person({ "still-closed": answer }))).toBe(false);
    },
  );

  test.each(["no", "perhaps", ""])("as %j to an item of the closing list, the case is not closed", async (answer) => {
    await expect(close(person({ screws: answer }))).rejects.toMatchObject({
      code: "unsafe",
      message: `Not confirmed: ${texts["screws"]}`,
      step: "close the case",
      plugState: expect.stringContaining("must not be plugged into mains"),
    });
  });
});

test("wires on record are named where they are the reason: before work, in the first item of the list, in a refusal", async () => {
  const named = "Wires were put on this plug's board on 2026-11-21 at 09:30 UTC (FTDI FT232R)";
  const before = person({});
  await requireUnplugged(before, "wire it", undefined, WIRES);
  await requireUnplugged(before, "wire it");
  expect(before.choices.map((text) => text.startsWith(named))).toEqual([true, false]);
  const closing = person({});
  await closeCase(guide, texts, closing, "2026-11-22T10:00:00Z", undefined, WIRES);
  const confirmed = closing.choices.filter((text) => !text.startsWith("Which unit"));
  expect(confirmed.map((text) => text.startsWith(named))).toEqual(confirmed.map((_, i) => i === 0));
  expect(confirmed[0]).toContain(texts["wires-removed"]);
  const refusal = expect.objectContaining({ message: expect.stringContaining(named) });
  expect(() => requireClosed(undefined, guide, WIRES)).toThrowError(refusal);
  await expect(plugIntoMains(undefined, guide, person({}), undefined, WIRES)).rejects.toThrowError(refusal);
});

test("a refusal counts the checks that are not done and names the first three", async () => {
  const count = guide.closing.length;
  expect(() => requireClosed(undefined, guide)).toThrowError(
    expect.objectContaining({
      message: `The plug may not go to mains: ${count} of ${count} closing checks are not done (${items.slice(0, 3).join(", ")}, …).`,
    }),
  );
  const proof = await close(person({}));
  const holed = { ...proof, confirmed: proof.confirmed.filter((id) => id !== "screws" && id !== "glued") };
  expect(() => requireClosed(holed, guide)).toThrowError(
    expect.objectContaining({
      message: expect.stringContaining("2 of 13 closing checks are not done (screws, glued)."),
    }),
  );
});

test("the plug goes to mains only behind the proof, and then the person is told how", async () => {
  const operator = person({});
  await expect(plugIntoMains(undefined, guide, operator)).rejects.toThrowError(unsafe);
  expect(operator.asked).toEqual([]);
  await plugIntoMains(await close(person({})), guide, operator);
  expect(operator.asked).toEqual(["first-mains"]);
});

test("an adapter is measured before its board, each by its own items", async () => {
  const measuredOn = async (what: "adapter" | "board"): Promise<string[]> =>
    (await before(person({}), what)).map(({ id }) => id);
  expect(await measuredOn("adapter")).toEqual(["adapter-vcc", "adapter-tx"]);
  expect(await measuredOn("board")).toEqual(["short-vcc-gnd"]);
});

test("a proof tells when the case was closed, by which confirmations and measurements", async () => {
  const proof = await close(person({}));
  expect(proof.closedAt).toBe("2026-11-22T10:00:00Z");
  expect(proof.confirmed).toEqual(guide.closing.flatMap((item) => ("confirm" in item ? [item.id] : [])));
  expect(proof.measured.map(({ id }) => id)).toEqual(
    guide.closing.flatMap((item) => ("measure" in item ? [item.id] : [])),
  );
});

test.each<readonly [string, (operator: Operator) => Promise<unknown>]>([
  ["before work", (operator) => requireUnplugged(operator, "wire it", signal)],
  ["before power", (operator) => checkBeforePower(guide, texts, operator, "adapter", signal)],
  ["of the closing list", (operator) => closeCase(guide, texts, operator, "2026-11-22T10:00:00Z", signal)],
  ["about the shut case", async (operator) => hasStayedClosed(await close(person({})), operator, signal)],
  ["before mains", async (operator) => plugIntoMains(await close(person({})), guide, operator, signal)],
])("the person's wish to stop reaches the questions %s", async (_, ask) => {
  const operator = person({});
  await ask(operator);
  expect([...operator.signals]).toEqual([signal]);
});
