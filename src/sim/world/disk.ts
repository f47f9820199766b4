/**
 * A disk that forgets what was not flushed. Implements the engine's Files port in memory with the semantics that
 * POSIX promises and no more: a write survives a crash only after its file was synced, a name (new, renamed, removed)
 * only after its directory was. What was not flushed may survive, be lost, or be torn, as the seed has it; names of
 * one directory come to the disk in the order they were made. It can be full, and a process on it can be killed.
 *
 * Knows nothing of what is stored.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { FileHandle, FileInfo, Files } from "../../engine/ports.ts";
import { SeededRandom } from "./seeded-random.ts";

/** Writes tear at this grain. */
const BLOCK_BYTES = 512;

interface Inode {
  readonly kind: "file" | "directory";
  readonly mode: number;
  data: Uint8Array;
  /** Contents on the medium, and what was written since, in order. */
  flushed: Uint8Array;
  pending: { readonly at: number; readonly bytes: Uint8Array | undefined; readonly size: number }[];
}

interface NameChange {
  readonly directory: string;
  readonly set: readonly (readonly [path: string, inode: Inode | undefined])[];
}

export interface VirtualDiskOptions {
  readonly seed: number;
  /** Bytes of file contents it holds. Default: without end. */
  readonly capacity?: number;
}

export class VirtualDisk {
  readonly #random: SeededRandom;
  #capacity: number;
  /** As running programs see it, and as it is on the medium. Directories too. */
  #names = new Map<string, Inode>([["", directory()]]);
  #flushedNames = new Map<string, Inode>(this.#names);
  #nameChanges: NameChange[] = [];
  /** Who waits for each lock that is held. */
  #locks = new Map<string, (() => void)[]>();
  #life = 0;
  #operations = 0;
  /** Called before each operation that changes something, with its number: where tests put their crashes. */
  onOperation: ((number: number, what: string) => void) | undefined;

  constructor(options: VirtualDiskOptions) {
    this.#random = new SeededRandom(options.seed);
    this.#capacity = options.capacity ?? Number.POSITIVE_INFINITY;
  }

  /**
   * The port for a process that starts now. After a crash or a kill nothing asked of it is done or answered any more:
   * a dead process does nothing.
   */
  get files(): Files {
    return this.#port(this.#life);
  }

  set capacity(bytes: number) {
    this.#capacity = bytes;
  }

