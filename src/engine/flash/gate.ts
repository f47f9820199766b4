/**
 * The erase gate. Nothing is erased unless the digest of the flash now equals a sealed backup, or the journal proves
 * that erasing had started after such a moment (then what is lost is lost already, and the original is safe); overriding
 * takes the plug's MAC typed by hand. "Now": asked of the chip at the gate, or earlier by the same stub, if the flash
 * cannot have changed since (see flash-digest.ts); the journal says which.
 *
 * Every sealed backup that is counted on is read and digested again first: one that rotted opens nothing.
 */

import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { recognized, type StoredEntry } from "../../core/journal/stored-entry.ts";
import { macDigits } from "../../core/loader/chip.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import { isDamage, listBackups, readSealedImage, type SealedBackup } from "../home/backups.ts";
import type { Codec, Files } from "../ports.ts";

export interface GateQuestion {
  readonly files: Files;
  readonly codec: Codec;
  readonly home: string;
  /** 12 hex digits. */
  readonly plug: string;
  /** The chip's MD5 of the whole flash; requested only if there is a backup that it could equal. */
  readonly md5Now: (again?: "again") => Promise<string>;
  readonly flashSize: number;
  readonly entries: readonly StoredEntry[];
  readonly typedMac: string | undefined;
}

export interface GateAnswer {
  readonly open: boolean;
  /** For people: what opened it, or why it is closed. */
  readonly reason: Text;
  /** The sealed backup that made it safe; undefined when closed or overridden. */
  readonly backup: SealedBackup | undefined;
  /** What the flash holds now, byte for byte, where that is known: the sealed backup that it equals. */
  readonly current: Uint8Array | undefined;
}

export async function askGate(question: GateQuestion): Promise<GateAnswer> {
  const { files, codec, home, plug, md5Now, flashSize, entries, typedMac } = question;
  const backups = (await listBackups(files, home, plug)).filter((backup) => backup.manifest.size === flashSize);
  const digest = backups.length === 0 ? undefined : await md5Now();
  const openedBy = async (md5: string | undefined): Promise<GateAnswer | undefined> => {
    for (const backup of backups.toReversed()) {
      const current = backup.manifest.md5 === md5 ? await soundImage(files, backup, codec) : undefined;
      const reason = say`the flash equals the sealed backup ${backup.id}`;
      if (current !== undefined) return { open: true, reason, backup, current };
    }
    return undefined;
  };
  const opened = await openedBy(digest);
  if (opened !== undefined) return opened;
  const started = erasedSince(entries);
  const source = backups.find((backup) => backup.id === started);
  if (source !== undefined && (await soundImage(files, source, codec)) !== undefined) {
    const reason = say`erasing started after the sealed backup ${source.id}`;
    return { open: true, reason, backup: source, current: undefined };
  }
  if (typedMac !== undefined && macDigits(typedMac) === plug) {
    const reason = say`overridden: the plug's MAC address was typed`;
    return { open: true, reason, backup: undefined, current: undefined };
  }
  // A digest has nothing that shows damage on its way: before the answer is no, the chip is asked once more.
  const openedAfterAll = digest === undefined ? undefined : await openedBy(await md5Now("again"));
  if (openedAfterAll !== undefined) return openedAfterAll;
  const reason =
    backups.length === 0
      ? say`there is no sealed backup of this plug`
      : say`no undamaged sealed backup equals what the flash holds now`;
  const wrongMac = typedMac === undefined ? [] : [say`the MAC address that you typed is not this plug's`];
  return { open: false, reason: joined([reason, ...wrongMac], "; "), backup: undefined, current: undefined };
}

export function gateClosed(reason: Text): PlugsmithError {
  return new PlugsmithError("erase-gate", {
    message: say`Erasing is refused: ${reason}.`,
    step: "erase",
    plugState: say`untouched`,
    nextStep: say`Back up the plug first (plugsmith backup). To erase it without a backup, type its MAC address: its contents are then lost.`,
  });
}

/** Id of the backup after which erasing began, unless the original was put back since. */
function erasedSince(entries: readonly StoredEntry[]): string | undefined {
  let backup: string | undefined;
  for (const entry of recognized(entries)) {
    if (entry.type === "erase-begun") backup = entry.backup ?? backup;
    if (entry.type === "restore-proven") backup = undefined;
  }
  return backup;
}

async function soundImage(files: Files, backup: SealedBackup, codec: Codec): Promise<Uint8Array | undefined> {
  try {
    return await readSealedImage(files, backup, codec);
  } catch (error) {
    if (isDamage(error) || isPlugsmithError(error, "file-not-found")) return undefined;
    throw error;
  }
}
