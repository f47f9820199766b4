import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openVirtualPlug } from "../../host/virtual/virtual-plug.ts";
import { createNodeEnvironment } from "./environment.ts";
import { FlashFile } from "./flash-file.ts";

const SIZE = 0x8_0000;
const environment = createNodeEnvironment({ home: "/nowhere", tool: "test" });

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "plugsmith-flash-"));
  path = join(directory, "flash.bin");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Opens the file and changes one byte of the flash. */
async function changeOneByte(name: string): Promise<void> {
  const file = await FlashFile.at(name);
  const flash = (await file.contents()) ?? new Uint8Array(SIZE).fill(0xff);
  await file.follow(flash);
  flash[0x1234] = 0x55;
  file.changed(0x1234, 0x1235);
  await file.close();
}

test("a file that is there stays the same file, with its mode, and holds what changed", async () => {
  writeFileSync(path, new Uint8Array(SIZE).fill(0xff));
  chmodSync(path, 0o644);
  const before = statSync(path);
  await changeOneByte(path);
  const after = statSync(path);
  expect([after.ino, after.mode]).toEqual([before.ino, before.mode]);
  expect(readFileSync(path).indexOf(0x55)).toBe(0x1234);
});

test("a file that is not there is made for its owner alone, and nothing else is left in the folder", async () => {
  await changeOneByte(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(path).size).toBe(SIZE);
  expect(readFileSync(path).indexOf(0x55)).toBe(0x1234);
  expect(lstatSync(`${path}.${process.pid}.new`, { throwIfNoEntry: false })).toBeUndefined();
});

test.each([true, false])("a link stays a link, and what it leads to is written (there already: %s)", async (there) => {
  const link = join(directory, "link");
  mkdirSync(join(directory, "elsewhere"));
  const target = join(directory, "elsewhere", "real.bin");
  if (there) writeFileSync(target, new Uint8Array(SIZE).fill(0xff));
  symlinkSync("elsewhere/real.bin", link);
  await changeOneByte(link);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target).indexOf(0x55)).toBe(0x1234);
});

test("a circle of links is refused", async () => {
  symlinkSync("b", join(directory, "a"));
  symlinkSync("a", join(directory, "b"));
  await expect(FlashFile.at(join(directory, "a"))).rejects.toMatchObject({ code: "bad-argument" });
});

test("one plug has the file at a time, by whatever name the other comes", async () => {
  const link = join(directory, "link");
  symlinkSync("flash.bin", link);
  const first = await FlashFile.at(path);
  await first.follow(new Uint8Array(SIZE).fill(0xff));
  for (const name of [path, link, join(directory, ".", "flash.bin")]) {
    await expect(FlashFile.at(name)).rejects.toMatchObject({
      code: "locked",
      message: expect.stringContaining("flash.bin"),
    });
  }
  await first.close();
  await (await FlashFile.at(link)).close();
});

test("of two plugs that both find no file and make it, the second is refused and the first's contents stay", async () => {
  const [first, second] = [await FlashFile.at(path), await FlashFile.at(path)];
  await first.follow(new Uint8Array(SIZE).fill(0x11));
  await expect(second.follow(new Uint8Array(SIZE).fill(0x22))).rejects.toMatchObject({ code: "locked" });
  expect(readFileSync(path).every((byte) => byte === 0x11)).toBe(true);
  await second.close();
  await expect(FlashFile.at(path)).rejects.toMatchObject({ code: "locked" });
  await first.close();
});

test.each([0, 1, 0x7_ffff, 0x18_0000, 0x200_0000])(
  "a file of %i bytes is no flash and is left as it is",
  async (size) => {
    writeFileSync(path, new Uint8Array(size));
    await expect(FlashFile.at(path)).rejects.toMatchObject({ code: "bad-argument" });
    expect(statSync(path).size).toBe(size);
  },
);

test("a plug in a folder and one that is given the folder's flash as a file do not share it", async () => {
  const folder = join(directory, "plug");
  const plug = await openVirtualPlug(environment, { folder, start: "kept" });
  const sharing = openVirtualPlug(environment, {
    folder: undefined,
    start: "kept",
    flashFile: join(folder, "flash.bin"),
  });
  await expect(sharing).rejects.toMatchObject({ code: "locked" });
  await plug.close();
  const free = await openVirtualPlug(environment, {
    folder: undefined,
    start: "kept",
    flashFile: join(folder, "flash.bin"),
  });
  await free.close();
});
