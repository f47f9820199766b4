/** Calibration records in the plug's journal. */

import { foldConversion } from "../../core/conversion/state.ts";
import type { CalibrationRecord } from "../../core/journal/calibration-record.ts";
import { entriesOf, type StoredEntry } from "../../core/journal/stored-entry.ts";
import { refuseNewerCalibration } from "../../core/journal/version.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import type { Files } from "../ports.ts";
import { settleContacts } from "../safety/wire-contacts.ts";
import type { CalibrationRecords } from "./records.ts";

/** The records among a journal's entries. @throws record-newer */
export function calibrationsOf(entries: readonly StoredEntry[]): readonly CalibrationRecord[] {
  return entriesOf(entries, "calibration").flatMap(({ record }) => {
    refuseNewerCalibration(record);
    return record.kind === undefined ? [] : [record];
  });
}

/** Opens the plug's journal for one calibration; nobody else may write it meanwhile. @throws locked, file-* */
export async function openCalibrationRecords(
  files: Files,
  home: string,
  mac: string,
): Promise<CalibrationRecords & { close(): Promise<void> }> {
  const journal = await openPlugJournal(files, home, mac);
  return {
    append: (record) => journal.append({ type: "calibration", at: record.at, record }),
    all: async () => calibrationsOf(journal.entries),
    wires: async (asking) => {
      await settleContacts({ files, home, ...asking }, mac, journal);
      return foldConversion(journal.entries).wires;
    },
    close: () => journal.close(),
  };
}
