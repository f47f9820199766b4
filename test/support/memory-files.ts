/**
 * A disk in memory. What was not synced is lost by `crash`; renames and new names count once their directory was synced.
 */

import { PlugsmithError } from "../../src/core/errors.ts";
import { say } from "../../src/core/text/text.ts";
import type { FileHandle, FileInfo, Files } from "../../src/engine/ports.ts";

interface Entry {
  bytes: Uint8Array;
  /** Contents as of the last sync. */
  synced: Uint8Array;
  readonly mode: number;
}

export class MemoryFiles implements Files {
  /** What programs see. */
  readonly now: Map<string, Entry> = new Map();
  /** Names that survive a crash. */
  readonly #safe: Map<string, Entry> = new Map();
  readonly #folders = new Set<string>();

  /** Everything that a thief of the disk could read. */
  allText(): string {
    return [...this.now].map(([path, entry]) => `${path}\n${new TextDecoder("latin1").decode(entry.bytes)}`).join("\n");
  }

  text(path: string): string {
    return new TextDecoder().decode(this.now.get(path)?.bytes);
  }

  crash(): void {
    this.now.clear();
    for (const [path, entry] of this.#safe) {
      entry.bytes = entry.synced.slice();
      this.now.set(path, entry);
    }
  }

  read(path: string): Promise<Uint8Array> {
    const entry = this.now.get(path);
    return entry === undefined
      ? Promise.reject(new PlugsmithError("file-not-found", { message: say`${path} is not there.` }))
      : Promise.resolve(entry.bytes.slice());
  }

  list(path: string): Promise<string[]> {
    const inside = [...this.now.keys(), ...this.#folders]
      .filter((each) => each.startsWith(`${path}/`))
      .map((each) => each.slice(path.length + 1).split("/")[0]!);
    return Promise.resolve([...new Set(inside)].sort());
  }

  stat(path: string): Promise<FileInfo | undefined> {
    const entry = this.now.get(path);
    if (entry !== undefined) return Promise.resolve({ kind: "file", size: entry.bytes.length, mode: entry.mode });
    return Promise.resolve(this.#folders.has(path) ? { kind: "directory", size: 0, mode: 0o700 } : undefined);
  }

  makeDirectory(path: string): Promise<void> {
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) this.#folders.add(path.slice(0, end));
    return Promise.resolve();
  }

  open(path: string, how: "create" | "append" | "update", mode: number): Promise<FileHandle> {
    if (how === "create" && this.now.has(path)) {
      return Promise.reject(new PlugsmithError("file-exists", { message: say`${path} is there already.` }));
    }
    const entry = this.now.get(path) ?? { bytes: new Uint8Array(0), synced: new Uint8Array(0), mode };
    this.now.set(path, entry);
    return Promise.resolve({
      write: (bytes, position) => {
        const at = position ?? entry.bytes.length;
        const grown = new Uint8Array(Math.max(entry.bytes.length, at + bytes.length));
        grown.set(entry.bytes);
        grown.set(bytes, at);
        entry.bytes = grown;
        return Promise.resolve();
      },
      sync: () => {
        entry.synced = entry.bytes.slice();
        return Promise.resolve();
      },
      truncate: (size) => {
        entry.bytes = entry.bytes.slice(0, size);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    });
  }

  rename(from: string, to: string): Promise<void> {
    const entry = this.now.get(from);
    if (entry === undefined)
      return Promise.reject(new PlugsmithError("file-not-found", { message: say`${from} is not there.` }));
    this.now.delete(from);
    this.now.set(to, entry);
    return Promise.resolve();
  }

  remove(path: string): Promise<void> {
    this.now.delete(path);
    return Promise.resolve();
  }

  syncDirectory(path: string): Promise<void> {
    const inside = (each: string): boolean => each.slice(0, each.lastIndexOf("/")) === path;
    for (const name of [...this.#safe.keys()]) if (inside(name)) this.#safe.delete(name);
    for (const [name, entry] of this.now) if (inside(name)) this.#safe.set(name, entry);
    return Promise.resolve();
  }

  lock(): Promise<() => Promise<void>> {
    return Promise.resolve(() => Promise.resolve());
  }
}
