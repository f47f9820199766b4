import { expect, test } from "vitest";
import type { AnsweredEntry } from "../../core/journal/entries.ts";
import { say } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import { onRecordOperator } from "./answer-record.ts";

const PERSON: Operator = {
  act: () => Promise.resolve(),
  measure: () => Promise.resolve(0.31),
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
  expect(await person.provide({ id: "pass", text: say`Pass?`, secret: true })).toBe("the passphrase");
  expect(put.map(({ kind, id, answer }) => [kind, id, answer])).toEqual([
    ["act", "wire-gnd", undefined],
    ["choose", "screws", "yes"],
    ["measure", "earth", 0.31],
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
