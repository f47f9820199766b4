import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Guide, guideProblems, OBLIGATORY, parseGuide } from "./guide.ts";

const folder = new URL("../../../profiles/gosund-ep2/", import.meta.url);
const data = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const texts = data("texts.en.json") as Record<string, string>;
const guide = (): Guide => parseGuide(data("guide.json"), texts, "guide.json");

test("the EP2's guide is complete: every step has a text, every drawing a file", () => {
  expect(guideProblems(guide(), texts)).toEqual([]);
  for (const drawing of guide().drawings) {
    const file = new URL(`drawings/${drawing}.svg`, folder);
    expect(existsSync(file), drawing).toBe(true);
    const svg = readFileSync(file, "utf8");
    expect(svg, `${drawing} has a title and a description for screen readers`).toMatch(/<title[\s\S]*<desc/);
    expect(svg, `${drawing} follows the reader's colour scheme`).toContain("prefers-color-scheme: dark");
  }
});

test("no text is left over", () => {
  const used = JSON.stringify(data("guide.json"));
  for (const id of Object.keys(texts)) expect(used, id).toContain(`"${id}"`);
});

test.each([...OBLIGATORY.closing, ...OBLIGATORY.beforePower])("a guide without %s is refused", (id) => {
  const whole = structuredClone(data("guide.json")) as { closing: { id: string }[]; beforePower: { id: string }[] };
  whole.closing = whole.closing.filter((item) => item.id !== id);
  whole.beforePower = whole.beforePower.filter((item) => item.id !== id);
  expect(() => parseGuide(whole, texts, "guide.json")).toThrowError(
    expect.objectContaining({ code: "bad-argument", message: expect.stringContaining(`lacks ${id}`) }),
  );
});

test("a measurement without a limit or a source is refused with its place", () => {
  const whole = structuredClone(data("guide.json")) as { closing: Record<string, unknown>[] };
  const earth = whole.closing.find(({ id }) => id === "earth-resistance")!;
  delete earth["source"];
  expect(() => parseGuide(whole, texts, "guide.json")).toThrowError(/closing\.\d+/);
});

test("a missing translation is named", () => {
  expect(guideProblems(guide(), { ...texts, screws: "" })).toEqual(["no text for screws"]);
});
