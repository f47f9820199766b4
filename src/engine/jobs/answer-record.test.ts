import { expect, test } from "vitest";
import type { AnsweredEntry } from "../../core/journal/entries.ts";
import { say } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import { onRecordOperator } from "./answer-record.ts";

const PERSON: Operator = {
  act: () => Promise.resolve(),
  measure: () => Promise.resolve(0.31),
  read: () => Promise.resolve([3.31, 3.28]),
  check: () => Promise.resolve({ confirmed: ["glued"] }),
  choose: () => Promise.resolve("yes"),
  provide: () => Promise.resolve("the passphrase"),
};
const CLOCK = { wallTime: () => Date.parse("2026-11-22T10:00:00Z") };
const CHOICE = { id: "screws", text: say`Are all screws in?`, options: [{ id: "yes", text: say`Yes` }] };

test("each kind of question is journalled with its answer; provided secrets are passed on and not stored", async () => {
  const put: AnsweredEntry[] = [];
  const person = onRecordOperator(PERSON, CLOCK, async (entry) => void put.push(entry));
  await person.act({ id: "wire-gnd", text: say`Solder it.` });
  expect(await person.choose(CHOICE)).toBe("yes");
  expect(await person.measure({ id: "earth", text: say`Earth`, unit: "ohm" })).toBe(0.31);
  await person.read({
    id: "adapter",
    text: say`Adapter`,
    work: { id: "opening", text: say`Open it:`, steps: [{ id: "saw", text: say`Saw.` }] },
    values: [
      { id: "vcc", text: say`Vcc`, unit: "V" },
      { id: "tx", text: say`TX`, unit: "V" },
    ],
  });
  const items = ["glued", "screws"].map((id) => ({ id, text: say`${id}` }));
  expect(await person.check({ id: "eye", text: say`Which?`, items })).toEqual({ confirmed: ["glued"] });
  expect(await person.provide({ id: "pass", text: say`Pass?`, secret: true })).toBe("the passphrase");
  expect(put.map(({ kind, id, answer }) => [kind, id, answer])).toEqual([
    ["act", "wire-gnd", undefined],
    ["choose", "screws", "yes"],
    ["measure", "earth", 0.31],
    ["act", "opening", undefined],
    ["measure", "vcc", 3.31],
    ["measure", "tx", 3.28],
    ["choose", "glued", "yes"],
    ["choose", "screws", "no"],
    ["provide", "pass", undefined],
  ]);
  expect(JSON.stringify(put)).not.toContain("the passphrase");
  expect(put[0]?.at).toBe("2026-11-22T10:00:00.000Z");
});

test("a job does not continue with an answer that could not be journalled; unanswered questions are not journalled", async () => {
  const full = onRecordOperator(PERSON, CLOCK, () => Promise.reject(new Error("disk full")));
  await expect(full.choose(CHOICE)).rejects.toThrowError("disk full");
  const put: AnsweredEntry[] = [];
  const gone = { ...PERSON, choose: () => Promise.reject(new Error("left")) };
  await expect(
    onRecordOperator(gone, CLOCK, async (entry) => void put.push(entry)).choose(CHOICE),
  ).rejects.toThrowError("left");
  expect(put).toEqual([]);
});
