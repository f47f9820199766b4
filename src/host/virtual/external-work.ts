/**
 * Work that the virtual world has to wait for although it happens outside of it: files, a person's answer. Virtual time
 * stands still while any is under way; otherwise a minute could pass for the chip while a file is being opened.
 */
import type { FileHandle, Files } from "../../engine/ports.ts";

export class ExternalWork {
  readonly #drain: () => Promise<void>;
  readonly #pending = new Set<Promise<unknown>>();

  /** @param drain lets everything that is runnable in this process run. */
  constructor(drain: () => Promise<void>) {
    this.#drain = drain;
  }

  hold<T>(work: Promise<T>): Promise<T> {
    const done = (): void => void this.#pending.delete(work);
    this.#pending.add(work);
    work.then(done, done);
    return work;
  }

  /** Resolves when nothing is runnable and nothing is under way outside. */
  readonly drain = async (): Promise<void> => {
    await this.#drain();
    while (this.#pending.size > 0) {
      await Promise.allSettled(this.#pending);
      await this.#drain();
    }
  };

  /** The same files, with virtual time waiting for them. */
  files(files: Files): Files {
    const hold = <T>(work: Promise<T>): Promise<T> => this.hold(work);
    const handle = (inner: FileHandle): FileHandle => ({
      write: (bytes, position) => hold(inner.write(bytes, position)),
      sync: () => hold(inner.sync()),
      truncate: (size) => hold(inner.truncate(size)),
      close: () => hold(inner.close()),
    });
    return {
      read: (path, limit) => hold(files.read(path, limit)),
      list: (path) => hold(files.list(path)),
      stat: (path) => hold(files.stat(path)),
      makeDirectory: (path, mode) => hold(files.makeDirectory(path, mode)),
      open: (path, how, mode) => hold(files.open(path, how, mode).then(handle)),
      rename: (from, to) => hold(files.rename(from, to)),
      remove: (path) => hold(files.remove(path)),
      syncDirectory: (path) => hold(files.syncDirectory(path)),
      lock: (path, wait) => hold(files.lock(path, wait)).then((release) => () => hold(release())),
    };
  }
}
