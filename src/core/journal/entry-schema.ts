/** The union of entries.ts as a schema, told apart by type and, for a conversion's steps, by step. */
import * as v from "valibot";
import type { ConversionStep } from "../step-id.ts";
import { calibrationRecord } from "./calibration-record.ts";
import type { JournalEntry } from "./entries.ts";
import { flag, lenient, number, text } from "./lenient.ts";
import { measurement, STEP_DATA } from "./step-data.ts";
import { JOURNAL_ENTRY_VERSION } from "./version.ts";

const at = v.string();
const version = v.number();
/** Of entries that are read without one. */
const anyVersion = v.fallback(v.number(), JOURNAL_ENTRY_VERSION);

const stepDone = <S extends ConversionStep>(step: S) =>
  v.looseObject({
    type: v.literal("conversion-step"),
    at,
    version,
    step: v.literal(step),
    data: v.fallback(v.optional(STEP_DATA[step], {}), {}),
  });

/** Older versions named two steps by their texts. What they wrote is read as it is written now. */
const OLDER_STEPS: Readonly<Record<string, ConversionStep>> = {
  "back up": "back-up",
  "close the case": "close-case",
};

const stepIdOf = (step: unknown): unknown =>
  typeof step === "string" && Object.hasOwn(OLDER_STEPS, step) ? OLDER_STEPS[step] : step;

const withStepId = (entry: unknown): unknown =>
  typeof entry === "object" && entry !== null && "step" in entry ? { ...entry, step: stepIdOf(entry.step) } : entry;

const current: v.GenericSchema<unknown, JournalEntry> = v.variant("type", [
  v.looseObject({ type: v.literal("backup-sealed"), at, backup: text, md5: text, sha256: text }),
  v.looseObject({
    type: v.literal("erase-begun"),
    at,
    kind: lenient(v.picklist(["write", "erase", "restore"])),
    sha256: text,
    from: number,
    length: number,
    md5: text,
    gate: text,
    digestAgeMs: number,
    backup: text,
  }),
  v.looseObject({ type: v.literal("target-proven"), at, md5: text }),
  v.looseObject({ type: v.literal("restore-proven"), at, md5: text, firmware: text }),
  v.looseObject({ type: v.literal("conversion-begun"), at, version }),
  v.looseObject({ type: v.literal("provision-begun"), at, version }),
  v.looseObject({ type: v.literal("wires-attached"), at, version, where: text }),
  v.variant("step", [
    stepDone("prepare"),
    stepDone("connect"),
    stepDone("identify"),
    stepDone("back-up"),
    stepDone("write"),
    stepDone("boot"),
    stepDone("provision"),
    stepDone("configure"),
    stepDone("secure"),
    stepDone("audit"),
    stepDone("close-case"),
    stepDone("calibrate"),
    stepDone("report"),
  ]),
  v.looseObject({
    type: v.literal("closing-item"),
    at,
    version,
    item: v.string(),
    measured: v.optional(measurement),
    contacts: number,
  }),
  v.looseObject({
    type: v.literal("answered"),
    at,
    version,
    kind: v.picklist(["act", "choose", "measure", "provide"]),
    id: v.string(),
    text,
    answer: lenient(v.nullable(v.union([v.string(), v.number()]))),
    words: text,
    unit: lenient(v.picklist(["V", "A", "W", "ohm", "Mohm"])),
  }),
  v.looseObject({ type: v.literal("calibration"), at, record: calibrationRecord }),
  v.looseObject({
    type: v.literal("rescued"),
    at,
    version: anyVersion,
    symptom: text,
    roads: lenient(v.array(v.string())),
    outcome: lenient(v.literal("vendor")),
    calibration: lenient(v.picklist(["restored", "kept", "none"])),
  }),
  v.looseObject({ type: v.literal("wire-contacts-denied"), at, version: anyVersion, upTo: v.number() }),
  v.looseObject({
    type: v.literal("wire-contact"),
    at,
    version: anyVersion,
    contact: v.number(),
    adapter: v.fallback(v.string(), "unknown"),
    where: v.fallback(v.string(), "unknown"),
  }),
  v.looseObject({
    type: v.literal("wire-contact-identified"),
    at,
    version: anyVersion,
    contact: v.number(),
    plug: v.string(),
    missing: flag,
  }),
]);

export const journalEntry: v.GenericSchema<unknown, JournalEntry> = v.pipe(
  v.unknown(),
  v.transform(withStepId),
  current,
);
