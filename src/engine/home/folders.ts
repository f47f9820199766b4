/**
 * The home: one folder per plug, named by its MAC, holding backups, journal, settings and secrets. This file knows the
 * names and how to write a file so that a crash leaves either the old one or the new one, never half of it.
 */

import { PlugsmithError } from "../../core/errors.ts";
import type { Files } from "../ports.ts";

/** Folders and files of the home are for their owner only: backups and dumps hold Wi-Fi secrets. */
const FOLDER_MODE = 0o700;
export const PRIVATE_FILE_MODE = 0o600;

/** A whole backup and what is written beside it: 1 MiB as it is read, once more as it is sealed, records. */
const PROBE_BYTES = 0x22_0000;
const PROBE_NAME = "room.probe";

const PLUG_NAME = /^[0-9a-f]{12}$/;

/** The plugs that have a folder, 12 lower-case hex digits each; what else lies there is none of ours. */
export async function plugsOnRecord(files: Files, home: string): Promise<readonly string[]> {
  return (await files.list(`${home}/plugs`)).filter((name) => PLUG_NAME.test(name));
}

/** @param plug 12 lower-case hex digits. */
export function plugFolder(home: string, plug: string): string {
  if (!PLUG_NAME.test(plug)) {
    throw new PlugsmithError("internal", { message: "A plug's folder was asked for by something that is not a MAC." });
  }
  return `${home}/plugs/${plug}`;
}

/** Makes a folder of the home and what is missing above it, each new name flushed so that it survives a crash. */
export async function makePrivateFolder(files: Files, home: string, path: string): Promise<void> {
  if (path !== home && !path.startsWith(`${home}/`)) {
    throw new PlugsmithError("internal", { message: `${path} is not a folder of the home ${home}.` });
  }
  const missing: string[] = [];
  for (let folder = path; folder !== "" && (await files.stat(folder)) === undefined; folder = parentOf(folder)) {
    missing.push(folder);
  }
  if (missing.length === 0) return;
  await files.makeDirectory(path, FOLDER_MODE);
  for (const folder of missing.toReversed()) await files.syncDirectory(parentOf(folder));
}

/**
 * Writes a whole file under its final name or not at all: written beside it, flushed, renamed, the directory flushed.
 * A left-over from a crash is replaced. Errors: disk-full, file-*.
 */
export async function writeWholeFile(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.new`;
  if ((await files.stat(beside)) !== undefined) await files.remove(beside);
  const handle = await files.open(beside, "create", PRIVATE_FILE_MODE);
  try {
    await handle.write(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await files.rename(beside, path);
  await files.syncDirectory(parentOf(path));
}

/**
 * Proves that the home takes files, and leaves none: told before anything is begun that could not be put on record.
 * Errors: file-permission, disk-full, file-*.
 */
export async function proveWritable(files: Files, home: string): Promise<void> {
  await makePrivateFolder(files, home, home);
  const path = `${home}/${PROBE_NAME}`;
  if ((await files.stat(path)) !== undefined) await files.remove(path);
  const handle = await files.open(path, "create", PRIVATE_FILE_MODE);
  try {
    await handle.write(new Uint8Array(PROBE_BYTES));
  } finally {
    await handle.close();
    await files.remove(path);
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
