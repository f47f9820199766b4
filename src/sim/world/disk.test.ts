import { expect, test } from "vitest";
import { isPlugsmithError } from "../../core/errors.ts";
import { VirtualDisk } from "./disk.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function write(disk: VirtualDisk, path: string, text: string, sync: boolean): Promise<void> {
  const handle = await disk.files.open(path, "append", 0o600);
  await handle.write(bytes(text));
  if (sync) await handle.sync();
}

test("what was synced, name and contents, survives every crash", async () => {
  for (let seed = 0; seed < 50; seed++) {
    const disk = new VirtualDisk({ seed });
    await write(disk, "/a", "safe", true);
    await disk.files.syncDirectory("");
    disk.crash();
    expect(new TextDecoder().decode(await disk.files.read("/a"))).toBe("safe");
  }
});

test("what was not synced is sometimes lost, sometimes torn, sometimes kept", async () => {
  const outcomes = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const disk = new VirtualDisk({ seed });
    await write(disk, "/a", "", true);
    await disk.files.syncDirectory("");
    await write(disk, "/a", "x".repeat(2000), false);
    await write(disk, "/new", "y", true);
    disk.crash();
    const length = (await disk.files.read("/a")).length;
    outcomes.add(length === 0 ? "lost" : length === 2000 ? "kept" : "torn");
    outcomes.add((await disk.files.stat("/new")) === undefined ? "name lost" : "name kept");
  }
  expect([...outcomes].sort()).toEqual(["kept", "lost", "name kept", "name lost", "torn"]);
});

test("a renamed file is the old or the new one after a crash, never neither", async () => {
  for (let seed = 0; seed < 60; seed++) {
    const disk = new VirtualDisk({ seed });
    await write(disk, "/a", "old", true);
    await disk.files.syncDirectory("");
    await write(disk, "/b", "new", true);
    await disk.files.rename("/b", "/a");
    disk.crash();
    expect(["old", "new"]).toContain(new TextDecoder().decode(await disk.files.read("/a")));
  }
});

test("a killed process loses its handles and its locks, and nothing it wrote", async () => {
  const disk = new VirtualDisk({ seed: 1 });
  const handle = await disk.files.open("/a", "create", 0o600);
  await handle.write(bytes("here"));
  await disk.files.lock("/lock");
  disk.kill();
  void handle.write(bytes("late"));
  await disk.files.lock("/lock");
  expect(new TextDecoder().decode(await disk.files.read("/a"))).toBe("here");
});

test("a full disk says so, having taken what still fitted", async () => {
  const disk = new VirtualDisk({ seed: 1, capacity: 6 });
  const error = await write(disk, "/a", "12345678", false).catch((thrown: unknown) => thrown);
  expect(isPlugsmithError(error, "disk-full")).toBe(true);
  expect(new TextDecoder().decode(await disk.files.read("/a"))).toBe("123456");
});

test("what was opened for appending cannot be cut, as on Windows", async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  const appended = await files.open("/a", "append", 0o600);
  await appended.write(bytes("abc"));
  const error = await appended.truncate(1).catch((thrown: unknown) => thrown);
  expect(isPlugsmithError(error, "file-permission")).toBe(true);
  await (await files.open("/a", "update", 0o600)).truncate(1);
  expect(new TextDecoder().decode(await files.read("/a"))).toBe("a");
});

test("the same seed loses the same bytes", async () => {
  const run = async (): Promise<string[]> => {
    const disk = new VirtualDisk({ seed: 42 });
    for (let i = 0; i < 20; i++) await write(disk, `/f${i % 5}`, `part ${i};`.repeat(200), i % 3 === 0);
    disk.crash();
    const names = await disk.files.list("");
    return Promise.all(names.map(async (name) => `${name}:${(await disk.files.read(`/${name}`)).length}`));
  };
  expect(await run()).toEqual(await run());
});
