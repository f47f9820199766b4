/**
 * A disk on which every operation takes a turn of the event loop and is logged. Whoever does not wait for an operation
 * before the next one, or before it says that it is done, is found out.
 */
import type { FileHandle, Files } from "../../src/engine/ports.ts";

export class OrderedFiles {
  /** "open /home/x", "write /home/x", … in the order in which they began. */
  readonly log: string[] = [];
  /** Operations that began while another was under way. */
  readonly overlaps: string[] = [];
  /** Those that fail, by their line in the log; each once. */
  readonly failing = new Map<string, Error>();
  readonly files: Files;
  #underWay = 0;

  constructor(inner: Files) {
    const once = <T>(what: string, work: () => Promise<T>): Promise<T> => this.#once(what, work);
    this.files = {
      read: (path, limit) => once(`read ${path}`, () => inner.read(path, limit)),
      list: (path) => once(`list ${path}`, () => inner.list(path)),
      stat: (path) => once(`stat ${path}`, () => inner.stat(path)),
      makeDirectory: (path, mode) => once(`make ${path} ${mode.toString(8)}`, () => inner.makeDirectory(path, mode)),
      open: (path, how, mode) =>
        once(`${how} ${path} ${mode.toString(8)}`, async () => this.#handle(path, await inner.open(path, how, mode))),
      rename: (from, to) => once(`rename ${from} ${to}`, () => inner.rename(from, to)),
      remove: (path) => once(`remove ${path}`, () => inner.remove(path)),
      syncDirectory: (path) => once(`flush ${path}`, () => inner.syncDirectory(path)),
      lock: async (path, wait) => {
        const release = await once(`lock ${path}${wait === undefined ? "" : " or wait"}`, () => inner.lock(path, wait));
        return () => once(`release ${path}`, release);
      },
    };
  }

  /** Waits for the work. Fails where an operation overlapped with another one, or is still under way. */
  async whole<T>(work: Promise<T>): Promise<T> {
    await work.catch(() => undefined);
    if (this.overlaps.length > 0) throw new Error(`not waited for before: ${this.overlaps.join(", ")}`);
    if (this.#underWay > 0) throw new Error("not waited for at the end");
    return work;
  }

  /** What changes something, or is locked. */
  get changes(): readonly string[] {
    return this.log.filter((line) => !/^(stat|list|read) /.test(line));
  }

  #handle(path: string, inner: FileHandle): FileHandle {
    const once = <T>(what: string, work: () => Promise<T>): Promise<T> => this.#once(`${what} ${path}`, work);
    return {
      write: (bytes, position) =>
        once(`write ${bytes.length}${position === undefined ? "" : ` at ${position}`} to`, () =>
          inner.write(bytes, position),
        ),
      sync: () => once("sync", () => inner.sync()),
      truncate: (size) => once(`truncate to ${size}`, () => inner.truncate(size)),
      close: () => once("close", () => inner.close()),
    };
  }

  async #once<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.log.push(what);
    if (this.#underWay > 0) this.overlaps.push(what);
    this.#underWay++;
    try {
      await new Promise((resolve) => setImmediate(resolve));
      const failure = this.failing.get(what);
      if (failure !== undefined) {
        this.failing.delete(what);
        throw failure;
      }
      return await work();
    } finally {
      this.#underWay--;
    }
  }
}
