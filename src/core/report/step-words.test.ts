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
    "Opened, wired and measured on 30 November 2026. The 3.3 V supply is strong enough for Wi-Fi.",
  ],
  [
    "prepare",
    { supply: "weak" },
    "supply weak",
    "Opened, wired and measured on 30 November 2026. The 3.3 V supply is too weak for Wi-Fi.",
  ],
  ["prepare", {}, "supply undefined", "Opened, wired and measured on 30 November 2026."],
  [
    "identify",
    { chip: "ESP8285N08", flashId: "c84014" },
    "ESP8285N08, flash id c84014",
    "Chip identified: ESP8285N08.",
  ],
  ["identify", {}, "undefined, flash id undefined", "Chip identified."],
  [
    "back-up",
    { sha256: "0123456789abcdef0123" },
    "sealed, SHA-256 0123456789abcdef…",
    "Original firmware backed up and verified.",
  ],
  [
    "back-up",
    { sha256: "0123456789abcdef0123", already: true },
    "sealed, SHA-256 0123456789abcdef… (was there already)",
    "Original firmware backed up and verified.",
  ],
  ["write", { md5: "abc" }, "proven, MD5 abc", "New firmware written and verified."],
  [
    "boot",
    { deferred: true },
    "left for the first time at mains",
    "First start postponed until the case is closed and the plug is on mains.",
  ],
  ["boot", { restartReason: "Power On" }, '"Power On"', "First start from power-on seen."],
  ["configure", {}, "done", "Configured."],
  ["secure", {}, "done", "Password set."],
  ["secure", { refused: 22 }, "done", "Password set. Attempts without it that were refused: 22."],
  ["audit", {}, "done", "Every setting read back."],
  ["close-case", { confirmed: ["a", "b"], measured: [{}] }, "done", "Case closed. Items confirmed: 2, measured: 1."],
  ["close-case", {}, "done", "Case closed. Items confirmed: 0, measured: 0."],
  ["calibrate", { skipped: true }, "left for later", "Calibration postponed."],
  ["calibrate", {}, "see its certificate", "Calibrated on 2026-11-30 16:31 UTC."],
  ["connect", {}, "done", "Done."],
  ["report", {}, "done", "Done."],
  ["provision", {}, "over undefined, at undefined", "Connected to the network."],
  [
    "provision",
    { road: "serial", address: "192.168.1.51" },
    "over serial, at 192.168.1.51",
    "Connected to the network over the serial line, at 192.168.1.51.",
  ],
  [
    "provision",
    { road: "constructor", address: "192.168.1.51" },
    "over constructor, at 192.168.1.51",
    "Connected to the network at 192.168.1.51.",
  ],
])("the step %s with %j is reported", (step, data, summary, words) => {
  expect(String(stepSummary(step, finished(step, data)))).toBe(summary);
  expect(String(stepWords(step, finished(step, data)))).toBe(words);
});
