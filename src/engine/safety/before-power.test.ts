import { expect, test } from "vitest";
import { guide, person, texts, unsafe } from "../../../test/support/careful-person.ts";
import type { Operator } from "../ports.ts";
import { checkBeforePower, openAndWire } from "./before-power.ts";

const before = (operator: Operator, what: "adapter" | "board") => checkBeforePower(guide, texts, operator, what);

test("an adapter is measured before its board, each by its own items", async () => {
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
])("of the adapter alone, %s of %d V stops everything", async (id, value) => {
  await expect(before(person({ [id]: [value] }), "adapter")).rejects.toThrowError(unsafe);
});

test("of the board, a short between Vcc and GND stops everything; kΩ on the display are no short", async () => {
  await expect(before(person({ "short-vcc-gnd": [0.4] }), "board")).rejects.toThrowError(unsafe);
  const [good] = await before(person({ "short-vcc-gnd": [4.7], "short-vcc-gnd-unit": "kohm" }), "board");
  expect(good).toMatchObject({ value: 4700, unit: "ohm" });
});

test.each([
  [Number.POSITIVE_INFINITY, /The last reading, OL, .*OL is no voltage/],
  [-3.3, /The last reading, -3.3 V, .*probes are swapped/],
  [5, /5 V destroys the chip/],
])("after %d at a voltage the question says what to check", async (value, words) => {
  const operator = person({ "adapter-vcc": [value, 3.3] });
  await before(operator, "adapter");
  expect(operator.questions.filter(({ id }) => id === "adapter-vcc")[1]!.text).toMatch(words);
});

test("a plug is opened before the adapter is measured, wired with nothing powered, and measured again before it gets power", async () => {
  const operator = person({});
  const { measured } = await openAndWire(guide, texts, operator);
  const steps = operator.asked.filter((id) => !id.endsWith("-unit"));
  expect(steps).toEqual([
    "know-your-plug",
    ...guide.opening.map(({ id }) => id),
    "adapter-alone",
    ...["adapter-vcc", "adapter-tx", "unplug-adapter"],
    ...guide.wiring.map(({ id }) => id),
    "short-vcc-gnd",
  ]);
  expect(measured.map(({ id }) => id)).toEqual(["adapter-vcc", "adapter-tx", "short-vcc-gnd"]);
});

test("an adapter of 5 V ends the work before the first wire", async () => {
  const operator = person({ "adapter-vcc": [5] });
  await expect(openAndWire(guide, texts, operator)).rejects.toThrowError(unsafe);
  for (const { id } of guide.wiring) expect(operator.asked).not.toContain(id);
});
