import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ENGLISH, textIn } from "../core/text/catalogue.ts";
import { say, Text } from "../core/text/text.ts";
import { catalogueFor } from "./language.ts";

test("English is the language unless another one is asked for", async () => {
  expect(await catalogueFor(undefined, {})).toBe(ENGLISH);
  expect(await catalogueFor("en", { LANG: "de_DE.UTF-8" })).toBe(ENGLISH);
});

test.each([
  [{ LANG: "de_DE.UTF-8" }, "de"],
  [{ LC_ALL: "de_AT", LANG: "C" }, "de"],
  [{ LC_ALL: "", LANG: "de" }, "de"],
  [{ LC_ALL: "C", LANG: "de_DE.UTF-8" }, "en"],
  [{ LC_MESSAGES: "en_US.UTF-8", LANG: "de_DE.UTF-8" }, "en"],
  [{ LC_ALL: "", LANG: "tlh" }, "en"],
])("the environment %o chooses among the languages that cover everything: %s", async (env, language) => {
  expect((await catalogueFor(undefined, env)).language).toBe(language);
});

test("in German the program's sentences and those of a device's guide are German", async () => {
  const german = await catalogueFor("de", {});
  expect(textIn(say`Drawing: ${"a.svg"}`, german)).toBe("Zeichnung: a.svg");
  const url = new URL("../../profiles/gosund-ep2/texts.en.json", import.meta.url);
  const english = JSON.parse(readFileSync(url, "utf8")) as Record<string, string>;
  expect(textIn(new Text(english["open-pry"]!), german)).toMatch(/^Hebeln Sie die Hälften/);
});