  /** Bytes of file contents now. */
  get used(): number {
    let used = 0;
    for (const inode of new Set(this.#names.values())) used += inode.data.length;
    return used;
  }

  /** What any crash from now on leaves of a file; undefined where the file itself may be lost. */
  surviving(path: string): Uint8Array | undefined {
    const inode = this.#flushedNames.get(path);
    return inode?.pending.length === 0 ? inode.flushed.slice() : undefined;
  }

  /** The process dies: everything written stays, handles and locks are gone. */
  kill(): void {
    this.#life++;
    this.#locks.clear();
  }

  /** Power is lost: what was not flushed is lost, torn or kept, as the seed has it. */
  crash(): void {
    this.kill();
    // A journalling file system brings names to the medium in order: some prefix of what was under way made it.
    const kept = this.#random.below(this.#nameChanges.length + 1);
    for (const change of this.#nameChanges.slice(0, kept)) applyNames(this.#flushedNames, change);
    this.#nameChanges = [];
    this.#names = new Map(this.#flushedNames);
    for (const inode of new Set(this.#names.values())) this.#tear(inode);
  }

  #tear(inode: Inode): void {
    let data = inode.flushed;
    for (const write of inode.pending) {
      const fate = this.#random.below(3);
      if (fate === 0) continue;
      if (write.bytes === undefined) data = resized(data, write.size);
      else {
        const whole = Math.ceil(write.bytes.length / BLOCK_BYTES);
        const blocks = fate === 1 ? whole : this.#random.below(whole + 1);
        const length = Math.min(write.bytes.length, blocks * BLOCK_BYTES);
        data = written(data, write.at, write.bytes.subarray(0, length));
      }
    }
    inode.data = data;
    inode.flushed = data;
    inode.pending = [];
  }

  #port(life: number): Files {
    return {
      read: async (path, limit = Number.POSITIVE_INFINITY) => {
        await this.#asLongAs(life);
        const { data } = this.#file(path);
        if (data.length > limit) throw failure("file-unfit", say`${path} has ${data.length} bytes.`);
        return data.slice();
      },
      list: async (path) => {
        await this.#asLongAs(life);
        const prefix = `${path}/`;
        return [...this.#names.keys()]
          .filter((name) => name.startsWith(prefix) && !name.slice(prefix.length).includes("/"))
          .map((name) => name.slice(prefix.length))
          .sort();
      },
      stat: async (path): Promise<FileInfo | undefined> => {
        await this.#asLongAs(life);
        const inode = this.#names.get(path);
        return inode === undefined ? undefined : { kind: inode.kind, size: inode.data.length, mode: inode.mode };
      },
      makeDirectory: async (path, mode) => {
        await this.#asLongAs(life, `makeDirectory ${path}`);
        const parts = path.split("/");
        for (let depth = 1; depth <= parts.length; depth++) {
          const name = parts.slice(0, depth).join("/");
          if (!this.#names.has(name)) this.#rename([[name, directory(mode)]]);
        }
      },
      open: async (path, how, mode) => {
        await this.#asLongAs(life, `open ${path}`);
        const existing = this.#names.get(path);
        if (how === "create" && existing !== undefined) throw failure("file-exists", say`${path} exists already.`);
        if (how === "update" && existing === undefined) throw failure("file-not-found", say`${path} is not there.`);
        if (this.#names.get(parentOf(path))?.kind !== "directory") {
          throw failure("file-not-found", say`${parentOf(path)} is not there.`);
        }
        const inode = existing ?? file(mode);
        if (existing === undefined) this.#rename([[path, inode]]);
        return this.#handle(inode, how, life);
      },
      rename: async (from, to) => {
        await this.#asLongAs(life, `rename ${from} ${to}`);
        // A folder takes along what is in it.
        const moved = [...this.#names].filter(([path]) => path === from || path.startsWith(`${from}/`));
        if (moved.length === 0) throw failure("file-not-found", say`${from} is not there.`);
        this.#rename(
          moved.flatMap(([path, inode]) => [
            [path, undefined] as const,
            [to + path.slice(from.length), inode] as const,
          ]),
        );
      },
      remove: async (path) => {
        await this.#asLongAs(life, `remove ${path}`);
        this.#file(path);
        this.#rename([[path, undefined]]);
      },
      syncDirectory: async (path) => {
        await this.#asLongAs(life, `syncDirectory ${path}`);
        // In order: flushing one directory brings everything before its last change along, as a journal would.
        const last = this.#nameChanges.findLastIndex((change) => change.directory === path);
        for (const change of this.#nameChanges.splice(0, last + 1)) applyNames(this.#flushedNames, change);
      },
      lock: async (path, wait) => {
        await this.#asLongAs(life);
        const waiting = this.#locks.get(path);
        if (waiting === undefined) this.#locks.set(path, []);
        else if (wait === "wait") await new Promise<void>((resolve) => waiting.push(resolve));
        else throw failure("locked", say`${path} is locked by another run.`);
        return async () => {
          await this.#asLongAs(life);
          // Handed on: it is free only when nobody waits.
          const next = this.#locks.get(path)?.shift();
          if (next === undefined) this.#locks.delete(path);
          else next();
        };
      },
    };
  }

  #handle(inode: Inode, how: "create" | "append" | "update", life: number): FileHandle {
    return {
      write: async (bytes, position) => {
        await this.#asLongAs(life, "write");
        const at = how === "update" ? (position ?? 0) : inode.data.length;
        const grown = Math.max(0, at + bytes.length - inode.data.length);
        const room = Math.max(0, this.#capacity - this.used);
        // A full disk takes what still fits and then says no: half a record is what the next reader finds.
        const taken = grown > room ? bytes.slice(0, bytes.length - (grown - room)) : bytes.slice();
        // What is on the medium must not change under it; otherwise in place.
        const mayShare = inode.data === inode.flushed || at + taken.length > inode.data.length;
        if (mayShare) inode.data = written(inode.data, at, taken);
        else inode.data.set(taken, at);
        inode.pending.push({ at, bytes: taken, size: 0 });
        if (taken.length < bytes.length) throw failure("disk-full", say`No space is left on the disk.`);
      },
      sync: async () => {
        await this.#asLongAs(life, "sync");
        inode.flushed = inode.data;
        inode.pending = [];
      },
      truncate: async (size) => {
        await this.#asLongAs(life, "truncate");
        // As on Windows, where a handle for appending carries no right to write elsewhere (libuv, fs_open and ftruncate).
        if (how === "append") throw failure("file-permission", say`A file opened for appending cannot be cut.`);
        if (size - inode.data.length > this.#capacity - this.used) {
          throw failure("disk-full", say`No space is left on the disk.`);
        }
        inode.data = resized(inode.data, size);
        inode.pending.push({ at: 0, bytes: undefined, size });
      },
      close: () => this.#asLongAs(life),
    };
  }

  #file(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode?.kind !== "file") throw failure("file-not-found", say`${path} is not there.`);
    return inode;
  }

  #rename(set: NameChange["set"]): void {
    const change: NameChange = { directory: parentOf(set[0]![0]), set };
    applyNames(this.#names, change);
    this.#nameChanges.push(change);
  }

  /** Resolves while the process lives. `what` is named for operations that change something. */
  async #asLongAs(life: number, what?: string): Promise<void> {
    if (life === this.#life && what !== undefined) this.onOperation?.(this.#operations++, what);
    if (life !== this.#life) await new Promise(() => {});
  }
}

function directory(mode = 0o700): Inode {
  return { kind: "directory", mode, data: new Uint8Array(0), flushed: new Uint8Array(0), pending: [] };
}

function file(mode: number): Inode {
  return { kind: "file", mode, data: new Uint8Array(0), flushed: new Uint8Array(0), pending: [] };
}

function applyNames(names: Map<string, Inode>, change: NameChange): void {
  for (const [path, inode] of change.set) {
    if (inode === undefined) names.delete(path);
    else names.set(path, inode);
  }
}

function written(data: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  const grown = resized(data, Math.max(data.length, at + bytes.length));
  grown.set(bytes, at);
  return grown;
}

/** Always a copy: what was flushed must not change under it. */
function resized(data: Uint8Array, size: number): Uint8Array {
  const copy = new Uint8Array(size);
  copy.set(data.subarray(0, size));
  return copy;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function failure(
  code: "file-exists" | "file-not-found" | "file-permission" | "file-unfit" | "locked" | "disk-full",
  message: Text,
): PlugsmithError {
  return new PlugsmithError(code, { message });
}
