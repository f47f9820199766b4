/**
 * An origin private file system in memory, as fs.spec.whatwg.org describes what a worker gets: what is written through a
 * sync access handle is in the file only once it is flushed or closed, one handle per file at a time, a move replaces.
 */

type Node = Folder | Stored;
type Folder = Map<string, Node>;

interface Stored {
  bytes: Uint8Array;
  open: boolean;
}

export interface FakeOpfs {
  readonly root: FileSystemDirectoryHandle;
  /** Bytes that may still be written. */
  room: number;
}

const isFolder = (node: Node | undefined): node is Folder => node instanceof Map;
const gone = (): DOMException => new DOMException("no such entry", "NotFoundError");

export function fakeOpfs(): FakeOpfs {
  const disk: FakeOpfs = { root: undefined as never, room: Number.POSITIVE_INFINITY };
  const fileHandle = (parent: Folder, name: string, file: Stored): unknown => ({
    kind: "file",
    name,
    getFile: async () => ({ size: file.bytes.length, arrayBuffer: async () => file.bytes.slice().buffer }),
    createSyncAccessHandle: async () => {
      if (file.open) throw new DOMException("open", "NoModificationAllowedError");
      file.open = true;
      let draft = file.bytes.slice();
      return {
        getSize: () => draft.length,
        write: (bytes: Uint8Array, { at }: { at: number }) => {
          if (disk.room < bytes.length) throw new DOMException("full", "QuotaExceededError");
          disk.room -= bytes.length;
          if (at + bytes.length > draft.length) {
            const grown = new Uint8Array(at + bytes.length);
            grown.set(draft);
            draft = grown;
          }
          draft.set(bytes, at);
          return bytes.length;
        },
        truncate: (size: number) => {
          draft = draft.slice(0, size);
        },
        flush: () => {
          file.bytes = draft.slice();
        },
        close: () => {
          file.bytes = draft.slice();
          file.open = false;
        },
      };
    },
    move: async (target: { readonly folder: Folder }, to: string) => {
      if (file.open) throw new DOMException("open", "NoModificationAllowedError");
      parent.delete(name);
      target.folder.set(to, file);
    },
  });
  const folderHandle = (folder: Folder): unknown => ({
    kind: "directory",
    folder,
    getDirectoryHandle: async (name: string, { create = false } = {}) => {
      if (name === "." || name === "..") throw new TypeError("not a valid name");
      const node = folder.get(name);
      if (node === undefined && !create) throw gone();
      if (node !== undefined && !isFolder(node)) throw new DOMException("a file", "TypeMismatchError");
      const found = node ?? new Map<string, Node>();
      folder.set(name, found);
      return folderHandle(found);
    },
    getFileHandle: async (name: string, { create = false } = {}) => {
      const node = folder.get(name);
      if (node === undefined && !create) throw gone();
      if (isFolder(node)) throw new DOMException("a folder", "TypeMismatchError");
      const found = node ?? { bytes: new Uint8Array(0), open: false };
      folder.set(name, found);
      return fileHandle(folder, name, found);
    },
    removeEntry: async (name: string) => {
      if (!folder.delete(name)) throw gone();
    },
    keys: async function* keys() {
      yield* folder.keys();
    },
  });
  (disk as { root: FileSystemDirectoryHandle }).root = folderHandle(new Map()) as FileSystemDirectoryHandle;
  return disk;
}

/** Web Locks of one origin: one holder per name, others wait in turn or are told that it is taken. */
export function fakeLocks(): LockManager {
  const held = new Map<string, Promise<unknown>>();
  const request = async (
    name: string,
    options: LockOptions,
    work: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    while (held.has(name)) {
      if (options.ifAvailable === true) return work(null);
      await held.get(name);
    }
    const done = Promise.resolve(work({ name, mode: "exclusive" })).finally(() => held.delete(name));
    held.set(name, done);
    return done;
  };
  return { request, query: async () => ({}) } as unknown as LockManager;
}
