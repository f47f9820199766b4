/**
 * Undoing a conversion: the vendor's firmware back into its plug, byte for byte. The flash session proves it by the
 * chip's own digest of its whole flash and refuses another plug's backup; here it is chosen which backup that is.
 */
import { PlugsmithError } from "../../core/errors.ts";
import { identifyFirmware } from "../../core/firmware/identify.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import type { RestoreSource } from "../flash/contract.ts";
import { listBackups, readSealedImage, type SealedBackup } from "../home/backups.ts";
import type { Files } from "../ports.ts";

export interface ChosenBackup {
  readonly source: RestoreSource;
  /** For people. */
  readonly name: string;
}

/**
 * The plug's oldest backup that is not of Tasmota: what it was delivered with. With only backups of Tasmota, the oldest
 * of those: a plug may have come to plugsmith converted.
 *
 * @param id time of a sealed backup, where a certain one is meant; undefined where there is none of that name.
 * @throws file-corrupt, file-*
 */
export async function chooseBackup(
  files: Files,
  home: string,
  plug: string,
  id?: string,
): Promise<ChosenBackup | undefined> {
  const backups = await listBackups(files, home, plug);
  if (id !== undefined) {
    const named = backups.find((backup) => backup.id === id);
    return named === undefined ? undefined : chosen(named, await readSealedImage(files, named));
  }
  for (const backup of backups) {
    const bytes = await readSealedImage(files, backup);
    if (identifyFirmware(bytes).kind !== "tasmota") return chosen(backup, bytes);
  }
  const [first] = backups;
  return first === undefined ? undefined : chosen(first, await readSealedImage(files, first));
}

function chosen({ manifest }: SealedBackup, bytes: Uint8Array): ChosenBackup {
  return { source: { bytes, manifest }, name: `the backup of ${manifest.time}` };
}

/** Errors: wrong-plug where another plug is on the wires. */
export function requirePlug({ mac, plug }: ChipIdentity, wanted: string): void {
  if (plug === wanted) return;
  throw new PlugsmithError("wrong-plug", {
    message: `On the wires is the plug ${mac}, not ${wanted.match(/../g)!.join(":")}.`,
    step: "identify",
    plugState: "untouched",
    nextStep: "Attach the other plug, or name this one.",
  });
}
