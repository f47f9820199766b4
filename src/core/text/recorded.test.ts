import { expect, test } from "vitest";
import { type Catalogue, ENGLISH, textIn } from "./catalogue.ts";
import { recordedText } from "./recorded.ts";
import { say } from "./text.ts";

const GERMAN: Catalogue = {
  language: "de",
  covers: "rehearsal",
  texts: {
    "Is the case shut? No wire may show.": "Ist das Gehäuse zu? Es darf keine Litze zu sehen sein.",
    "against {0}": "gegen {0}",
    "{0} of {1}": "{0} von {1}",
    "at most {0}": "höchstens {0}",
    "The reading of {0} is {1}.": "Der Messwert {1} gehört zu {0}.",
    "The plug is glued.": "Der Stecker ist verklebt.",
    earth: "Schutzleiter",
    "{{0}} belongs to {0}": "{{0}} gehört zu {0}",
    "{0} bytes": { other: "{0} Bytes" },
  },
};
const shown = (recorded: string): string => textIn(recordedText(recorded, GERMAN), GERMAN);

test.each([
  ["a plain sentence", "The plug is glued.", "Der Stecker ist verklebt."],
  ["a sentence with a value", "against bench plug", "gegen bench plug"],
  [
    "values that are sentences, in another order",
    "The reading of earth is 0.12.",
    "Der Messwert 0,12 gehört zu Schutzleiter.",
  ],
  ["a figure with its unit", "at most 0.3 Ω", "höchstens 0,3 Ω"],
  ["a version, which is no figure", "against 15.2.0", "gegen 15.2.0"],
  [
    "several sentences, one of them of two sentences",
    "The plug is glued. Is the case shut? No wire may show. The reading of earth is 1.",
    "Der Stecker ist verklebt. Ist das Gehäuse zu? Es darf keine Litze zu sehen sein. Der Messwert 1 gehört zu Schutzleiter.",
  ],
  [
    "an unknown sentence between known ones",
    "The plug is glued. Who knows. against x",
    "Der Stecker ist verklebt. Who knows. gegen x",
  ],
  ["a short pattern around figures", "22 of 23", "22 von 23"],
  [
    "a known sentence with a condition",
    "The plug is glued. (at most 0.3 Ω)",
    "Der Stecker ist verklebt. (höchstens 0,3 Ω)",
  ],
  [
    "a short pattern around known sentences",
    "earth of The plug is glued.",
    "Schutzleiter von Der Stecker ist verklebt.",
  ],
  ["braces", "{0} belongs to earth", "{0} gehört zu Schutzleiter"],
])("%s on record is shown in the language", (_, recorded, expected) => {
  expect(shown(recorded)).toBe(expected);
});

test.each(["Nobody knows this.", "A piece of string", "", "3 bytes", "12.5", "constructor"])(
  "what no sentence of the catalogue fits stays as it is: %s",
  (recorded) => {
    expect(shown(recorded)).toBe(recorded);
  },
);

test("a text that many patterns cut into the same pieces is looked up in a time that does not double with each piece", () => {
  const recorded = `${"word (word): ".repeat(30)}end`;
  expect(shown(recorded)).toBe(recorded);
});

test("a text stays itself, and in English nothing is looked for", () => {
  const text = say`against ${"x"}`;
  expect(recordedText(text, GERMAN)).toBe(text);
  expect(recordedText("against x", ENGLISH).source).toBe("{0}");
});
