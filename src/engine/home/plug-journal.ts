/** A journal for one run: its folder made, locked against a second run, the journal open in it. */
import type { Files } from "../ports.ts";
import { makePrivateFolder, plugFolder } from "./folders.ts";
import { type Journal, openJournal } from "./journal.ts";

const LOCK_NAME = "lock";

/**
 * A plug's journal. Closing it lets the next run in.
 *
 * @param plug 12 lower-case hex digits.
 * @throws locked, file-*, disk-full
 */
export function openPlugJournal(files: Files, home: string, plug: string): Promise<Journal> {
  return openLockedJournal(files, home, plugFolder(home, plug));
}

/** @param folder a folder of the home. @throws locked, file-*, disk-full */
export async function openLockedJournal(files: Files, home: string, folder: string): Promise<Journal> {
  await makePrivateFolder(files, home, folder);
  const release = await files.lock(`${folder}/${LOCK_NAME}`);
  let journal: Journal;
  try {
    journal = await openJournal(files, folder);
  } catch (error) {
    await release();
    throw error;
  }
  return {
    entries: journal.entries,
    append: (entry) => journal.append(entry),
    close: async () => {
      try {
        await journal.close();
      } finally {
        await release();
      }
    },
  };
}
