import { describe, expect, test } from "vitest";
import { newConstant } from "../calibration/constants.ts";
import type { Guide, GuideMeasurement } from "../guide/guide.ts";
import type { CalibrationRecord } from "../journal/calibration-record.ts";
import type { AnsweredEntry, JournalEntry } from "../journal/entries.ts";
import { standingOf } from "./standing.ts";
import { type CheckName, type Verdict, type VerdictFacts, verdictOf } from "./verdict.ts";

const at = "2026-11-22T09:40:00.000Z";
const before = { voltage: 1950, power: 12530, current: 3500 };
const result = newConstant("power", [{ reading: 1100, reference: 1000 }], before.power, {
  relative: 0.01,
  basis: "power meter",
  drift: 0,
});
const after = { ...before, power: result.after };

const calibration = (record: Record<string, unknown>): JournalEntry => ({
  type: "calibration",
  at,
  record: { version: 1, at, before, after, ...record } as CalibrationRecord,
});
const CALIBRATED = calibration({ kind: "calibrated", method: "m", samples: 1, results: [result], resistive: "" });
const SECURED: JournalEntry = { type: "conversion-step", version: 1, at, step: "secure", data: { refused: 22 } };
const checked = (error: number, constants = after): JournalEntry =>
  calibration({
    kind: "checked",
    purpose: "drift",
    method: "m",
    constants,
    checks: [{ quantity: "power", reading: 1, reference: 1, error, expanded: 0.02 }],
    verdict: "",
  });

const GUIDE = {
  closing: [
    { id: "screws", confirm: true },
    { id: "earth-resistance", measure: "ohm", atMost: 0.3, source: "s" },
    { id: "insulation-voltage", measure: "V", atLeast: 500, source: "s" },
    { id: "insulation", measure: "Mohm", atLeast: 1, source: "s" },
    { id: "final-earth-resistance", measure: "ohm", atMost: 0.3, source: "s" },
  ],
} as unknown as Guide;

const measured = (id: string, value: number | null, unit: "ohm" | "Mohm" | "V") =>
  ({ id, value, unit, limit: "", source: "" }) as const;
const CLOSED = {
  at,
  confirmed: ["screws"],
  measured: [
    measured("earth-resistance", 0.1, "ohm"),
    measured("insulation-voltage", 500, "V"),
    measured("insulation", null, "Mohm"),
    measured("final-earth-resistance", 0.11, "ohm"),
  ],
};

const meets = ({ atLeast, atMost }: GuideMeasurement, { value }: { readonly value: number | null }): boolean =>
  (value ?? Number.POSITIVE_INFINITY) >= (atLeast ?? 0) &&
  (value ?? Number.POSITIVE_INFINITY) <= (atMost ?? Number.POSITIVE_INFINITY);

function verdict(
  change: Partial<VerdictFacts> = {},
  entries: readonly JournalEntry[] = [SECURED, CALIBRATED],
): Verdict {
  return verdictOf({
    guide: GUIDE,
    closing: CLOSED,
    meets,
    answers: [],
    standing: standingOf(entries),
    vendorSince: undefined,
    ...change,
  });
}

const stateOf = (found: Verdict, check: CheckName): string =>
  found.items.find((item) => item.check === check)?.state ?? "missing";

test("a plug that was closed, locked and calibrated passes, each check with its value", () => {
  const found = verdict();
  expect(found.passed).toBe(true);
  expect(found.items.map(({ value }) => value)).toEqual([
    "0.11\u00a0Ω",
    "above the tester’s range",
    "±\u00a02.0\u00a0%",
    "22 of 22",
  ]);
  expect(found.closing).toEqual({ done: 5, total: 5, at });
});

