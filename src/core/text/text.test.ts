import { describe, expect, test } from "vitest";
import { type Catalogue, ENGLISH, textIn, wordedIn } from "./catalogue.ts";
import {
  dayOf,
  decimal,
  joined,
  list,
  placesOf,
  plural,
  quantity,
  say,
  significant,
  Text,
  withStrings,
} from "./text.ts";

const german = (texts: Catalogue["texts"]): Catalogue => ({ language: "de", covers: "rehearsal", texts });

describe("a text", () => {
  test("keeps its source and its values apart, and is its English sentence to programs", () => {
    const text = say`Backup of ${"c44f3346d932"} is sealed`;
    expect([text.source, text.values]).toEqual(["Backup of {0} is sealed", ["c44f3346d932"]]);
    expect(String(text)).toBe("Backup of c44f3346d932 is sealed");
    expect(JSON.stringify({ text })).toBe('{"text":"Backup of c44f3346d932 is sealed"}');
    expect(text.length).toBe("Backup of c44f3346d932 is sealed".length);
  });

  test("is shown in a language by its source, its values in the order of that language", () => {
    const catalogue = german({ "{0} of {1} bytes": "von {1} Bytes {0}" });
    expect(textIn(say`${5} of ${8} bytes`, catalogue)).toBe("von 8 Bytes 5");
    expect(textIn(say`${5} of ${8} bytes`, ENGLISH)).toBe("5 of 8 bytes");
  });

  test("that a language lacks is shown in English, its parts in the language", () => {
    expect(textIn(say`Reading in ${say`volts`}`, german({ volts: "Volt" }))).toBe("Reading in Volt");
  });

  test.each(["constructor", "toString", "__proto__"])("whose source is %s has no entry by accident", (source) => {
    expect(textIn(new Text(source), german({}))).toBe(source);
  });

  test("with braces of its own keeps them", () => {
    const text = say`{"NAME":"${"x"}"} {0} {{1}}`;
    expect(text.toString()).toBe('{"NAME":"x"} {0} {{1}}');
    expect(textIn(text, german({ [text.source]: text.source }))).toBe('{"NAME":"x"} {0} {{1}}');
    expect(placesOf(text.source)).toEqual([0]);
  });
});

describe("a number", () => {
  test.each([
    [quantity(3.3, "V"), "3.3 V", "3,3 V"],
    [quantity(3, "V", 2), "3.00 V", "3,00 V"],
    [quantity(-0.25, "%", 1), "-0.3 %", "-0,3 %"],
    [decimal(0.9, 2), "0.90", "0,90"],
    [460800, "460800", "460800"],
    [0.1 + 0.2, "0.30000000000000004", "0,30000000000000004"],
    [Number.POSITIVE_INFINITY, "Infinity", "Infinity"],
  ] as const)("%o is %s in English and %s in German", (value, english, inGerman) => {
    const text = say`${value}`;
    expect([text.toString(), textIn(text, german({}))]).toEqual([english, inGerman]);
  });
});

test.each([
  [0.12345, 2, "0.12 %"],
  [4, 2, "4.0 %"],
  [230.04, 5, "230.04 %"],
  [250, 2, "250 %"],
])("%d with %d significant digits is %s", (value, digits, expected) => {
  expect(say`${significant(value, digits, "%")}`.toString()).toBe(expected);
});

describe("a plural", () => {
  const bytes = (count: number): Text =>
    say`${plural(count, { one: say`${count} byte`, other: say`${count} bytes` })} read`;

  test("chooses its form by the number", () => {
    expect([0, 1, 2, 1.5].map((count) => bytes(count).toString())).toEqual([
      "0 bytes read",
      "1 byte read",
      "2 bytes read",
      "1.5 bytes read",
    ]);
  });

  test("is found in a language with two forms by the source of each", () => {
    const catalogue = german({ "{0} read": "{0} gelesen", "{0} byte": "{0} Byte", "{0} bytes": "{0} Bytes" });
    expect([1, 2].map((count) => textIn(bytes(count), catalogue))).toEqual(["1 Byte gelesen", "2 Bytes gelesen"]);
  });

  test("has as many forms as the language, given where English says other", () => {
    const forms = { one: "{0} bajt", few: "{0} bajty", many: "{0} bajtów", other: "{0} bajta" };
    const polish: Catalogue = { language: "pl", covers: "rehearsal", texts: { "{0} bytes": forms } };
    expect([1, 2, 5, 1.5].map((count) => textIn(bytes(count), polish))).toEqual([
      "1 bajt read",
      "2 bajty read",
      "5 bajtów read",
      "1,5 bajta read",
    ]);
  });
});

describe("a list", () => {
  const volts = say`volts`;
  test.each([
    [list([volts, "a", 3.5], "and"), "volts, a, and 3.5", "Volt, a und 3,5"],
    [list([volts, "a"], "or"), "volts or a", "Volt oder a"],
    [list([volts, "a", 3.5]), "volts, a, 3.5", "Volt, a und 3,5"],
    [list([volts]), "volts", "Volt"],
    [list([]), "", ""],
  ])("is written as the language lists (%#)", (value, english, inGerman) => {
    const text = say`${value}`;
    expect([text.toString(), textIn(text, german({ volts: "Volt" }))]).toEqual([english, inGerman]);
  });

  test("has its strings made safe like any other value", () => {
    expect(withStrings(say`${list(["a", say`${"b"}`])}`, (value) => value.toUpperCase()).toString()).toBe("A, B");
  });
});

describe("a day", () => {
  test.each([
    [dayOf("2026-11-30T23:59:59Z"), "30 November 2026", "30. November 2026"],
    [dayOf("2026-03-01T00:00:00.000Z", "short"), "1 Mar 2026", "1. März 2026"],
    [dayOf("yesterday"), "yesterday", "yesterday"],
  ])("is the day at UTC, and what is none is shown as it is (%#)", (value, english, inGerman) => {
    const text = say`${value}`;
    expect([text.toString(), textIn(text, german({}))]).toEqual([english, inGerman]);
  });
});

test("texts in a row are each shown in the language", () => {
  const row = joined([say`volts`, "{0}", 3.5], ", ");
  expect([row.toString(), textIn(row, german({ volts: "Volt" }))]).toEqual(["volts, {0}, 3.5", "Volt, {0}, 3,5"]);
});

test("data of any form is shown with each text in the language and everything else as it was", () => {
  const bytes = new Uint8Array([1, 2]);
  const data = { a: say`volts`, b: [say`volts`, 3, null], c: { d: "volts" }, bytes };
  const shown = wordedIn(data, german({ volts: "Volt" }));
  expect(shown).toEqual({ a: "Volt", b: ["Volt", 3, null], c: { d: "volts" }, bytes });
  expect(shown.bytes).toBe(bytes);
});

test("in a test a text compares as its English, whatever compares it", () => {
  const text = say`Backup of ${"c4"} is sealed`;
  expect(text).toBe("Backup of c4 is sealed");
  expect(text).toContain("of c4");
  expect(text).not.toContain("of c5");
  expect([text]).toContain("Backup of c4 is sealed");
  expect([text]).not.toContain("of c4");
  expect({ text }).toEqual({ text: "Backup of c4 is sealed" });
  expect({ text, other: 1 }).toMatchObject({ text: expect.stringContaining("c4") });
  expect([{ text }]).toContainEqual(expect.objectContaining({ text: "Backup of c4 is sealed" }));
  expect({ text }).not.toEqual({ text: "Backup of c5 is sealed" });
  expect(text).toMatch(/sealed$/);
});
