import { expect, test } from "vitest";
import { type Catalogue, textIn } from "./catalogue.ts";
import { pseudoCatalogue, untranslated } from "./pseudo-catalogue.test-support.ts";
import { list, plural, say, type Text } from "./text.ts";

const GERMAN: Catalogue = {
  language: "de",
  covers: "everything",
  texts: {
    "Backup of {0} is sealed": "",
    volts: "",
    "{0} of {{1}}": "",
    "{0} bytes": { one: "", other: "" },
  },
};
const shown = (text: Text): string => textIn(text, pseudoCatalogue(GERMAN));

test("a sentence of the catalogue stands in brackets, and so do its values", () => {
  expect(shown(say`Backup of ${"c4"} is sealed`)).toBe("⟦Backup of ⟪c4⟫ is sealed⟧");
  expect(shown(say`${say`volts`} of {1}`)).toBe("⟦⟪⟦volts⟧⟫ of {1}⟧");
});

test.each([
  ["a value of a sentence", say`Backup of ${"c4"} is sealed`, ["c4"]],
  ["a sentence that the catalogue lacks", say`Nobody knows this`, ["Nobody knows this"]],
  ["a sentence as the value of another", say`Backup of ${say`volts`} is sealed`, []],
  ["a value of a value", say`Backup of ${say`${"amperes"}`} is sealed`, ["amperes"]],
  ["members of a list", say`Backup of ${list([say`volts`, "watts"])} is sealed`, [", watts"]],
  ["numbers", say`Backup of ${3.5} is sealed`, []],
  ["a plural", say`${plural(2, { one: say`${2} byte`, other: say`${2} bytes` })}`, []],
] as const)("what did not come from the catalogue is told: %s", (_, text, expected) => {
  expect(untranslated(shown(text))).toEqual(expected);
});
