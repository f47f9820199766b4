import { expect, test } from "vitest";
import { guide, person, texts, unsafe } from "../../../test/support/careful-person.ts";
import type { Operator, OperatorWork } from "../ports.ts";
import { checkBeforePower, openAndWire } from "./before-power.ts";

const before = (operator: Operator, what: "adapter" | "board") => checkBeforePower(guide, texts, operator, what);

test("the adapter is measured before the board, each with its own items", async () => {
  const measuredOn = async (what: "adapter" | "board"): Promise<string[]> =>
    (await before(person({}), what)).map(({ id }) => id);
  expect(await measuredOn("adapter")).toEqual(["adapter-vcc", "adapter-tx"]);
  expect(await measuredOn("board")).toEqual(["short-vcc-gnd"]);
});

test.each([
  ["adapter-vcc", 5],
  ["adapter-vcc", 3300],
  ["adapter-vcc", 0],
  ["adapter-vcc", -3.3],
  ["adapter-vcc", Number.POSITIVE_INFINITY],
  ["adapter-tx", 4.9],
  ["adapter-tx", 0],
])("%s of %d V at the adapter alone stops the work", async (id, value) => {
  await expect(before(person({ [id]: [value] }), "adapter")).rejects.toThrowError(unsafe);
});

test("a short between Vcc and GND on the board stops the work; kΩ on the display is no short", async () => {
  await expect(before(person({ "short-vcc-gnd": [0.4] }), "board")).rejects.toThrowError(unsafe);
  const [good] = await before(person({ "short-vcc-gnd": [4.7], "short-vcc-gnd-unit": "kohm" }), "board");
  expect(good).toMatchObject({ value: 4700, unit: "ohm" });
});

test.each([
  [Number.POSITIVE_INFINITY, /Your last reading, OL, .*OL is not a voltage/],
  [-3.3, /Your last reading, -3.3 V, .*probes are swapped/],
  [5, /5 V destroys the chip/],
])("a reading of %d at a voltage makes the next question say what to check", async (value, words) => {
  const operator = person({ "adapter-vcc": [value, 3.3] });
  await before(operator, "adapter");
  expect(operator.questions.filter(({ id }) => id === "adapter-vcc")[1]!.text).toMatch(words);
});

test("a plug is opened before the adapter is measured, wired without power, and measured again before it gets power", async () => {
  const operator = person({});
  const { measured } = await openAndWire(guide, texts, operator);
  const steps = operator.asked.filter((id) => !id.endsWith("-unit"));
  expect(steps).toEqual(["opening", "adapter-vcc", "adapter-tx", "wiring", "short-vcc-gnd"]);
  expect(measured.map(({ id }) => id)).toEqual(["adapter-vcc", "adapter-tx", "short-vcc-gnd"]);
});

test("a 5 V adapter stops the work before the first wire", async () => {
  const operator = person({ "adapter-vcc": [5] });
  await expect(openAndWire(guide, texts, operator)).rejects.toThrowError(unsafe);
  expect(operator.asked).not.toContain("wiring");
});

test("the work before a reading lists every step of the guide, and the wires begin with the adapter out", async () => {
  const pages: string[][] = [];
  const operator = person({});
  const noted = <T>({ work }: { readonly work?: OperatorWork | undefined }, answer: T): T => {
    if (work !== undefined) pages.push(work.steps.map(({ id }) => id));
    return answer;
  };
  await openAndWire(guide, texts, {
    ...operator,
    measure: (quantity, signal) => noted(quantity, operator.measure(quantity, signal)),
    read: (readings, signal) => noted(readings, operator.read(readings, signal)),
  });
  const ids = (steps: readonly { readonly id: string }[]): string[] => steps.map(({ id }) => id);
  expect(pages).toEqual([ids(guide.opening), ["unplug-adapter", ...ids(guide.wiring)]]);
});

test("a plug that is wired already is measured all the same, without opening and wiring", async () => {
  const operator = person({});
  const { measured } = await openAndWire(guide, texts, operator, undefined, true);
  const steps = operator.asked.filter((id) => !id.endsWith("-unit"));
  expect(steps).toEqual(["adapter-vcc", "adapter-tx", "short-vcc-gnd"]);
  expect(measured).toHaveLength(3);
});

test("both voltages of the adapter are one question; one that is not good enough is asked for again alone", async () => {
  const asked: string[] = [];
  const operator = person({ "adapter-tx": [4.9, 3.3] });
  const measured = await before(
    {
      ...operator,
      read: (readings, signal) => {
        asked.push(readings.values.map(({ id }) => id).join(" and "));
        return operator.read(readings, signal);
      },
      measure: (quantity, signal) => {
        asked.push(quantity.id);
        return operator.measure(quantity, signal);
      },
    },
    "adapter",
  );
  expect(asked).toEqual(["adapter-vcc and adapter-tx", "adapter-tx"]);
  expect(measured.map(({ value }) => value)).toEqual([3.3, 3.3]);
});
