import { expect, test } from "vitest";
import { GLOSSARY, termsIn } from "./glossary.ts";

const PAGE = "../../../docs/guide/glossary.md";

test("the page in the guide is the glossary (vitest -u writes it)", async () => {
  const entries = GLOSSARY.map(({ name, explanation }) => `**${name}**: ${String(explanation)}`);
  const head = ["# Glossary", "Type `?` at any question to have the terms in it explained."];
  await expect(`${[...head, ...entries].join("\n\n")}\n`).toMatchFileSnapshot(PAGE);
});

test.each(GLOSSARY.map((term) => [term.name, term] as const))(
  "%s is found where it is written",
  (name, { pattern }) => {
    const [first = ""] = name.split(" and ");
    expect(pattern.test(`Is it the ${first}?`)).toBe(true);
  },
);

test("names stand in the order of the alphabet, each once", () => {
  const names = GLOSSARY.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort((a, b) => a.localeCompare(b, "en")));
});

test("a question's terms are those in it, and parts of words are none", () => {
  const terms = termsIn("Hold GPIO0 to ground and plug the USB adapter in.").map(({ name }) => name);
  expect(terms).toEqual(["GND", "GPIO0"]);
  expect(termsIn("Is the macintosh flashy? A stubborn padlock.")).toEqual([]);
});
