/**
 * A text for an issue, with nothing private in it. What is let through is listed here: ids, codes, numbers and versions. Free
 * text (messages, names, addresses, paths) is never copied, so no secret has to be recognized to be kept out.
 */

import { nextStep } from "../conversion/next-step.ts";
import { CONVERSION_STEPS, type ConversionState } from "../conversion/state.ts";
import { ERROR_CODES } from "../errors.ts";
import type { StoredEntry } from "../journal/stored-entry.ts";

export interface BugReportFacts {
  /** Program, Node and operating system with their versions, as this program knows them of itself. */
  readonly about: readonly string[];
  /** Keys of adapters.json. */
  readonly adapters: readonly string[];
  readonly plug:
    | { readonly mac: string; readonly state: ConversionState; readonly entries: readonly StoredEntry[] }
    | undefined;
  /** Lines that a command wrote with `--json`, each parsed; anything. */
  readonly events: readonly unknown[];
  /** Trace of an internal error, as it was kept. */
  readonly trace: string | undefined;
}

/** How many of the last entries and events are included. */
const LAST = 30;
/** Ids are made by this program: lower-case words joined by hyphens. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const IDS = {
  type: [
    "job-started",
    "step-started",
    "step-finished",
    "progress",
    "hearing",
    "meter",
    "notice",
    "output",
    "retry",
    "fact",
    "result",
  ],
  level: ["info", "warning"],
} as const;
const NUMBERS = [
  "done",
  "total",
  "rate",
  "leftMs",
  "durationMs",
  "computerMs",
  "attempt",
  "version",
  "voltage",
  "current",
  "power",
];

export function bugReport(facts: BugReportFacts): string {
  const { about, plug, trace } = facts;
  const parts = [
    "# plugsmith bug report",
    "",
    "What I did, what I expected, what happened:",
    "",
    "## Versions",
    ...about.map((line) => `- ${line}`),
    ...adapterLines(facts.adapters),
    "",
    ...(plug === undefined ? [] : plugLines(plug)),
    ...eventLines(facts.events),
    ...(trace === undefined ? [] : ["## Trace of the last internal error", ...traceLines(trace), ""]),
  ];
  return `${parts.join("\n").trimEnd()}\n`;
}

function adapterLines(keys: readonly string[]): string[] {
  const ids = new Set(keys.flatMap((key) => /^[0-9a-f]{4}:[0-9a-f]{4}(?=\/)/.exec(key) ?? []));
  return ids.size === 0 ? [] : [`- USB ids of the adapters: ${[...ids].join(", ")}`];
}

function plugLines({ mac, state, entries }: NonNullable<BugReportFacts["plug"]>): string[] {
  const done = CONVERSION_STEPS.filter((step) => state.finished.has(step));
  return [
    "## The plug's record",
    `- maker's half of its MAC: ${mac.slice(0, 6)}`,
    `- steps done: ${done.length === 0 ? "none" : done.join(", ")}`,
    `- next step: ${nextStep(state) ?? "none"}`,
    `- wires on record: ${state.wiresAttached ? "yes" : "no"}; erasing began: ${state.erasing ? "yes" : "no"}`,
    "",
    "Last entries:",
    ...entries.slice(-LAST).map((entry) => `- ${entryWords(entry)}`),
    "",
  ];
}

const ENTRY_TYPES = [
  "backup-sealed",
  "erase-begun",
  "target-proven",
  "restore-proven",
  "conversion-begun",
  "provision-begun",
  "wires-attached",
  "conversion-step",
  "answered",
  "calibration",
  "rescued",
  "wire-contacts-denied",
];

function entryWords(entry: StoredEntry): string {
  const type = ENTRY_TYPES.includes(entry.type) ? entry.type : "of an unknown type";
  const step = "step" in entry ? stepId(entry.step) : undefined;
  return step === undefined ? type : `${type} ${step}`;
}

const stepId = (value: unknown): string | undefined => CONVERSION_STEPS.find((step) => step === value);

function eventLines(events: readonly unknown[]): string[] {
  const lines = events.slice(-LAST).flatMap((event) => {
    const words = eventWords(event);
    return words === undefined ? [] : [`- ${words}`];
  });
  return lines.length === 0 ? [] : ["## Last events", ...lines, ""];
}

function eventWords(event: unknown): string | undefined {
  if (!isRecord(event)) return undefined;
  const type = IDS.type.find((each) => each === event["type"]);
  if (type === undefined) return undefined;
  const numbers = NUMBERS.flatMap((name) => {
    const value = event[name];
    return typeof value === "number" && Number.isFinite(value) ? [`${name} ${value}`] : [];
  });
  const level = IDS.level.find((each) => each === event["level"]);
  const words = [type, stepId(event["step"]), level, ...numbers, errorWords(event["error"])];
  return words.filter((word) => word !== undefined).join(", ");
}

function errorWords(error: unknown): string | undefined {
  if (!isRecord(error)) return undefined;
  const { code, step } = error;
  if (typeof code !== "string" || !ID.test(code) || !Object.hasOwn(ERROR_CODES, code)) return undefined;
  const where = stepId(step);
  return `error ${code} (${ERROR_CODES[code as keyof typeof ERROR_CODES]})${where === undefined ? "" : ` in step ${where}`}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Where in the program: file names of plugsmith's own build with line and column, no folders and no messages. */
function traceLines(trace: string): string[] {
  const places = [
    ...trace.matchAll(/[\\/](?:dist|src)[\\/](?:[\w-]+[\\/])*([\w-]{1,40}\.(?:js|ts|mjs)):(\d{1,7}):(\d{1,7})/g),
  ];
  return places.slice(0, LAST).map(([, file, line, column]) => `- ${file}:${line}:${column}`);
}
