import { expect, test } from "vitest";
import { CONVERSION_STEPS, foldConversion } from "../../core/conversion/state.ts";
import { parseEntry } from "../../core/journal/stored-entry.ts";
import type { Operator, OperatorChoice } from "../ports.ts";
import { askToConvertAgain, finishedConversion } from "./converted-already.ts";

const PLUG = "c44f33a1b212";
const at = "2026-11-22T10:00:00Z";
const started = { type: "conversion-begun", version: 1, at };
const steps = CONVERSION_STEPS.map((step) => ({ type: "conversion-step", version: 1, at, step }));
const restored = { type: "restore-proven", at, firmware: "vendor" };

test.each([
  { what: "nothing", entries: [], finished: false },
  { what: "a step left", entries: [started, ...steps.slice(0, -1)], finished: false },
  { what: "all steps", entries: [started, ...steps], finished: true },
  {
    what: "wires on it again",
    entries: [started, ...steps, { type: "wires-attached", version: 1, at }],
    finished: true,
  },
  { what: "the vendor's firmware back", entries: [started, ...steps, restored], finished: false },
])("a plug with $what on record is finished: $finished", ({ entries, finished }) => {
  expect(finishedConversion(PLUG, foldConversion(entries.map((each) => parseEntry(each)!))) !== undefined).toBe(
    finished,
  );
});

test.each(["stop", "again"])(
  "a person is asked before a converted plug is converted again, and answers %s",
  async (answer) => {
    const texts: string[] = [];
    const choose = ({ text }: OperatorChoice): Promise<string> => {
      texts.push(text.toString());
      return Promise.resolve(answer);
    };
    const operator = { choose } as unknown as Operator;
    const asked = askToConvertAgain({ plug: PLUG, at }, operator);
    if (answer === "again") await asked;
    else await expect(asked).rejects.toMatchObject({ code: "aborted", nextStep: expect.stringContaining("--new") });
    expect(texts).toEqual([expect.stringContaining(`${PLUG} is already converted`)]);
  },
);
