/** Calibration records in the plug's journal, and the command link over a Tasmota client. */

import { foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { CalibrationRecord } from "../../core/journal/calibration-record.ts";
import { entriesOf, type StoredEntry } from "../../core/journal/stored-entry.ts";
import { refuseNewerCalibration } from "../../core/journal/version.ts";
import { isObject, type Json, textField } from "../../core/tasmota/answer.ts";
import { parseCommand, query } from "../../core/tasmota/command.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import type { Files } from "../ports.ts";
import { settleContacts } from "../safety/wire-contacts.ts";
import type { TasmotaClient } from "../tasmota/client.ts";
import type { CommandLink } from "./meter-plug.ts";
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

export function commandLink(client: TasmotaClient): CommandLink {
  return async (command, signal) => {
    const { members } = await client.send(parseCommand(command), { signal });
    return Object.fromEntries(members.map(({ key, value }): [string, Json] => [key, value]));
  };
}

/** 12 lower-case hex digits, asked of the plug. @throws bad-answer */
export async function macOfPlug(client: TasmotaClient, signal?: AbortSignal): Promise<string> {
  const { members } = await client.send(query("Status 5"), { signal });
  const status = members.find(({ key }) => key === "StatusNET")?.value;
  const written = isObject(status) ? textField(status, "Mac") : undefined;
  const digits = written?.replaceAll(":", "").toLowerCase();
  if (digits !== undefined && /^[0-9a-f]{12}$/.test(digits)) return digits;
  throw new PlugsmithError("bad-answer", {
    message: `The plug at ${client.where} does not tell its MAC.`,
    nextStep: "Check that it runs Tasmota 9 or later.",
  });
}
