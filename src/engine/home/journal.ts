/**
 * The journal of a plug: one JSON object a line, appended and flushed before the act it announces. Folding it tells
 * what was done to the plug; a line that a crash tore off at the end is dropped, damage anywhere else is an error.
 *
 * Each line is parsed once, here (core/journal); what an entry means for the plug is known to those who fold them.
 */
import { equalBytes } from "../../core/bytes.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { parseEntry, type StoredEntry } from "../../core/journal/stored-entry.ts";
import { say } from "../../core/text/text.ts";
import type { FileHandle, Files } from "../ports.ts";
import { PRIVATE_FILE_MODE } from "./folders.ts";

export const JOURNAL_NAME = "journal.jsonl";

export interface Journal {
  /** All entries so far, oldest first. */
  readonly entries: readonly StoredEntry[];
  /** Resolves when the entry is on the medium: only then may the act begin. */
  append(entry: StoredEntry): Promise<void>;
  close(): Promise<void>;
}

/** Opens or creates the journal in a plug's folder. Errors: file-corrupt, record-newer, file-*, disk-full. */
export async function openJournal(files: Files, folder: string): Promise<Journal> {
  const path = `${folder}/${JOURNAL_NAME}`;
  const existed = (await files.stat(path)) !== undefined;
  const bytes = existed ? await files.read(path) : new Uint8Array(0);
  const { entries, whole } = parse(bytes, path);
  if (whole < bytes.length) await cut(files, path, whole);
  const handle = await files.open(path, "append", PRIVATE_FILE_MODE);
  try {
    await handle.sync();
    if (!existed) await files.syncDirectory(folder);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return new FileJournal(files, path, handle, entries);
}

/** By a handle of its own: on Windows one for appending may not cut (nodejs/node issue 3177). */
async function cut(files: Files, path: string, size: number): Promise<void> {
  const handle = await files.open(path, "update", PRIVATE_FILE_MODE);
  try {
    await handle.truncate(size);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Entries without opening for writing; empty where there is no journal. Errors: file-corrupt, record-newer, file-*. */
export async function readJournal(files: Files, folder: string): Promise<readonly StoredEntry[]> {
  const path = `${folder}/${JOURNAL_NAME}`;
  if ((await files.stat(path)) === undefined) return [];
  return parse(await files.read(path), path).entries;
}

class FileJournal implements Journal {
  readonly entries: StoredEntry[];
  readonly #files: Files;
  readonly #path: string;
  readonly #handle: FileHandle;
  /** The append under way and all that wait behind it: one line after the other. */
  #turn: Promise<void> = Promise.resolve();
  /** What a failed append may have left: where it began, and the line it was to be. */
  #broken: { readonly at: number; readonly line: Uint8Array } | undefined;

  constructor(files: Files, path: string, handle: FileHandle, entries: StoredEntry[]) {
    this.#files = files;
    this.#path = path;
    this.#handle = handle;
    this.entries = entries;
  }

  append(entry: StoredEntry): Promise<void> {
    if (typeof entry.at !== "string")
      return Promise.reject(new PlugsmithError("internal", { message: say`A journal entry has no time.` }));
    const line = new TextEncoder().encode(`${JSON.stringify(entry)}\n`);
    const mine = this.#turn.then(() => this.#append(entry, line));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#handle.close();
  }

  async #append(entry: StoredEntry, line: Uint8Array): Promise<void> {
    // After a failed append (a full disk) half a line may be there: cut it off before the next one.
    if (this.#broken !== undefined) await this.#cutBroken(this.#broken);
    this.#broken = { at: (await this.#files.stat(this.#path))?.size ?? 0, line };
    await this.#handle.write(line);
    await this.#handle.sync();
    this.#broken = undefined;
    this.entries.push(entry);
  }

  /** Only what is this journal's own: lines that another instance has added since stay. */
  async #cutBroken({ at, line }: { readonly at: number; readonly line: Uint8Array }): Promise<void> {
    const bytes = await this.#files.read(this.#path);
    const left = bytes.subarray(at);
    const mine = left.length <= line.length && equalBytes(left, line.subarray(0, left.length));
    const whole = mine ? at : bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) await cut(this.#files, this.#path, whole);
  }
}

function parse(bytes: Uint8Array, path: string): { entries: StoredEntry[]; whole: number } {
  const entries: StoredEntry[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    // What follows the last newline was torn off while being written; it announced nothing.
    if (end < 0) return { entries, whole: start };
    const entry = parseLine(bytes.subarray(start, end));
    if (entry === undefined) {
      const last = bytes.indexOf(0x0a, end + 1) < 0 && end === bytes.length - 1;
      if (last) return { entries, whole: start };
      throw new PlugsmithError("file-corrupt", {
        message: say`Line ${entries.length + 1} of ${path} is not a journal entry.`,
        step: "open-journal",
        plugState: say`untouched by this run`,
        nextStep: say`Keep the file under another name, and make a new backup of the plug before you erase anything.`,
        context: { path, line: entries.length + 1 },
      });
    }
    entries.push(entry);
    start = end + 1;
  }
}

/** @throws record-newer */
function parseLine(line: Uint8Array): StoredEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
  } catch {
    return undefined;
  }
  return parseEntry(value);
}
