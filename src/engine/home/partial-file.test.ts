import { beforeEach, describe, expect, test } from "vitest";
import { OrderedFiles } from "../../../test/support/ordered-files.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { writeWholeFile } from "./folders.ts";
import { openPartial, PartialFile, readPartial, removePartial } from "./partial-file.ts";

const HOME = "/home";

let disk: OrderedFiles;
beforeEach(async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  await files.makeDirectory(HOME, 0o700);
  disk = new OrderedFiles(files);
});

/** Waits for the work, then for nothing more. */
const whole = <T>(work: Promise<T>): Promise<T> => disk.whole(work);

describe("a backup on its way", () => {
  const SECTOR = 0x1000;
  const path = "/home/incomplete-backup.bin";

  test("is made as long as the flash, its name flushed, and taken over by the next run", async () => {
    const partial = await whole(openPartial(disk.files, HOME, 4 * SECTOR));
    expect(disk.changes).toEqual([
      `create ${path} 600`,
      `close ${path}`,
      "flush /home",
      `update ${path} 600`,
      `truncate to ${4 * SECTOR} ${path}`,
    ]);
    partial.put(SECTOR, new Uint8Array(SECTOR).fill(7));
    partial.put(3 * SECTOR + 5, Uint8Array.of(1));
    await whole(partial.close());
    expect(partial.failure).toBeUndefined();
    expect(disk.changes.slice(-2)).toEqual([`sync ${path}`, `close ${path}`]);
    disk.log.length = 0;
    const again = await openPartial(disk.files, HOME, 4 * SECTOR);
    expect(disk.changes).toEqual([`update ${path} 600`]);
    await again.close();
    const found = await whole(readPartial(disk.files, HOME, 4 * SECTOR));
    expect(found?.sectors).toEqual([SECTOR, 3 * SECTOR]);
    expect(found?.image[SECTOR]).toBe(7);
    expect(found?.image).toHaveLength(4 * SECTOR);
  });

  test("of a smaller flash is read as far as it goes, of a larger one it is not of this flash", async () => {
    await writeWholeFile(disk.files, path, new Uint8Array(SECTOR).fill(9));
    expect(await readPartial(disk.files, HOME, SECTOR)).toMatchObject({ sectors: [0] });
    expect(await readPartial(disk.files, HOME, 2 * SECTOR)).toMatchObject({ sectors: [0] });
    expect(await readPartial(disk.files, HOME, SECTOR - 1)).toBeUndefined();
    expect(await readPartial(disk.files, "/other", SECTOR)).toBeUndefined();
  });

  test("is flushed each 128 KiB", async () => {
    const partial = await openPartial(disk.files, HOME, 0x40000);
    disk.log.length = 0;
    for (let at = 0; at < 0x40000; at += 0x8000) partial.put(at, new Uint8Array(0x8000));
    await whole(partial.close());
    const flushes = disk.changes.flatMap((line, i) => (line.startsWith("sync") ? [i] : []));
    expect(flushes).toEqual([4, 9, 10]);
  });

  test("stops at a failure and says which, and closing does not throw", async () => {
    const partial = await openPartial(disk.files, HOME, SECTOR);
    disk.failing.set(`write 1 at 0 to ${path}`, new PlugsmithError("disk-full", { message: say`Full.` }));
    disk.log.length = 0;
    partial.put(0, Uint8Array.of(1));
    partial.put(1, Uint8Array.of(1));
    await whole(partial.close());
    expect(partial.failure?.message).toBe("Full.");
    expect(disk.changes).toEqual([`write 1 at 0 to ${path}`, `sync ${path}`, `close ${path}`]);
  });

  test.each(["sync", "close"])("says so where its %s fails at the end", async (what) => {
    const partial = await openPartial(disk.files, HOME, SECTOR);
    disk.failing.set(`${what} ${path}`, new Error("no"));
    await whole(partial.close());
    expect(partial.failure?.message).toBe("no");
    expect(disk.log.at(-1)).toBe(`close ${path}`);
  });

  test("gives its handle back where it cannot be made long enough", async () => {
    disk.failing.set(`truncate to ${SECTOR} ${path}`, new PlugsmithError("disk-full", { message: say`Full.` }));
    await expect(whole(openPartial(disk.files, HOME, SECTOR))).rejects.toThrowError("Full.");
    expect(disk.log.at(-1)).toBe(`close ${path}`);
  });

  test("is removed with its name, where there is one", async () => {
    await whole(removePartial(disk.files, HOME));
    expect(disk.changes).toEqual([]);
    await (await openPartial(disk.files, HOME, SECTOR)).close();
    disk.log.length = 0;
    await whole(removePartial(disk.files, HOME));
    expect(disk.changes).toEqual([`remove ${path}`, "flush /home"]);
  });

  test("writes in the order in which it was asked, one after the other", async () => {
    const order: number[] = [];
    const handle = {
      write: async (_: Uint8Array, at?: number) => {
        await new Promise((resolve) => setImmediate(resolve));
        order.push(at ?? -1);
      },
      sync: () => Promise.resolve(),
      truncate: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    const partial = new PartialFile(handle);
    for (const at of [3, 1, 2]) partial.put(at, Uint8Array.of(0));
    await partial.close();
    expect(order).toEqual([3, 1, 2]);
  });
});
