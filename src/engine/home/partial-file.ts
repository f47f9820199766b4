/**
 * A backup on its way: the image under a name that is not its final one, written as packets arrive. Nothing waits for
 * it: acknowledgements go out while the disk is still busy. What it holds after a crash is trusted no further than
 * the chip's digest confirms, so it needs no record of how far it got.
 */

import { filledWith } from "../../core/bytes.ts";
import { asError } from "../../core/errors.ts";
import { SECTOR } from "../../core/loader/tables.ts";
import type { FileHandle, Files } from "../ports.ts";
import { PRIVATE_FILE_MODE } from "./folders.ts";

const PARTIAL_NAME = "incomplete-backup.bin";
/** Flushed each time so many bytes were added: at most this much is read again after a power cut. */
const FLUSH_BYTES = 0x20000;

export interface PartialContents {
  readonly image: Uint8Array;
  /** Sectors that hold something; a file is made as zeros, and what was not written stays so. */
  readonly sectors: readonly number[];
}

/** What an interrupted run left, also where a crash cut it short; undefined where there is nothing that can be of this flash. */
export async function readPartial(files: Files, folder: string, size: number): Promise<PartialContents | undefined> {
  const path = `${folder}/${PARTIAL_NAME}`;
  const stat = await files.stat(path);
  if (stat?.kind !== "file" || stat.size > size) return undefined;
  const kept = await files.read(path, size);
  const image = new Uint8Array(size);
  image.set(kept);
  const sectors: number[] = [];
  for (let at = 0; at < size; at += SECTOR) if (!filledWith(image.subarray(at, at + SECTOR), 0)) sectors.push(at);
  return { image, sectors };
}

export async function removePartial(files: Files, folder: string): Promise<void> {
  const path = `${folder}/${PARTIAL_NAME}`;
  if ((await files.stat(path)) === undefined) return;
  await files.remove(path);
  await files.syncDirectory(folder);
}

/** Opens the partial file for a run, taking over what is there. Errors: disk-full, file-*. */
export async function openPartial(files: Files, folder: string, size: number): Promise<PartialFile> {
  const path = `${folder}/${PARTIAL_NAME}`;
  const existed = await files.stat(path);
  if (existed === undefined) {
    const created = await files.open(path, "create", PRIVATE_FILE_MODE);
    await created.close();
    await files.syncDirectory(folder);
  }
  const handle = await files.open(path, "update", PRIVATE_FILE_MODE);
  try {
    if (existed?.size !== size) await handle.truncate(size);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return new PartialFile(handle);
}

export class PartialFile {
  readonly #handle: FileHandle;
  #chain: Promise<void> = Promise.resolve();
  #failure: Error | undefined;
  #unflushed = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Why writing stopped, once it has. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Queues a write. Returns at once; a failure shows in `failure` and when closing. */
  put(at: number, bytes: Uint8Array): void {
    this.#chain = this.#chain.then(async () => {
      if (this.#failure !== undefined) return;
      try {
        await this.#handle.write(bytes, at);
        this.#unflushed += bytes.length;
        if (this.#unflushed >= FLUSH_BYTES) {
          this.#unflushed = 0;
          await this.#handle.sync();
        }
      } catch (error) {
        this.#failure = asError(error);
      }
    });
  }

  /** Waits for what is queued, flushes and closes. Does not throw: what it holds is a convenience for the next run. */
  async close(): Promise<void> {
    await this.#chain;
    try {
      await this.#handle.sync();
    } catch (error) {
      this.#failure ??= asError(error);
    }
    try {
      await this.#handle.close();
    } catch (error) {
      this.#failure ??= asError(error);
    }
  }
}
