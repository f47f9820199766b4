import { expect, test } from "vitest";
import { textIn } from "./catalogue.ts";
import { decimal, plural, quantity, say, Text } from "./text.ts";
import { packed, unpacked } from "./text-json.ts";

const over = (data: unknown): unknown => unpacked(JSON.parse(JSON.stringify(packed(data))));

test("a text keeps its source and values, however deep", () => {
  const inner = say`step ${3}`;
  const count = plural(2, { one: say`one plug`, other: say`${2} plugs` });
  const text = say`${inner} needs ${quantity(3.3, "V", 1)}, ${decimal(0.5, 2)}, ${count}; {braces}`;
  const { list } = over({ list: [{ text }] }) as { list: [{ text: Text }] };
  const [{ text: back }] = list;
  expect(back).toBeInstanceOf(Text);
  expect(back.source).toBe(text.source);
  expect(String(back)).toBe("step 3 needs 3.3 V, 0.50, 2 plugs; {braces}");
  const german = { language: "de", covers: "rehearsal", texts: { "step {0}": "Schritt {0}" } } as const;
  expect(textIn(back, german)).toContain("Schritt 3 needs 3,3 V");
});

test.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0, -1.5])(
  "the number %s stays itself",
  (n) => {
    expect(over({ reading: { low: n } })).toEqual({ reading: { low: n } });
  },
);

test.each([
  [{ $text: ["not a text"] }],
  [{ $number: "Infinity" }],
  [{ $object: { a: 1 } }],
  [{ $text: 1, other: 2 }],
  [[null, true, "", [], {}]],
])("data that looks like a mark stays data: %j", (data) => {
  expect(over(data)).toEqual(data);
  expect(over(data)).not.toBeInstanceOf(Text);
});

test.each([{ $text: 1 }, { $text: [2] }, { $number: "12" }, { $object: 1 }])(
  "what nobody packed is refused: %j",
  (data) => {
    expect(() => unpacked(data)).toThrow(TypeError);
  },
);
