import { expect, test } from "vitest";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import type { Files, Random } from "../ports.ts";
import { makePrivateFolder, proveWritable, writeWholeFile } from "./folders.ts";

const NOON = 1_767_268_800_000;
const at = (wall: number): { wallTime(): number } => ({ wallTime: () => wall });
const random: Random = new SeededRandom("folders");

test("two processes can check the free space of the home at once, and leave no files", async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  await files.makeDirectory("/home", 0o700);
  await Promise.all([
    proveWritable(files, "/home", at(NOON), random),
    proveWritable(files, "/home", at(NOON), random),
    proveWritable(files, "/home", at(NOON + 1), random),
  ]);
  expect(await files.list("/home")).toEqual([]);
});

test("a disk that reports being full only on flush is noticed, and its space is freed", async () => {
  const disk = new VirtualDisk({ seed: 1 });
  const late: Files = {
    ...disk.files,
    open: async (path, how, mode) => ({
      ...(await disk.files.open(path, how, mode)),
      sync: () => Promise.reject(new PlugsmithError("disk-full", { message: say`No space is left.` })),
    }),
  };
  await expect(proveWritable(late, "/home", at(NOON), random)).rejects.toMatchObject({ code: "disk-full" });
  expect(disk.used).toBe(0);
});

test("the leftover of a crashed space check is deleted later; that of a running process is not", async () => {
  const disk = new VirtualDisk({ seed: 1 });
  disk.onOperation = (_, what) => {
    if (what.startsWith("remove")) disk.kill();
  };
  void proveWritable(disk.files, "/home", at(NOON), random);
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  disk.onOperation = undefined;
  expect(await disk.files.list("/home")).toHaveLength(1);
  await proveWritable(disk.files, "/home", at(NOON + 1000), random);
  expect(await disk.files.list("/home")).toHaveLength(1);
  await proveWritable(disk.files, "/home", at(NOON + 3_600_000), random);
  expect(await disk.files.list("/home")).toEqual([]);
});

test("a file that does not fit leaves the old file, and takes no space", async () => {
  const disk = new VirtualDisk({ seed: 1 });
  await writeWholeFile(disk.files, "/a", new Uint8Array(100));
  disk.capacity = 250;
  await expect(writeWholeFile(disk.files, "/a", new Uint8Array(200))).rejects.toMatchObject({ code: "disk-full" });
  expect([disk.used, await disk.files.list("")]).toEqual([100, ["a"]]);
});

test("a home given by a relative path is flushed in the current folder", async () => {
  const disk = new VirtualDisk({ seed: 1 });
  const flushed: string[] = [];
  disk.onOperation = (_, what) => void (what.startsWith("sync") && flushed.push(what));
  await makePrivateFolder(disk.files, "plugs-home", "plugs-home/plugs");
  expect(flushed).toEqual(["syncDirectory .", "syncDirectory plugs-home"]);
});
