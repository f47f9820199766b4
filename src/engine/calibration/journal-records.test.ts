import { expect, test } from "vitest";
import { foldConversion } from "../../core/conversion/state.ts";
import { parseEntry } from "../../core/journal/stored-entry.ts";
import { calibrationsOf } from "./journal-records.ts";

const at = "2026-01-01T00:00:00.000Z";
const constants = { voltage: 1950, power: 12530, current: 3500 };
const record = { version: 1, kind: "undone", at, before: constants, after: constants };

const entriesOf = (...records: readonly unknown[]) =>
  [
    ...records.map((each) => ({ type: "calibration", at, record: each })),
    { type: "wires-attached", version: 1, at },
  ].map((entry) => parseEntry(entry)!);

test("a calibration record of a later version is refused by those who need it, and only by them", () => {
  const entries = entriesOf(record, { ...record, version: 2, after: "elsewhere" });
  expect(() => calibrationsOf(entries)).toThrowError(
    expect.objectContaining({ code: "record-newer", message: expect.stringContaining("version 2") }),
  );
  expect(foldConversion(entries).wiresAttached).toBe(true);
});

test.each([
  { what: "no record", bad: undefined },
  { what: "constants that are no numbers", bad: { ...record, after: "x" } },
])("a calibration entry with $what is passed over", ({ bad }) => {
  expect(calibrationsOf(entriesOf(bad, record))).toEqual([record]);
});

test("a calibration whose table is damaged can still be taken back", () => {
  const calibrated = { ...record, kind: "calibrated", method: "m", samples: 12, results: [{}], resistive: "r" };
  expect(calibrationsOf(entriesOf(calibrated))).toEqual([{ ...calibrated, results: [] }]);
});
