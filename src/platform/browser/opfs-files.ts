/**
 * The engine's files in the origin private file system of a browser (fs.spec.whatwg.org), in a dedicated worker: only
 * there can a file be written in place and flushed (createSyncAccessHandle). A rename within a folder replaces the file
 * of that name at once (FileSystemHandle.move). What a browser keeps when the computer loses power right after a flush is
 * not specified; a closed tab and a killed browser lose nothing that was flushed.
 *
 * Locks are Web Locks (w3c.github.io/web-locks): they end with the worker that holds them.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { FILE_LIMIT, type FileHandle, type FileInfo, type Files } from "../../engine/ports.ts";
import { fileFailure, tooLargeFile } from "../file-failure.ts";
import { fileError, nameOf } from "./file-error.ts";

/** Longest wait for a turn, ms: its holder writes one small file. */
const TURN_MS = 15_000;

/** Not in TypeScript's DOM types yet. */
interface Movable extends FileSystemFileHandle {
  move(name: string): Promise<void>;
  move(parent: FileSystemDirectoryHandle, name: string): Promise<void>;
}

interface Listable extends FileSystemDirectoryHandle {
  keys(): AsyncIterableIterator<string>;
}

/** In a worker only, and not in TypeScript's window types. Bytes written are in the file's buffer until `flush`. */
interface SyncAccess {
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  flush(): void;
  truncate(size: number): void;
  getSize(): number;
  close(): void;
}

interface Accessible extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccess>;
}

/** The names of a path; "." and ".." have no meaning here and are refused by the file system itself. */
const namesOf = (path: string): string[] => path.split("/").filter((name) => name !== "");

/**
 * @param root as navigator.storage.getDirectory() gives it.
 * @param locks navigator.locks.
 */
export function opfsFiles(root: FileSystemDirectoryHandle, locks: LockManager): Files {
  const folderOf = async (names: readonly string[], create = false): Promise<FileSystemDirectoryHandle> => {
    let folder = root;
    for (const name of names) folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  };
  const fileAt = async (path: string, create = false): Promise<FileSystemFileHandle> => {
    const names = namesOf(path);
    return (await folderOf(names.slice(0, -1))).getFileHandle(names.at(-1) ?? "", { create });
  };
  const statOf = async (path: string): Promise<FileInfo | undefined> => {
    const names = namesOf(path);
    if (names.length === 0) return { kind: "directory", size: 0, mode: undefined };
    try {
      const parent = await folderOf(names.slice(0, -1));
      try {
        const { size } = await (await parent.getFileHandle(names.at(-1)!)).getFile();
        return { kind: "file", size, mode: undefined };
      } catch (error) {
        if (nameOf(error) !== "TypeMismatchError") throw error;
        return { kind: "directory", size: 0, mode: undefined };
      }
    } catch (error) {
      // Below a file there is nothing.
      if (nameOf(error) === "NotFoundError" || nameOf(error) === "TypeMismatchError") return undefined;
      throw error;
    }
  };
  return {
    read: (path, limit = FILE_LIMIT) =>
      named(path, async () => {
        const file = await (await fileAt(path)).getFile();
        if (file.size > limit) throw tooLargeFile(path, file.size, limit);
        return new Uint8Array(await file.arrayBuffer());
      }),
    list: (path) =>
      named(path, async () => {
        try {
          const names: string[] = [];
          for await (const name of ((await folderOf(namesOf(path))) as Listable).keys()) names.push(name);
          return names.sort();
        } catch (error) {
          if (nameOf(error) === "NotFoundError") return [];
          throw error;
        }
      }),
    stat: (path) => named(path, () => statOf(path)),
    makeDirectory: (path) =>
      named(path, async () => {
        await folderOf(namesOf(path), true);
      }),
    open: (path, how) =>
      named(path, async () => {
        const there = await statOf(path);
        if (how === "create" && there !== undefined) throw fileFailure("exists", path);
        const file = await fileAt(path, how !== "update");
        const access = await (file as Accessible).createSyncAccessHandle();
        return handleOf(path, access, how !== "append");
      }),
    rename: (from, to) =>
      named(from, async () => {
        const names = namesOf(to);
        const target = await folderOf(names.slice(0, -1));
        await ((await fileAt(from)) as Movable).move(target, names.at(-1) ?? "");
      }),
    remove: (path) =>
      named(path, async () => {
        const names = namesOf(path);
        await (await folderOf(names.slice(0, -1))).removeEntry(names.at(-1) ?? "");
      }),
    // The browser keeps names by itself; there is no call for it.
    syncDirectory: () => Promise.resolve(),
    lock: (path, wait) => lockIn(locks, path, wait),
  };
}

async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(path, error);
  }
}

function handleOf(path: string, access: SyncAccess, positioned: boolean): FileHandle {
  let end = access.getSize();
  // "create" and "update" without a position begin at the start and go on from there, as a file's own position does.
  let next = positioned ? 0 : end;
  const at = <T>(work: () => T): Promise<T> => named(path, () => Promise.resolve().then(work));
  return {
    write: (bytes, position) =>
      at(() => {
        const from = positioned && position !== undefined ? position : next;
        let written = 0;
        while (written < bytes.length) {
          const more = access.write(bytes.subarray(written), { at: from + written });
          if (more <= 0) throw new DOMException("nothing was written", "QuotaExceededError");
          written += more;
        }
        end = Math.max(end, from + written);
        if (!positioned || position === undefined) next = positioned ? from + written : end;
      }),
    sync: () => at(() => access.flush()),
    truncate: (size) => at(() => access.truncate(size)),
    close: () => at(() => access.close()),
  };
}

/** The name of the lock is the path: one home, one origin. */
function lockIn(locks: LockManager, path: string, wait?: "wait"): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const options: LockOptions = wait === undefined ? { ifAvailable: true } : { signal: AbortSignal.timeout(TURN_MS) };
    const held = locks.request(path, options, (lock) => {
      if (lock === null) {
        reject(lockedError(path));
        return undefined;
      }
      return new Promise<void>((release) => {
        resolve(async () => {
          release();
          await held;
        });
      });
    });
    held.catch((error: unknown) => {
      reject(
        ["TimeoutError", "AbortError"].includes(nameOf(error)) ? lockedError(path, error) : fileError(path, error),
      );
    });
  });
}

function lockedError(path: string, cause?: unknown): PlugsmithError {
  return new PlugsmithError("locked", {
    message: say`Another tab is using ${path.replace(/\/[^/]*$/, "")}.`,
    nextStep: say`Finish there or close that tab, then try again.`,
    cause,
    context: { path },
  });
}
