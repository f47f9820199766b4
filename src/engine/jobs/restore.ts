/**
 * Undoing a conversion: the vendor's firmware back into its plug, byte for byte. The flash session proves it by the
 * chip's own digest of its whole flash and refuses another plug's backup; here it is chosen which backup that is.
 */
import { PlugsmithError } from "../../core/errors.ts";
import { type FirmwareFacts, identifyFirmware } from "../../core/firmware/identify.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { RestoreSource } from "../flash/contract.ts";
import { firstBackup } from "../home/backup-order.ts";
import { isDamage, listBackups, readSealedImage, type SealedBackup } from "../home/backups.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import type { Files } from "../ports.ts";

export interface ChosenBackup {
  readonly source: RestoreSource;
  /** For people. */
  readonly name: string;
}

/** A backup that may be the one that is meant. */
export interface BackupCandidate {
  /** Names it in `restore`. */
  readonly id: string;
  /** UTC, ISO 8601, as the computer's clock had it. */
  readonly time: string;
  /** Judged by its bytes: a hint for the person who chooses, never the decision. */
  readonly firmware: FirmwareFacts["kind"];
}

/** Asks a person which one is meant; resolves to its id. */
export type AskWhich = (candidates: readonly BackupCandidate[]) => Promise<string>;

/**
 * What the plug was delivered with: the backup that was sealed first. Which that is, the backups' numbers say, in older
 * homes the journal and the time stamps. Where these disagree, or where the first is recognized as Tasmota and a later
 * one is not, a person is asked.
 *
 * @param id of a sealed backup, where a certain one is meant; undefined where there is none of that name.
 * @throws file-corrupt, record-newer, file-*; needs-input, naming the backups, where a person would have to be asked and `ask` is not given.
 */
export async function chooseBackup(
  files: Files,
  home: string,
  plug: string,
  id?: string,
  ask?: AskWhich,
): Promise<ChosenBackup | undefined> {
  const backups = await listBackups(files, home, plug);
  if (id !== undefined) return await chosen(files, backups, id);
  if (backups.length === 0) return undefined;
  // Equal ones are one: it makes no difference which of them goes back.
  const distinct = backups.filter(
    ({ manifest }, i) => backups.findIndex((each) => each.manifest.sha256 === manifest.sha256) === i,
  );
  const first =
    distinct.length === 1 ? distinct[0] : firstBackup(backups, await readJournal(files, plugFolder(home, plug)));
  if (first !== undefined && !(await isDoubtful(files, first, distinct))) return await chosen(files, backups, first.id);
  const candidates = await Promise.all(distinct.map((backup) => candidate(files, backup)));
  if (ask === undefined) throw unclear(plug, candidates);
  return await chosen(files, backups, await ask(candidates));
}

/** It is Tasmota, and another is not: the plug may have been converted when it first came here. */
async function isDoubtful(files: Files, first: SealedBackup, all: readonly SealedBackup[]): Promise<boolean> {
  if (all.length === 1 || (await candidate(files, first)).firmware !== "tasmota") return false;
  const others = await Promise.all(all.filter((each) => each !== first).map((each) => candidate(files, each)));
  return others.some(({ firmware }) => firmware !== "tasmota");
}

async function candidate(files: Files, backup: SealedBackup): Promise<BackupCandidate> {
  const { id, manifest } = backup;
  const firmware = await readSealedImage(files, backup).then(
    (bytes) => identifyFirmware(bytes).kind,
    // A damaged one can be named and is refused then.
    (error: unknown) => {
      if (isDamage(error)) return "unknown" as const;
      throw error;
    },
  );
  return { id, time: manifest.time, firmware };
}

function unclear(plug: string, candidates: readonly BackupCandidate[]): PlugsmithError {
  const list = joined(
    candidates.map(({ id, firmware }) => say`${id} (${firmwareWords(firmware)})`),
    ", ",
  );
  return new PlugsmithError("needs-input", {
    message: say`plugsmith cannot tell which backup of ${plug.match(/../g)!.join(":")} is the original: ${list}.`,
    step: "restore",
    plugState: say`untouched`,
    nextStep: say`Name the backup to restore: plugsmith restore ${candidates[0]!.id}.`,
    context: { plug, backups: candidates.map(({ id }) => id) },
  });
}

/** For people. */
export function firmwareWords(firmware: FirmwareFacts["kind"]): Text {
  return firmware === "unknown" ? say`firmware not recognized` : say`looks like ${FIRMWARE_NAMES[firmware]}`;
}

const FIRMWARE_NAMES = {
  tasmota: "Tasmota",
  esphome: "ESPHome",
  espurna: "ESPurna",
  tuya: say`vendor firmware for Tuya's platform`,
} as const;

async function chosen(files: Files, backups: readonly SealedBackup[], id: string): Promise<ChosenBackup | undefined> {
  const backup = backups.find((each) => each.id === id);
  if (backup === undefined) return undefined;
  const { manifest } = backup;
  return {
    source: { bytes: await readSealedImage(files, backup), manifest },
    name: `the backup of ${manifest.time}`,
  };
}

/** Errors: wrong-plug where another plug is on the wires. */
export function requirePlug({ mac, plug }: ChipIdentity, wanted: string): void {
  if (plug === wanted) return;
  throw new PlugsmithError("wrong-plug", {
    message: say`Plug ${mac} is on the wires, not ${wanted.match(/../g)!.join(":")}.`,
    step: "identify",
    plugState: say`untouched`,
    nextStep: say`Connect the other plug, or name this one.`,
    context: { expected: wanted, found: plug },
  });
}
