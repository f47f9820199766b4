/** What a plug's journal says about a change of its flash that was begun and not proven: the target is kept on disk. */
import { md5Hex } from "../../core/digest.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import type { JournalEntry } from "../home/journal.ts";
import type { Files } from "../ports.ts";
import { ERASE_BEGUN, RESTORED } from "./gate.ts";

/** Journal: what an ERASE_BEGUN announced is proven to be in the flash. */
export const TARGET_PROVEN = "target-proven";

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
export function unfinishedChange(entries: readonly JournalEntry[]): UnfinishedChange | undefined {
  let open: JournalEntry | undefined;
  for (const entry of entries) {
    if (entry.type === ERASE_BEGUN) open = entry;
    if (entry.type === TARGET_PROVEN || entry.type === RESTORED) open = undefined;
  }
  const kind = open?.["kind"];
  const from = open?.["from"];
  const md5 = open?.["md5"];
  const known = kind === "write" || kind === "erase" || kind === "restore";
  if (!known || typeof from !== "number" || typeof md5 !== "string") return undefined;
  const backup = open?.["backup"];
  return { kind, from, md5, backup: typeof backup === "string" ? backup : undefined };
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