test.each<[string, Partial<VerdictFacts>, readonly JournalEntry[] | undefined, CheckName, string]>([
  ["no closing list", { closing: undefined }, undefined, "earth", "not-done"],
  ["no closing list", { closing: undefined }, undefined, "insulation", "not-done"],
  [
    "only the earth before gluing",
    { closing: { ...CLOSED, measured: CLOSED.measured.slice(0, 3) } },
    undefined,
    "earth",
    "not-done",
  ],
  [
    "an earth above the limit",
    {
      closing: {
        ...CLOSED,
        measured: [...CLOSED.measured.slice(0, 3), measured("final-earth-resistance", 0.4, "ohm")],
      },
    },
    undefined,
    "earth",
    "failed",
  ],
  [
    "an insulation below the limit",
    { closing: { ...CLOSED, measured: [measured("insulation", 0.9, "Mohm")] } },
    undefined,
    "insulation",
    "failed",
  ],
  ["no calibration", {}, [SECURED], "meter", "not-done"],
  [
    "a calibration that was taken back",
    {},
    [SECURED, CALIBRATED, calibration({ kind: "undone" })],
    "meter",
    "not-done",
  ],
  [
    "a calibration that was started and not finished",
    {},
    [CALIBRATED, calibration({ kind: "begun", method: "m", samples: 1, results: [result], resistive: "" })],
    "meter",
    "not-done",
  ],
  ["a check that found it off", {}, [CALIBRATED, checked(0.05)], "meter", "failed"],
  ["a check that found other constants", {}, [CALIBRATED, checked(0, before)], "meter", "failed"],
  ["a flash that was written since", {}, [SECURED, CALIBRATED, { type: "erase-begun", at }], "meter", "not-done"],
  ["a flash that was written since", {}, [SECURED, CALIBRATED, { type: "erase-begun", at }], "lock", "not-done"],
  [
    "a rescue that lost the calibration",
    {},
    [SECURED, CALIBRATED, { type: "rescued", version: 1, at, calibration: "none" }],
    "meter",
    "not-done",
  ],
  ["a lock without proof", {}, [{ ...SECURED, data: {} }], "lock", "not-done"],
  ["a lock with no try refused", {}, [{ ...SECURED, data: { refused: 0 } }], "lock", "not-done"],
  ["no lock", {}, [CALIBRATED], "lock", "not-done"],
])("%s never passes (%#)", (_, change, entries, check, state) => {
  const found = verdict(change, entries);
  expect(stateOf(found, check)).toBe(state);
  expect(found.passed).toBe(false);
});

test.each<[string, readonly JournalEntry[]]>([
  ["a check within its uncertainty", [SECURED, CALIBRATED, checked(0.01)]],
  [
    "constants that were set again",
    [SECURED, CALIBRATED, calibration({ kind: "undone" }), calibration({ kind: "reapplied" })],
  ],
  ["a calibration after a check that found it off", [SECURED, CALIBRATED, checked(0.05), CALIBRATED]],
  ["a lock after the flash was written", [CALIBRATED, { type: "erase-begun", at }, SECURED, CALIBRATED]],
])("%s leaves it passed", (_, entries) => {
  expect(verdict({}, entries).passed).toBe(true);
});

test("four passed checks are not enough where an item of the closing list is missing", () => {
  const found = verdict({ closing: { ...CLOSED, confirmed: [] } });
  expect(found.items.every(({ state }) => state === "passed")).toBe(true);
  expect(found.closing.done).toBe(4);
  expect(found.passed).toBe(false);
});

describe("where the list was not finished", () => {
  const reading: AnsweredEntry = {
    type: "answered",
    version: 1,
    at,
    kind: "measure",
    id: "final-earth-resistance",
    text: "Earth?",
    answer: 0.8,
    unit: "ohm",
  };
  test("the last reading is named", () => {
    const [earth] = verdict({ closing: undefined, answers: [reading] }).items;
    expect(earth?.note).toContain("0.8\u00a0Ω");
    expect(earth?.value).toBeUndefined();
  });
  test("a plug on its maker's firmware shows none of them", () => {
    const [earth] = verdict({ closing: undefined, answers: [reading], vendorSince: at }).items;
    expect(earth?.note).not.toContain("0.8");
  });
});
