/**
 * Files of the home that several runs may write at the same time: what is known of adapters, a plug's secrets, the
 * firmware library. One lock for the whole home, held only while one small file is read and written, so that of two
 * changes neither is lost, whether they come from one program or from two.
 *
 * Not for what a plug's own lock covers (plug-journal.ts), nor for anything that takes long.
 */

import type { Files } from "../ports.ts";
import { makePrivateFolder, parentOf, writeWholeFile } from "./folders.ts";

const LOCK_NAME = "lock";

/** Waits for its turn. `work` must not ask for another one. Errors: locked, those of the work, file-*. */
async function inTurn<T>(files: Files, home: string, work: () => Promise<T>): Promise<T> {
  await makePrivateFolder(files, home, home);
  const release = await files.lock(`${home}/${LOCK_NAME}`, "wait");
  try {
    return await work();
  } finally {
    await release();
  }
}

/** A whole file of the home, its folder made. Errors: locked, disk-full, file-*. */
export async function writeHomeFile(files: Files, home: string, path: string, bytes: Uint8Array): Promise<void> {
  await changeHomeFile(files, home, path, () => Promise.resolve(bytes));
}

/**
 * Reads, changes and writes a file of the home with nobody in between.
 *
 * @param change makes the new contents of it, undefined to leave it as it is. It does its own reading, bounded as
 *   that file wants it.
 */
export async function changeHomeFile(
  files: Files,
  home: string,
  path: string,
  change: () => Promise<Uint8Array | undefined>,
): Promise<void> {
  await inTurn(files, home, async () => {
    const bytes = await change();
    if (bytes === undefined) return;
    await makePrivateFolder(files, home, parentOf(path));
    await writeWholeFile(files, path, bytes);
  });
}
