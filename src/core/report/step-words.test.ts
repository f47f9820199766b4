import { expect, test } from "vitest";
import type { ConversionStep, FinishedSteps } from "../conversion/state.ts";
import { stepSummary, stepWords } from "./step-words.ts";

const AT = "2026-11-30T16:31:00Z";
const finished = (step: ConversionStep, data: object): FinishedSteps =>
  new Map([[step, { step, at: AT, data }]]) as unknown as FinishedSteps;

/** What is on record of a step, as programs get it and as the report says it. */
test.each<[ConversionStep, object, summary: string, words: string]>([
  [
    "prepare",
    { supply: "strong" },
    "supply strong",
    "Opened, wired and measured on 30 November 2026, fed with 3.3 V that carry its radio.",
  ],
  [
    "prepare",
    { supply: "weak" },
    "supply weak",
    "Opened, wired and measured on 30 November 2026, fed with 3.3 V that do not carry its radio.",
  ],
  ["prepare", {}, "supply undefined", "Opened, wired and measured on 30 November 2026."],
  [
    "identify",
    { chip: "ESP8285N08", flashId: "c84014" },
    "ESP8285N08, flash id c84014",
    "Chip identified: ESP8285N08.",
  ],
  ["identify", {}, "undefined, flash id undefined", ""],
  [
    "back-up",
    { sha256: "0123456789abcdef0123" },
    "sealed, SHA-256 0123456789abcdef…",
    "Old firmware backed up and checked.",
  ],
  [
    "back-up",
    { sha256: "0123456789abcdef0123", already: true },
    "sealed, SHA-256 0123456789abcdef… (was there already)",
    "Old firmware backed up and checked.",
  ],
  ["write", { md5: "abc" }, "proven, MD5 abc", "New firmware written and checked."],
  ["boot", { deferred: true }, "left for the first time at mains", "First start left for mains, in the closed case."],
  ["boot", { restartReason: "Power On" }, '"Power On"', "Started from cold."],
  ["configure", {}, "done", "Configured."],
  ["secure", {}, "done", "Password set."],
  ["secure", { refused: 22 }, "done", "Password set; 22 tries without it were refused."],
  ["audit", {}, "done", "Every setting read back."],
  ["close-case", { confirmed: ["a", "b"], measured: [{}] }, "done", "Closed: 2 items confirmed, 1 measured."],
  ["close-case", {}, "done", "Closed: 0 items confirmed, 0 measured."],
  ["calibrate", { skipped: true }, "left for later", "Calibration left for later."],
  ["calibrate", {}, "see its certificate", "Calibrated 2026-11-30 16:31 UTC."],
  ["connect", {}, "done", ""],
  ["report", {}, "done", ""],
])("the step %s with %j is reported", (step, data, summary, words) => {
  expect(String(stepSummary(step, finished(step, data)))).toBe(summary);
  expect(String(stepWords(step, finished(step, data)))).toBe(words);
});
