import { expect, test } from "vitest";
import { parseEntry } from "../journal/stored-entry.ts";
import { nextStep, stepsInOrder, supplyOnRecord } from "./next-step.ts";
import { CONVERSION_STEPS, type ConversionState, type ConversionStep, foldConversion } from "./state.ts";

const at = "2026-11-30T10:00:00Z";
const started = { type: "conversion-begun", version: 1, at };
const step = (name: ConversionStep, data = {}) => ({ type: "conversion-step", version: 1, at, step: name, data });
const fold = (...entries: readonly object[]): ConversionState =>
  foldConversion([started, ...entries].map((each) => parseEntry(each)!));

const FLASHED = (["connect", "identify", "back-up", "write"] as const).map((name) => step(name));

test.each([
  ["strong", step("prepare", { supply: "strong" }), step("boot"), "provision"],
  ["weak", step("prepare", { supply: "weak" }), step("boot", { deferred: true }), "close-case"],
  ["strong, by its boot alone", step("prepare"), step("boot", { version: "15.2.0" }), "provision"],
  ["weak, by its boot alone", step("prepare"), step("boot", { deferred: true }), "close-case"],
])(
  "after the boot of a plug whose supply is %s the next step is the one that its supply allows",
  (_, prepare, boot, next) => {
    expect(nextStep(fold(prepare, ...FLASHED, boot))).toBe(next);
  },
);

test.each([
  ["strong", "boot", ["provision", "configure", "secure", "audit", "close-case", "calibrate", "report"]],
  ["weak", "boot", ["close-case", "provision", "configure", "secure", "audit", "calibrate", "report"]],
] as const)("on a %s supply each finished step moves the next one on, to the end", (supply, last, after) => {
  const entries = [step("prepare", { supply }), ...FLASHED, step(last, { deferred: supply === "weak" })];
  for (const name of after) {
    expect(nextStep(fold(...entries))).toBe(name);
    entries.push(step(name));
  }
  expect(nextStep(fold(...entries))).toBeUndefined();
});

test("a closed case that was opened again on a weak supply is closed before anything else is done", () => {
  const wires = { type: "wires-attached", version: 1, at };
  const boot = step("boot", { deferred: true });
  const entries = [step("prepare", { supply: "weak" }), ...FLASHED, boot, step("close-case")];
  expect(nextStep(fold(...entries))).toBe("provision");
  expect(nextStep(fold(...entries, wires))).toBe("close-case");
});

test("both orders hold every step once, and nothing is known of the supply before it is on record", () => {
  for (const supply of ["strong", "weak", undefined] as const) {
    expect([...stepsInOrder(supply)].sort()).toEqual([...CONVERSION_STEPS].sort());
  }
  expect(supplyOnRecord(fold())).toBeUndefined();
});
