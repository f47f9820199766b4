/**
 * Takes a plug's folder out of a home as one file, and places such a file in another home. Placing is all or nothing: every
 * record is checked by its own reader in a folder beside, which is flushed and then renamed.
 */

import {
  type ArchiveFile,
  belongsInArchive,
  corrupt,
  JOURNAL_FILE,
  NETWORK_FILE,
  type PlugArchive,
  SECRETS_FILE,
} from "../../core/archive/plug-archive.ts";
import { toHex } from "../../core/bytes.ts";
import { foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import { stepEntry, withTime } from "../../core/journal/entries.ts";
import { entriesOf } from "../../core/journal/stored-entry.ts";
import { refuseNewerCalibration } from "../../core/journal/version.ts";
import { say } from "../../core/text/text.ts";
import type { Clock, Files, Random } from "../ports.ts";
import { listBackups, parseManifest, readSealedImage } from "./backups.ts";
import { makePrivateFolder, plugFolder, plugsOnRecord, writeWholeFile } from "./folders.ts";
import { openJournal, readJournal } from "./journal.ts";
import { openPlugJournal } from "./plug-journal.ts";
import { readSecrets, rememberPlug, seenPlug } from "./plug-records.ts";

/** Folders that an import makes beside `plugs`, and that a crash may leave. */
export const IMPORT_FOLDER: RegExp = /^import-[0-9a-f]{16}$/;

/** Files of a plug's folder, bounded as an archive is. No other run works on the plug meanwhile. Errors: locked, file-*. */
export async function readPlugFolder(
  files: Files,
  home: string,
  plug: string,
  { secrets }: { readonly secrets: boolean },
): Promise<readonly ArchiveFile[]> {
  const folder = plugFolder(home, plug);
  const journal = await openPlugJournal(files, home, plug);
  try {
    const found: ArchiveFile[] = [];
    for (const path of await pathsIn(files, folder)) {
      if (!belongsInArchive(path) || (path === SECRETS_FILE && !secrets)) continue;
      const limit = path.endsWith(".bin") ? LARGEST_FLASH : undefined;
      found.push({ path, bytes: await files.read(`${folder}/${path}`, limit) });
    }
    return found;
  } finally {
    await journal.close();
  }
}

/** Plain files, at most three names deep. */
async function pathsIn(files: Files, folder: string, below = "", depth = 3): Promise<string[]> {
  const paths: string[] = [];
  for (const name of await files.list(below === "" ? folder : `${folder}/${below}`)) {
    const path = below === "" ? name : `${below}/${name}`;
    const kind = (await files.stat(`${folder}/${path}`))?.kind;
    if (kind === "file") paths.push(path);
    if (kind === "directory" && depth > 1) paths.push(...(await pathsIn(files, folder, path, depth - 1)));
  }
  return paths;
}

/**
 * @param archive as `unpackPlug` proved it.
 * @returns the plug's folder. Errors: file-exists, wrong-plug, file-corrupt, record-newer, locked, disk-full, file-*.
 */
export async function placePlug(
  { files, home, clock, random }: { files: Files; home: string; clock: Pick<Clock, "wallTime">; random: Random },
  archive: PlugArchive,
): Promise<string> {
  const { plug } = archive;
  const target = plugFolder(home, plug);
  await refuseExisting(files, home, plug);
  const beside = `${home}/import-${toHex(random.bytes(8))}`;
  const folder = plugFolder(beside, plug);
  await makePrivateFolder(files, home, folder);
  for (const { path, bytes } of archive.files) {
    await makePrivateFolder(files, home, `${folder}/${path}`.slice(0, `${folder}/${path}`.lastIndexOf("/")));
    await writeWholeFile(files, `${folder}/${path}`, bytes);
  }
  await checkRecords(files, beside, archive);
  await forgetContacts(files, beside, plug, clock);
  await makePrivateFolder(files, home, `${home}/plugs`);
  await files.syncDirectory(folder);
  const release = await files.lock(`${home}/lock`, "wait");
  try {
    await refuseExisting(files, home, plug);
    await files.rename(folder, target);
  } finally {
    await release();
  }
  await files.syncDirectory(`${home}/plugs`);
  return target;
}

async function refuseExisting(files: Files, home: string, plug: string): Promise<void> {
  const known = await plugsOnRecord(files, home);
  if (!known.includes(plug) && (await files.stat(plugFolder(home, plug))) === undefined) return;
  throw new PlugsmithError("file-exists", {
    message: say`There is already a record of the plug ${plug} in ${home}. plugsmith never merges two records.`,
    plugState: say`untouched; nothing was imported`,
    nextStep: say`Continue with the existing record. If the archive is newer, move ${plugFolder(home, plug)} away first and keep it: its backups exist nowhere else.`,
    context: { plug, path: home },
  });
}

/** Each record by its own reader, and every one of this plug. */
async function checkRecords(files: Files, home: string, { plug, files: packed }: PlugArchive): Promise<void> {
  const has = (path: string): boolean => packed.some((file) => file.path === path);
  const entries = await readJournal(files, plugFolder(home, plug));
  if (has(JOURNAL_FILE) && entries.length === 0) throw corrupt(say`its journal is empty`);
  for (const { record } of entriesOf(entries, "calibration")) refuseNewerCalibration(record);
  const identified = foldConversion(entries).finished.get("identify")?.data.mac;
  if (identified !== undefined) refuseOther(identified, plug, "its journal");

  const manifests = packed.filter(({ path }) => /^backups\/.*\/manifest\.json$/.test(path));
  for (const { path, bytes } of manifests) refuseOther(parseManifest(bytes, path).mac, plug, path);
  for (const backup of await listBackups(files, home, plug)) await readSealedImage(files, backup);

  if (has(NETWORK_FILE) && (await seenPlug({ files, path: home }, plug)) === undefined) {
    throw corrupt(say`its network.json is not this plug's`);
  }
  await readSecrets({ files, path: home }, plug);
}

function refuseOther(mac: string, plug: string, where: string): void {
  if (mac.replaceAll(":", "").toLowerCase() === plug) return;
  throw new PlugsmithError("wrong-plug", {
    message: say`The archive claims to be of the plug ${plug}, but ${where} belongs to another plug.`,
    plugState: say`untouched; nothing was imported`,
    nextStep: say`Export the right plug again.`,
    context: { plug, path: where },
  });
}

/**
 * Contacts over wires are numbered by the home that heard them: here the numbers start at 1 again, so that whatever was heard in
 * this home and did not say which plug it was counts against a closed case, and is asked about.
 */
async function forgetContacts(files: Files, home: string, plug: string, clock: Pick<Clock, "wallTime">): Promise<void> {
  const folder = plugFolder(home, plug);
  const entries = await readJournal(files, folder);
  const closed = foldConversion(entries).finished.get("close-case");
  if (closed !== undefined) {
    const journal = await openJournal(files, folder);
    try {
      const at = new Date(clock.wallTime()).toISOString();
      await journal.append(withTime(stepEntry("close-case", { ...closed.data, contacts: 0 }), at));
    } finally {
      await journal.close();
    }
  }
  const seen = await seenPlug({ files, path: home }, plug);
  if (seen !== undefined) await rememberPlug({ files, path: home }, { ...seen, contacts: 0 });
}
