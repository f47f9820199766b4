/**
 * Which versions of a journal's entries this plugsmith reads. This is the only place that decides it: an entry of a later
 * version could mean something that this version would misread, so nothing is done on such a record.
 */

import { PlugsmithError } from "../errors.ts";
import { say } from "../text/text.ts";

/** Of the entries that carry a version. Raise it when an entry gets something that older versions must not overlook. */
export const JOURNAL_ENTRY_VERSION = 1;

/** Of a calibration record, which has a version of its own inside its entry. */
export const CALIBRATION_RECORD_VERSION = 1;

/** @throws record-newer. An entry without a version is as old as the first. */
export function refuseNewer(entry: object): void {
  const version = newerThan(JOURNAL_ENTRY_VERSION, entry);
  if (version === undefined) return;
  throw new PlugsmithError("record-newer", {
    message: say`The plug's journal was written by a newer plugsmith (entry version ${version}; this one knows ${JOURNAL_ENTRY_VERSION}).`,
    step: "open-journal",
    plugState: say`untouched by this run`,
    nextStep: say`Update plugsmith, then run it again; nothing was changed.`,
    context: { version },
  });
}

/** Only for those who need the calibration: a newer record does not keep the rest of the journal from being read. @throws record-newer */
export function refuseNewerCalibration(record: object): void {
  const version = newerThan(CALIBRATION_RECORD_VERSION, record);
  if (version === undefined) return;
  throw new PlugsmithError("record-newer", {
    message: say`This plug's calibration was recorded by a newer plugsmith (version ${version}).`,
    step: "calibrate",
    plugState: say`unchanged`,
    nextStep: say`Update plugsmith.`,
    context: { version },
  });
}

function newerThan(known: number, record: object): number | undefined {
  const version = "version" in record ? record.version : undefined;
  return typeof version === "number" && version > known ? version : undefined;
}
