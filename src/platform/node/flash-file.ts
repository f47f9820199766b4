/**
 * The file that a virtual plug's flash lives in. It belongs to one running plug at a time, is written in place as the
 * flash changes, and stays the file it was: its mode, and a link that leads to it, are the owner's.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { link, lstat, readlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import { say } from "../../core/text/text.ts";
import type { FlashStore } from "../../host/environment.ts";
import { refuseUnfitFlash } from "../flash-size.ts";
import { errnoOf, fileError } from "./file-error.ts";
import { nodeFiles } from "./files.ts";

/** As many links after each other as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40;

export class FlashFile implements FlashStore {
  readonly #path: string;
  #release: () => Promise<void> = () => Promise.resolve();
  #locked = false;
  #file: number | undefined;
  #flash: Uint8Array = new Uint8Array(0);
  #failure: unknown;

  private constructor(path: string) {
    this.#path = path;
  }

  /** @param path as a person names it; it need not be there yet. Errors: locked, file-*, bad-argument for what is no flash. */
  static async at(path: string): Promise<FlashFile> {
    const file = new FlashFile(await linkTarget(path));
    const info = await nodeFiles.stat(file.#path);
    if (info === undefined) return file;
    // Before it is locked, which opens it: a pipe would be waited for.
    refuseUnfitFlash(file.#path, info);
    await file.#lock();
    return file;
  }

  /** What the file holds; undefined where there is none yet. Errors: file-*, bad-argument for a size no part has. */
  async contents(): Promise<Uint8Array | undefined> {
    const info = await nodeFiles.stat(this.#path);
    if (info === undefined) return undefined;
    refuseUnfitFlash(this.#path, info);
    return await nodeFiles.read(this.#path, LARGEST_FLASH);
  }

  /**
   * From now on the file follows `flash`. One that was not there is made.
   * Errors: file-*; locked where another plug has made it in the meantime.
   */
  async follow(flash: Uint8Array): Promise<void> {
    if (!this.#locked) {
      if (!(await createWhole(this.#path, flash))) throw this.#takenError();
      await this.#lock();
    }
    this.#flash = flash;
    try {
      this.#file = openSync(this.#path, "r+");
    } catch (error) {
      throw fileError(this.#path, error);
    }
  }

  /** Writes a change down as it happens: synchronously, since the process may be killed next. */
  changed(from: number, to: number): void {
    if (this.#file === undefined || this.#failure !== undefined) return;
    try {
      for (let at = from; at < to; ) at += writeSync(this.#file, this.#flash, at, to - at, at);
    } catch (cause) {
      // Inside the chip nobody could deal with it; it comes up when the plug is saved.
      this.#failure = cause;
    }
  }

  /** @throws file-failed where a change could not be written. */
  check(): void {
    if (this.#failure === undefined) return;
    throw new PlugsmithError("file-failed", {
      message: say`plugsmith could not write the virtual plug's flash to ${this.#path}.`,
      nextStep: say`Free some disk space. The plug in the folder is as it was when writing failed.`,
      cause: this.#failure,
      context: { path: this.#path },
    });
  }

  async close(): Promise<void> {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    await this.#release();
  }

  async #lock(): Promise<void> {
    // Windows lets nobody open a file that is locked, its owner included.
    const lock = process.platform === "win32" ? `${this.#path}.lock` : this.#path;
    try {
      this.#release = await nodeFiles.lock(lock);
      this.#locked = true;
    } catch (error) {
      throw isPlugsmithError(error, "locked") ? this.#takenError(error) : error;
    }
  }

  #takenError(cause?: unknown): PlugsmithError {
    return new PlugsmithError("locked", {
      message: say`${this.#path} is the flash of another virtual plug that is running.`,
      nextStep: say`Stop the other plug, or give this one its own file.`,
      cause,
      context: { path: this.#path },
    });
  }
}

/** Where the name leads in the end, also where nothing is there yet. */
async function linkTarget(path: string): Promise<string> {
  let at = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    const info = await lstat(at).catch(() => undefined);
    if (info === undefined || !info.isSymbolicLink()) return at;
    at = resolve(dirname(at), await readlink(at));
  }
  throw new PlugsmithError("bad-argument", {
    message: say`${path} is a symbolic link that leads back to itself.`,
    nextStep: say`Give the path of the file itself.`,
    context: { path },
  });
}

/** The file comes into being whole, and never over another that came first: false where one did. */
async function createWhole(path: string, bytes: Uint8Array): Promise<boolean> {
  const fresh = `${path}.${process.pid}.new`;
  if ((await nodeFiles.stat(fresh)) !== undefined) await nodeFiles.remove(fresh);
  const handle = await nodeFiles.open(fresh, "create", 0o600);
  try {
    await handle.write(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(fresh, path);
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") {
      // A file system without links: the name is taken over as it is.
      await nodeFiles.rename(fresh, path);
      return true;
    }
    await nodeFiles.remove(fresh);
    return false;
  }
  await nodeFiles.remove(fresh);
  return true;
}
