/** What a plug's journal says about a change of its flash that was started and not proven: the target is kept on disk. */
import { md5Hex } from "../../core/digest.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import type { EraseStarted } from "../../core/journal/entries.ts";
import { recognized, type StoredEntry } from "../../core/journal/stored-entry.ts";
import type { Files } from "../ports.ts";

export interface UnfinishedChange {
  readonly kind: "write" | "erase" | "restore";
  /** Where the target begins in the flash. */
  readonly from: number;
  /** MD5 of the target. */
  readonly md5: string;
  /** Id of the sealed backup of what the flash held before; undefined where the gate was overridden. */
  readonly backup: string | undefined;
}

/** The file that holds a target. Named by its digest: the one of an act that was cut short survives until the journal has announced the next. */
export const targetName = (md5: string): string => `pending-${md5}.bin`;

/** The newest change that was announced and not proven since; undefined where none is open. */
export function unfinishedChange(entries: readonly StoredEntry[]): UnfinishedChange | undefined {
  let open: EraseStarted | undefined;
  for (const entry of recognized(entries)) {
    if (entry.type === "erase-begun") open = entry;
    if (entry.type === "target-proven" || entry.type === "restore-proven") open = undefined;
  }
  if (open?.kind === undefined || open.from === undefined || open.md5 === undefined) return undefined;
  return { kind: open.kind, from: open.from, md5: open.md5, backup: open.backup };
}

/** What the flash was being brought to; undefined where the file is gone or spoilt. Errors: file-*. */
export async function readTarget(
  files: Files,
  folder: string,
  { md5 }: UnfinishedChange,
): Promise<Uint8Array | undefined> {
  const path = `${folder}/${targetName(md5)}`;
  const stat = await files.stat(path);
  if (stat?.kind !== "file" || stat.size > LARGEST_FLASH) return undefined;
  const bytes = await files.read(path, LARGEST_FLASH);
  return md5Hex(bytes) === md5 ? bytes : undefined;
}
