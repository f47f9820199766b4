import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { EntryType, JournalEntry } from "./entries.ts";
import { entriesOf, parseEntry, recognized, type StoredEntry, UnrecognizedEntry } from "./stored-entry.ts";

const at = "2026-01-01T00:00:00.000Z";
const constants = { voltage: 1950, power: 12530, current: 3500 };

/** One of each type, so that the compiler says where one is missing. */
const SAMPLES: { readonly [T in EntryType]: Extract<JournalEntry, { type: T }> } = {
  "backup-sealed": { type: "backup-sealed", at, backup: "b", md5: "m", sha256: "s" },
  "erase-begun": {
    type: "erase-begun",
    at,
    kind: "write",
    sha256: "s",
    from: 0x1000,
    length: 4096,
    md5: "m",
    gate: "the flash equals the sealed backup b",
    digestAgeMs: 12,
    backup: "b",
  },
  "target-proven": { type: "target-proven", at, md5: "m" },
  "restore-proven": { type: "restore-proven", at, md5: "m", firmware: "tasmota" },
  "conversion-begun": { type: "conversion-begun", at, version: 1 },
  "provision-begun": { type: "provision-begun", at, version: 1 },
  "wires-attached": { type: "wires-attached", at, version: 1, where: "FTDI FT232R at /dev/ttyUSB0" },
  "conversion-step": { type: "conversion-step", at, version: 1, step: "calibrate", data: { after: constants } },
  "closing-item": {
    type: "closing-item",
    at,
    version: 1,
    item: "earth-resistance",
    measured: { id: "earth-resistance", value: 0.1, unit: "ohm", leads: 0.2, limit: "at most 0.3 Ω", source: "DIN" },
    contacts: 2,
  },
  answered: { type: "answered", at, version: 1, kind: "measure", id: "v", text: "Volts?", answer: null, unit: "V" },
  calibration: {
    type: "calibration",
    at,
    record: { version: 1, kind: "undone", at, before: constants, after: constants },
  },
  rescued: { type: "rescued", at, version: 1, symptom: "boot-loop", roads: ["power-cycle"], calibration: "kept" },
  "wire-contacts-denied": { type: "wire-contacts-denied", at, version: 1, upTo: 3 },
  "wire-contact": { type: "wire-contact", at, version: 1, contact: 1, adapter: "0403:6001/A", where: "FTDI at A" },
  "wire-contact-identified": {
    type: "wire-contact-identified",
    at,
    version: 1,
    contact: 1,
    plug: "c44f33a1b212",
    missing: true,
  },
};

/** What earlier versions called two of the steps. */
const OLDER_NAMES = [
  ["back up", "back-up"],
  ["close the case", "close-case"],
] as const;

const withStepId = (line: unknown): unknown => {
  const { step } = line as { readonly step?: unknown };
  const id = OLDER_NAMES.find(([older]) => older === step)?.[1];
  return id === undefined ? line : { ...(line as object), step: id };
};

const samples = Object.values(SAMPLES);
const linesOf = (name: string): unknown[] =>
  readFileSync(`test/fixtures/journals/${name}.jsonl`, "utf8")
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));

describe("an entry of type", () => {
  test.each(samples)("$type is read as it was written", (entry) => {
    const read = parseEntry(JSON.parse(JSON.stringify(entry)));
    expect(read).toEqual(entry);
    expect(recognized([read!])).toEqual([entry]);
    expect(entriesOf([read!], entry.type)).toEqual([entry]);
  });

  test.each(samples)("$type of a later version is refused, however it was come by", (entry) => {
    const newer = { ...entry, version: 2 };
    const refusal = expect.objectContaining({ code: "record-newer", message: expect.stringContaining("version 2") });
    expect(() => parseEntry(newer)).toThrowError(refusal);
    expect(() => recognized([newer])).toThrowError(refusal);
  });

  test.each(samples)("$type keeps a field that no reader knows", (entry) => {
    expect(parseEntry({ ...entry, comment: "mine" })).toEqual({ ...entry, comment: "mine" });
  });
});

