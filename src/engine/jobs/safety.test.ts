import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type GuideTexts, parseGuide } from "../../core/guide/guide.ts";
import type { Operator } from "../ports.ts";
import { checkBeforePower, closeCase, requireClosed } from "./safety.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../profiles/gosund-ep2/${name}`, import.meta.url), "utf8"));
const texts = read("texts.en.json") as GuideTexts;
const guide = parseGuide(read("guide.json"), texts, "guide.json");

/** Answers by id; whatever is not named is a good answer. Remembers what was asked. */
function person(answers: Record<string, string | number[]>): Operator & { readonly asked: string[] } {
  const asked: string[] = [];
  const good: Record<string, number> = {
    "short-vcc-gnd": 4700,
    "adapter-vcc": 3.3,
    "adapter-tx": 3.28,
    "earth-resistance": 0.08,
    insulation: 200,
  };
  return {
    asked,
    act: async () => {},
    provide: async () => "",
    choose: async ({ id }) => {
      asked.push(id);
      return (answers[id] as string | undefined) ?? "yes";
    },
    measure: async ({ id }) => {
      asked.push(id);
      const list = answers[id] as number[] | undefined;
      return list === undefined ? good[id]! : list.length > 1 ? list.shift()! : list[0]!;
    },
  };
}

const close = (operator: Operator) => closeCase(guide, texts, operator, "2026-11-22T10:00:00Z");
const unsafe = expect.objectContaining({ code: "unsafe" });

test("a careful person goes through every item, in order, and may go to mains", async () => {
  const operator = person({});
  const proof = await close(operator);
  expect(operator.asked).toEqual(guide.closing.map(({ id }) => id));
  expect(requireClosed(proof, guide)).toBe(proof);
  expect(proof.measured.find(({ id }) => id === "earth-resistance")).toMatchObject({
    value: 0.08,
    limit: "at most 0.3 Ω",
  });
});

test.each(guide.closing.filter((item) => "confirm" in item).map(({ id }) => id))(
  "a no to %s stops there",
  async (id) => {
    const operator = person({ [id]: "no" });
    await expect(close(operator)).rejects.toThrowError(unsafe);
    expect(operator.asked.at(-1)).toBe(id);
  },
);

test("an earth contact of 0.31 Ω is not let through, one that is bent until it reads 0.3 Ω is", async () => {
  await expect(close(person({ "earth-resistance": [0.31] }))).rejects.toThrowError(unsafe);
  const operator = person({ "earth-resistance": [4, 0.6, 0.3] });
  expect((await close(operator)).measured[0]).toMatchObject({ id: "earth-resistance", value: 0.3 });
  expect(operator.asked.filter((id) => id === "earth-resistance")).toHaveLength(3);
});

test.each([
  ["insulation", 0.9],
  ["earth-resistance", -0.1],
  ["earth-resistance", Number.NaN],
  ["insulation", Number.NaN],
])("%s of %d is refused", async (id, value) => {
  await expect(close(person({ [id]: [value] }))).rejects.toThrowError(unsafe);
});

test.each([
  ["short-vcc-gnd", 0.4],
  ["adapter-vcc", 5],
  ["adapter-vcc", 0],
  ["adapter-tx", 4.9],
])("before power, %s of %d stops everything", async (id, value) => {
  await expect(checkBeforePower(guide, texts, person({ [id]: [value] }))).rejects.toThrowError(unsafe);
});

test("without a proof, or with one that lacks an item, no step may use mains", async () => {
  expect(() => requireClosed(undefined, guide)).toThrowError(unsafe);
  const proof = await close(person({}));
  for (const { id } of guide.closing) {
    const holed = {
      ...proof,
      confirmed: proof.confirmed.filter((done) => done !== id),
      measured: proof.measured.filter((done) => done.id !== id),
    };
    expect(() => requireClosed(holed, guide), id).toThrowError(unsafe);
  }
});
