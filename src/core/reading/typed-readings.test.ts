import { expect, test } from "vitest";
import type { GuideUnit } from "../guide/guide.ts";
import { typedReadings } from "./typed-readings.ts";

type Asked = readonly { readonly id: string; readonly unit: GuideUnit }[];

const METER: Asked = [
  { id: "reference-voltage", unit: "V" },
  { id: "reference-power", unit: "W" },
];
const ALL_THREE: Asked = [...METER, { id: "reference-current", unit: "A" }];
const EARTH: Asked = [
  { id: "earth-resistance-leads", unit: "ohm" },
  { id: "earth-resistance", unit: "ohm" },
];
const INSULATION: Asked = [
  { id: "insulation-voltage", unit: "V" },
  { id: "insulation", unit: "Mohm" },
];
const OPEN = Number.POSITIVE_INFINITY;

const shown = (low: number, high = low) => ({ low, high, unitShown: true });

test.each<[string, Asked, readonly unknown[]]>([
  ["229.8 V, 1985 W", METER, [229.8, 1985]],
  ["229,8 V, 1985 W", METER, [229.8, 1985]],
  ["229,8 V 1985 W", METER, [229.8, 1985]],
  ["229.8V 1985W", METER, [229.8, 1985]],
  ["229.8;1985", METER, [229.8, 1985]],
  ["229,8 1985", METER, [229.8, 1985]],
  ["  229.8   1985 ", METER, [229.8, 1985]],
  ["1985 W, 229.8 V", METER, [229.8, 1985]],
  ["229.8 V and 1985.0 W", METER, [229.8, 1985]],
  ["229.8 V / 1985 W", METER, [229.8, 1985]],
  ["8.64 A, 229.8 V, 1985 W", ALL_THREE, [229.8, 1985, 8.64]],
  ["229,8 1985 8,64", ALL_THREE, [229.8, 1985, 8.64]],
  ["0.21 Ω, 0.33 Ω", EARTH, [shown(0.21), shown(0.33)]],
  ["0,21 Ohm 0,33 Ohm", EARTH, [shown(0.21), shown(0.33)]],
  ["0.2 0.3", EARTH, [0.2, 0.3]],
  ["0 OL", EARTH, [0, OPEN]],
  ["500 V, > 550 MΩ", INSULATION, [500, shown(550, OPEN)]],
  ["500 V > 550 MΩ", INSULATION, [500, shown(550, OPEN)]],
  ["500 V >20 GΩ", INSULATION, [500, shown(20_000, OPEN)]],
  [">20 GΩ, 500 V", INSULATION, [500, shown(20_000, OPEN)]],
  ["500 V; OL", INSULATION, [500, OPEN]],
  ["500 V, 1 .", INSULATION, [500, OPEN]],
])("%j is taken value by value", (text, questions, values) => {
  expect(typedReadings(text, questions)).toEqual(values.map((answer) => ({ kind: "taken", answer })));
});

test.each<[string, Asked, readonly (RegExp | number)[]]>([
  ["23 V, 1985 W", METER, [/Did you mean 230 V/, 1985]],
  ["229.8 V, 1.985 W", METER, [229.8, /can mean|Did you mean/]],
  ["229.8 V, 19 V", METER, [229.8, /unit of voltage/]],
  ["-229.8 V, 1985 W", METER, [/probes are swapped/, 1985]],
  ["229.8 V", METER, [229.8, /missing/]],
  ["1985 W", METER, [/missing/, 1985]],
  ["5000 V, > 550 MΩ", INSULATION, [/Did you mean 500 V/, Number.NaN]],
  ["", METER, [/missing|Type what/, /missing/]],
])("of %j only what is wrong is asked for again", (text, questions, expected) => {
  const answers = typedReadings(text, questions);
  expected.forEach((each, index) => {
    const answer = answers[index]!;
    if (each instanceof RegExp) expect(answer).toMatchObject({ kind: "again", text: expect.stringMatching(each) });
    else expect(answer.kind).toBe("taken");
    if (typeof each === "number" && !Number.isNaN(each)) expect(answer).toMatchObject({ answer: each });
  });
});

test("more readings than were asked for are all asked back", () => {
  const answers = typedReadings("1 2 3", EARTH);
  expect(answers.map(({ kind }) => kind)).toEqual(["again", "again"]);
});

test("an unlikely reading that was typed before stands when it is typed again", () => {
  const [first] = typedReadings("23 V, 1985 W", METER);
  const typed = first!.kind === "again" ? first!.typed : undefined;
  expect(typedReadings("23 V, 1985 W", METER, [typed])[0]).toEqual({ kind: "taken", answer: 23 });
});