test("an entry of an unknown type of a later version is refused", () => {
  expect(() => parseEntry({ type: "telepathy", at, version: 2 })).toThrowError(
    expect.objectContaining({ code: "record-newer" }),
  );
});

test.each([
  { what: "an unknown type", entry: { type: "telepathy", at, text: "x" } },
  { what: "a name that every object has", entry: { type: "constructor", at } },
  { what: "wires without a version", entry: { type: "wires-attached", at } },
  { what: "a step that is none", entry: { type: "conversion-step", version: 1, at, step: "levitate", data: {} } },
  { what: "no step", entry: { type: "conversion-step", version: 1, at } },
  { what: "an answer without its question", entry: { type: "answered", version: 1, at, kind: "act" } },
  { what: "a calibration without its record", entry: { type: "calibration", at } },
  {
    what: "a calibration whose constants are not whole",
    entry: {
      type: "calibration",
      at,
      record: { version: 1, kind: "undone", at, before: constants, after: { voltage: 1950 } },
    },
  },
  { what: "a denial of no contact", entry: { type: "wire-contacts-denied", version: 1, at } },
  { what: "a contact without a number", entry: { type: "wire-contact", version: 1, at, adapter: "a", where: "w" } },
  { what: "an identified contact without its plug", entry: { type: "wire-contact-identified", at, contact: 1 } },
])("an entry with $what is kept as it was stored, and passed over", ({ entry }) => {
  const read = parseEntry(entry)!;
  expect(read).toBeInstanceOf(UnrecognizedEntry);
  expect(JSON.parse(JSON.stringify(read))).toEqual(entry);
  expect(recognized([read])).toEqual([]);
});

test.each([
  { what: "of what kind", entry: { ...SAMPLES["erase-begun"], kind: 5 }, read: { kind: undefined, md5: "m" } },
  { what: "which backup", entry: { ...SAMPLES["erase-begun"], backup: {} }, read: { backup: undefined, md5: "m" } },
  { what: "where", entry: { ...SAMPLES["wires-attached"], where: 5 }, read: { where: undefined, version: 1 } },
  {
    what: "what was measured",
    entry: { ...SAMPLES["conversion-step"], step: "close-case", data: { closedAt: at, measured: ["x"] } },
    read: { data: { closedAt: at, measured: undefined } },
  },
  { what: "what the step found", entry: { ...SAMPLES["conversion-step"], data: 5 }, read: { data: {} } },
])("an entry that does not say properly $what counts all the same", ({ entry, read }) => {
  const parsed = parseEntry(entry)!;
  expect(parsed).toMatchObject(read);
  expect(recognized([parsed])).toHaveLength(1);
});

test.each([
  ["a text", "erase-begun"],
  ["nothing", null],
  ["a list", [{ type: "one", at }]],
  ["no time", { type: "one" }],
  ["no type", { at }],
  ["a time that is a number", { type: "one", at: 5 }],
])("%s is no journal entry", (_, value) => {
  expect(parseEntry(value)).toBeUndefined();
});

test.each(["before-contacts", "with-contacts", "contacts"])(
  "every entry of a journal that an earlier version wrote is recognized, and nothing of it is lost: %s",
  (name) => {
    const lines = linesOf(name);
    const entries = lines.map((line): StoredEntry => parseEntry(line)!);
    expect(entries.length).toBeGreaterThan(5);
    expect(recognized(entries)).toEqual(lines.map(withStepId));
  },
);

test.each(OLDER_NAMES)('a step that an earlier version recorded as "%s" is read as %s, with its data', (older, id) => {
  const entry = { type: "conversion-step", version: 1, at, step: older, data: { sha256: "s", closedAt: at } };
  expect(entriesOf([parseEntry(entry)!], "conversion-step")).toEqual([{ ...entry, step: id }]);
});

test("the journals of earlier versions hold both of the older step names", () => {
  const steps = ["before-contacts", "with-contacts"].flatMap(linesOf).map((line) => (line as { step?: string }).step);
  for (const [older] of OLDER_NAMES) expect(steps).toContain(older);
});
