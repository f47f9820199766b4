/** The file system as the engine wants it: what was synced survives, everything else may not. */
import * as fs from "node:fs/promises";
import { FILE_LIMIT, type FileHandle, type FileInfo, type Files } from "../../engine/ports.ts";
import { readBounded } from "./bounded-read.ts";
import { errnoOf, fileError } from "./file-error.ts";
import { lockFile, lockInTurn } from "./file-lock.ts";

const FLAGS = { create: "wx", append: "a", update: "r+" } as const;

async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(path, error);
  }
}

function nodeHandle(path: string, handle: fs.FileHandle, positioned: boolean): FileHandle {
  return {
    write: (bytes, position) =>
      named(path, async () => {
        let written = 0;
        while (written < bytes.length) {
          const at = position === undefined || !positioned ? null : position + written;
          const result = await handle.write(bytes, written, bytes.length - written, at);
          written += result.bytesWritten;
        }
      }),
    sync: () => named(path, () => handle.sync()),
    truncate: (size) => named(path, () => handle.truncate(size)),
    close: () => named(path, () => handle.close()),
  };
}

export const nodeFiles: Files = {
  read: (path, limit = FILE_LIMIT) => named(path, () => readBounded(path, limit)),
  list: async (path) => {
    try {
      return (await fs.readdir(path)).sort();
    } catch (error) {
      if (errnoOf(error) === "ENOENT") return [];
      throw fileError(path, error);
    }
  },
  stat: async (path) => {
    try {
      const stat = await fs.stat(path);
      const info: FileInfo = {
        kind: stat.isFile() ? "file" : stat.isDirectory() ? "directory" : "other",
        size: stat.size,
        mode: process.platform === "win32" ? undefined : stat.mode & 0o777,
      };
      return info;
    } catch (error) {
      if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return undefined;
      throw fileError(path, error);
    }
  },
  makeDirectory: (path, mode) =>
    named(path, async () => {
      await fs.mkdir(path, { recursive: true, mode });
    }),
  open: (path, how, mode) =>
    named(path, async () => nodeHandle(path, await fs.open(path, FLAGS[how], mode), how !== "append")),
  rename: (from, to) => named(from, () => fs.rename(from, to)),
  remove: (path) => named(path, () => fs.rm(path)),
  syncDirectory: async (path) => {
    // Windows opens no directories; its file systems journal names themselves.
    if (process.platform === "win32") return;
    await named(path, async () => {
      // The root's own name is what stands before its first slash: nothing.
      const handle = await fs.open(path === "" ? "/" : path, "r");
      try {
        await handle.sync();
      } catch (error) {
        // fsync(2): what cannot be flushed at all says so; some network shares' folders are such.
        if (errnoOf(error) !== "EINVAL") throw error;
      } finally {
        await handle.close();
      }
    });
  },
  lock: (path, wait) => (wait === "wait" ? lockInTurn(path) : lockFile(path)),
};
