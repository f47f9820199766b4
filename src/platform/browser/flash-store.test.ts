import { expect, test } from "vitest";
import { fakeLocks, fakeOpfs } from "../../../test/support/fake-opfs.ts";
import { openFlashStore } from "./flash-store.ts";
import { opfsFiles } from "./opfs-files.ts";

const SIZE = 0x10_0000;

function setUp() {
  const disk = fakeOpfs();
  return { disk, files: opfsFiles(disk.root, fakeLocks()) };
}

test("changes to a virtual plug's flash are in its file once it is closed", async () => {
  const { files } = setUp();
  const store = await openFlashStore(files, "flash.bin");
  expect(await store.contents()).toBeUndefined();
  const flash = new Uint8Array(SIZE).fill(0xff);
  await store.follow(flash);
  for (const at of [5, 6, 7]) {
    flash[at] = at;
    store.changed(at, at + 1);
  }
  await store.close();
  store.check();
  expect((await files.read("flash.bin")).slice(4, 9)).toEqual(Uint8Array.of(0xff, 5, 6, 7, 0xff));
  expect(await files.list("")).toEqual(["flash.bin"]);
});

test("a second plug cannot use the same flash, and a file that is no flash is refused", async () => {
  const { files } = setUp();
  const store = await openFlashStore(files, "flash.bin");
  await expect(openFlashStore(files, "flash.bin")).rejects.toMatchObject({ code: "locked" });
  await store.close();
  const handle = await files.open("short.bin", "create", 0o600);
  await handle.write(new Uint8Array(100));
  await handle.close();
  await expect((await openFlashStore(files, "short.bin")).contents()).rejects.toMatchObject({ code: "bad-argument" });
});

test("a change that could not be stored comes up at the next check", async () => {
  const { disk, files } = setUp();
  const store = await openFlashStore(files, "flash.bin");
  const flash = new Uint8Array(SIZE);
  await store.follow(flash);
  disk.room = 10;
  flash[0] = 1;
  store.changed(0, 1);
  await store.close();
  expect(() => store.check()).toThrowError(expect.objectContaining({ code: "disk-full" }));
});
