import { expect, test } from "vitest";
import { type ConversionState, foldConversion } from "../../core/conversion/state.ts";
import { parseEntry } from "../../core/journal/stored-entry.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import type { ConversionStep } from "../../core/step-id.ts";
import { wiresForConversion, wiresForStep } from "./wires-needed.ts";

const common = { version: JOURNAL_ENTRY_VERSION, at: "2026-01-01T00:00:00.000Z" };
const step = (name: ConversionStep, data = {}) => ({ ...common, type: "conversion-step", step: name, data });
const WIRED = { ...common, type: "wires-attached" };
const fold = (...entries: readonly object[]): ConversionState =>
  foldConversion(entries.map((each) => parseEntry(each)!));

test.each([
  ["a plug that nothing was done to is not on the adapter yet", [], "alone"],
  ["a wired plug that is to be written has to start in download mode", [WIRED, step("prepare")], "download"],
  ["a written plug has to run", [WIRED, step("prepare", { supply: "strong" }), step("write")], "running"],
  [
    "a written plug on a weak supply must not: no adapter is looked for",
    [WIRED, step("prepare", { supply: "weak" }), step("write")],
    undefined,
  ],
  [
    "a plug whose first start is left for mains must not run at the wires either",
    [WIRED, step("prepare"), step("write"), step("boot", { deferred: true })],
    undefined,
  ],
  [
    "a closed plug has no wires",
    [WIRED, step("prepare", { supply: "strong" }), step("write"), step("close-case")],
    undefined,
  ],
])("%s", (_, entries, handling) => {
  expect(wiresForConversion(fold(...entries))).toBe(handling);
});

test("a conversion that begins measures the adapter alone first", () => {
  expect(wiresForConversion(undefined)).toBe("alone");
});

test.each([
  ["always", [], "running"],
  ["if attached", [WIRED], "running"],
  ["if attached", [WIRED, step("close-case")], undefined],
  ["never", [WIRED], undefined],
] as const)("a step that needs wires %s, with %j on record", (needs, entries, handling) => {
  expect(wiresForStep(needs, fold(...entries))).toBe(handling);
});
