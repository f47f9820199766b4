/**
 * The home: one folder per plug, named by its MAC, holding backups, journal, settings and secrets. This file knows the
 * names and how to write a file so that a crash leaves either the old one or the new one, never half of it.
 */

import { toHex } from "../../core/bytes.ts";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { Clock, FileHandle, Files, Random } from "../ports.ts";

/** Folders and files of the home are for their owner only: backups and dumps hold Wi-Fi secrets. */
const FOLDER_MODE = 0o700;
export const PRIVATE_FILE_MODE = 0o600;

/** A whole backup and what is written beside it: 1 MiB as it is read, once more as it is sealed, records. */
const PROBE_BYTES = 0x22_0000;
/** When it was made, ms since 1970, and what distinguishes it from another run's. */
const PROBE_NAME = /^room-(\d+)-[0-9a-f]{16}\.probe$/;
/** No run writes so long at a probe, ms: what is older was left by a crash. */
const PROBE_STALE_MS = 600_000;

const PLUG_NAME = /^[0-9a-f]{12}$/;

/** The plugs that have a folder, 12 lower-case hex digits each; what else lies there is none of ours. */
export async function plugsOnRecord(files: Files, home: string): Promise<readonly string[]> {
  return (await files.list(`${home}/plugs`)).filter((name) => PLUG_NAME.test(name));
}

/** @param plug 12 lower-case hex digits. */
export function plugFolder(home: string, plug: string): string {
  if (!PLUG_NAME.test(plug)) {
    throw new PlugsmithError("internal", {
      message: say`The folder of a plug was requested with something that is not a MAC address.`,
    });
  }
  return `${home}/plugs/${plug}`;
}

/** Makes a folder of the home and what is missing above it, each new name flushed so that it survives a crash. */
export async function makePrivateFolder(files: Files, home: string, path: string): Promise<void> {
  if (path !== home && !path.startsWith(`${home}/`)) {
    throw new PlugsmithError("internal", { message: say`${path} is not a folder of the home ${home}.` });
  }
  const missing: string[] = [];
  for (
    let folder = path;
    folder !== "" && folder !== "." && (await files.stat(folder)) === undefined;
    folder = parentOf(folder)
  ) {
    missing.push(folder);
  }
  if (missing.length === 0) return;
  await files.makeDirectory(path, FOLDER_MODE);
  for (const folder of missing.toReversed()) await files.syncDirectory(parentOf(folder));
}

/**
 * Writes a whole file under its final name or not at all: written beside it, flushed, renamed, the directory flushed.
 * A left-over from a crash is replaced. Only for a file that nobody else writes at the same time: in a plug's folder
 * while its journal is open, or where a person asked for it. Others go through home-files.ts. Errors: disk-full, file-*.
 *
 * @param suffix of the name beside it; what lies under that name counts as ours.
 */
export async function writeWholeFile(files: Files, path: string, bytes: Uint8Array, suffix = ".new"): Promise<void> {
  const beside = `${path}${suffix}`;
  const handle = await createBeside(files, beside);
  await fill(files, beside, handle, bytes);
  await files.rename(beside, path);
  await files.syncDirectory(parentOf(path));
}

/** Opens the new file. What lies there is a left-over; a link to nowhere is one too, though `stat` sees nothing. */
async function createBeside(files: Files, path: string): Promise<FileHandle> {
  try {
    return await files.open(path, "create", PRIVATE_FILE_MODE);
  } catch (error) {
    if (!isPlugsmithError(error, "file-exists")) throw error;
    await files.remove(path);
    return await files.open(path, "create", PRIVATE_FILE_MODE);
  }
}

/** Writes and flushes. A failure takes away what was written: a full disk is not filled for good. */
async function fill(files: Files, path: string, handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    try {
      await handle.write(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await files.remove(path).catch(() => undefined);
    throw error;
  }
}

/**
 * Proves that the home takes files and has room for a backup, and leaves none: checked before anything is started that could
 * not be put on record. Two runs may do so at once. Errors: file-permission, disk-full, file-*.
 */
export async function proveWritable(
  files: Files,
  home: string,
  clock: Pick<Clock, "wallTime">,
  random: Random,
): Promise<void> {
  await makePrivateFolder(files, home, home);
  const now = clock.wallTime();
  for (const name of await files.list(home)) {
    const made = PROBE_NAME.exec(name)?.[1];
    if (made === undefined || Math.abs(now - Number(made)) < PROBE_STALE_MS) continue;
    // Another run may just be doing the same; and room that it does take shows below.
    await files.remove(`${home}/${name}`).catch(() => undefined);
  }
  const path = `${home}/room-${now}-${toHex(random.bytes(8))}.probe`;
  await fill(files, path, await files.open(path, "create", PRIVATE_FILE_MODE), new Uint8Array(PROBE_BYTES));
  await files.remove(path);
}

/** The name, or the next of "name-2", "name-3" … that nothing bears: a clock that jumps back names a thing twice. */
export async function freeName(files: Files, folder: string, name: string, ending = ""): Promise<string> {
  let candidate = `${name}${ending}`;
  for (let n = 2; (await files.stat(`${folder}/${candidate}`)) !== undefined; n++) candidate = `${name}-${n}${ending}`;
  return candidate;
}

/** Of a name without a folder the one that programs run in. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}
