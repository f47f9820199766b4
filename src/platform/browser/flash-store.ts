/** A virtual plug's flash in a browser's files: written when it is checked and closed, not at each change. */
import { LARGEST_FLASH } from "../../core/image/header.ts";
import type { Files } from "../../engine/ports.ts";
import type { FlashStore } from "../../host/environment.ts";
import { refuseUnfitFlash } from "../flash-size.ts";

/**
 * The tab may be closed at any moment without a word, so the last changes may be missing then, as after a power cut in
 * the middle of a write. The file is replaced whole. Errors: file-*, locked, bad-argument.
 */
export async function openFlashStore(files: Files, path: string): Promise<FlashStore> {
  const release = await files.lock(path);
  let flash: Uint8Array | undefined;
  let dirty = false;
  let saving: Promise<void> = Promise.resolve();
  let failure: Error | undefined;
  const save = async (): Promise<void> => {
    if (!dirty || flash === undefined) return;
    dirty = false;
    const fresh = `${path}.new`;
    if ((await files.stat(fresh)) !== undefined) await files.remove(fresh);
    const handle = await files.open(fresh, "create", 0o600);
    try {
      await handle.write(flash);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(fresh, path);
  };
  /** One save at a time; whatever changes meanwhile is in the next. */
  const saveNext = (): void => {
    saving = saving.then(save).catch((error: unknown) => {
      failure ??= error as Error;
    });
  };
  return {
    contents: async () => {
      const info = await files.stat(path);
      if (info === undefined) return undefined;
      refuseUnfitFlash(path, info);
      return await files.read(path, LARGEST_FLASH);
    },
    follow: async (followed) => {
      flash = followed;
      dirty = true;
      await save();
    },
    changed: () => {
      if (dirty) return;
      dirty = true;
      saveNext();
    },
    check: () => {
      if (failure !== undefined) throw failure;
    },
    close: async () => {
      await saving;
      await save();
      await release();
    },
  };
}
