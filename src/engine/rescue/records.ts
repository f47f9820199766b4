/** What the home folder contains about a plug that is to be rescued. */
import { foldConversion } from "../../core/conversion/state.ts";
import type { RecordObservation } from "../../core/rescue/observations.ts";
import { calibrationsOf } from "../calibration/journal-records.ts";
import { lastCalibration } from "../calibration/records.ts";
import { type UnfinishedChange, unfinishedChange } from "../flash/unfinished.ts";
import { listBackups } from "../home/backups.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { readSecrets } from "../home/plug-records.ts";
import type { Files } from "../ports.ts";

export const NO_RECORDS: RecordObservation = {
  passwordOnRecord: false,
  calibrated: false,
  sealedBackup: false,
  halfWritten: undefined,
  wiresAttached: false,
};

/** Errors: file-corrupt, record-newer, file-*. */
export async function readRecords(files: Files, home: string, plug: string | undefined): Promise<RecordObservation> {
  if (plug === undefined) return NO_RECORDS;
  const entries = await readJournal(files, plugFolder(home, plug));
  const { webPassword, nextWebPassword } = await readSecrets({ files, path: home }, plug);
  const unfinished: UnfinishedChange | undefined = unfinishedChange(entries);
  return {
    passwordOnRecord: webPassword !== undefined || nextWebPassword !== undefined,
    calibrated: lastCalibration(calibrationsOf(entries)) !== undefined,
    sealedBackup: (await listBackups(files, home, plug)).length > 0,
    halfWritten: unfinished?.kind,
    wiresAttached: foldConversion(entries).wiresAttached,
  };
}
