/** `backup --out`: a copy elsewhere that any interruption leaves completable, and that overwrites nothing. */
import { expect, test } from "vitest";
import { isPlugsmithError } from "../../src/core/errors.ts";
import type { BackupResult } from "../../src/engine/flash/contract.ts";
import { drain } from "../../src/platform/node/system.ts";
import { flashWith, SessionRig } from "../support/session-rig.ts";

const OUT = "/stick/plug.bin";
const FOLDER = "/stick";
const text = new TextEncoder();

async function rigWithStick(): Promise<SessionRig> {
  const rig = new SessionRig();
  await rig.disk.files.makeDirectory(FOLDER, 0o755);
  await rig.disk.files.syncDirectory("");
  return rig;
}

/** The command, in a process of its own: it begins with what the disk holds then. */
async function backUp(rig: SessionRig): Promise<BackupResult | string> {
  const session = rig.open();
  try {
    return await rig.run(session.backup({ out: OUT }));
  } catch (error) {
    return isPlugsmithError(error) ? error.code : String(error);
  } finally {
    await rig.run(session.close());
  }
}

async function expectWholeCopy(rig: SessionRig, result: BackupResult | string): Promise<void> {
  const { files } = rig.disk;
  expect(result).toMatchObject({ out: OUT });
  expect(await files.list(FOLDER)).toEqual(["plug.bin", "plug.bin.json"]);
  expect(await files.read(OUT)).toEqual(rig.bench.flash.slice());
  const { path, manifest } = result as BackupResult;
  expect(JSON.parse(new TextDecoder().decode(await files.read(`${OUT}.json`)))).toEqual(manifest);
  expect(rig.disk.surviving(OUT)).toEqual(await files.read(path));
  expect(rig.disk.surviving(`${OUT}.json`)).toBeDefined();
}

async function put(rig: SessionRig, path: string, contents: string): Promise<void> {
  const handle = await rig.disk.files.open(path, "create", 0o644);
  await handle.write(text.encode(contents));
  await handle.sync();
  await rig.disk.files.syncDirectory(FOLDER);
}

test("a backup copy holds the image and its manifest, with private permissions, and is not written twice", async () => {
  const rig = await rigWithStick();
  await expectWholeCopy(rig, await backUp(rig));
  expect((await rig.disk.files.stat(OUT))?.mode).toBe(0o600);
  const changes: string[] = [];
  rig.disk.onOperation = (_, what) => changes.push(what);
  await expectWholeCopy(rig, await backUp(rig));
  expect(changes.filter((what) => what.includes(FOLDER))).toEqual([`syncDirectory ${FOLDER}`]);
});

test("a full disk leaves no copy, and the same command completes it once there is space", async () => {
  const rig = await rigWithStick();
  const before = rig.open();
  await rig.run(before.backup());
  await rig.run(before.close());
  const sealed = rig.disk.used;
  const manifest = 600;
  for (const room of [
    0,
    0x10000,
    rig.bench.flash.length - 1,
    rig.bench.flash.length,
    rig.bench.flash.length + manifest,
  ]) {
    rig.disk.capacity = rig.disk.used + room;
    const result = await backUp(rig);
    if (typeof result !== "string") continue;
    expect(result).toBe("disk-full");
    expect((await rig.disk.files.list(FOLDER)).filter((name) => name !== "plug.bin")).toEqual([]);
    expect([undefined, rig.bench.flash.length]).toContain((await rig.disk.files.stat(OUT))?.size);
  }
  expect(rig.disk.used).toBeGreaterThanOrEqual(sealed);
  rig.disk.capacity = Number.POSITIVE_INFINITY;
  await expectWholeCopy(rig, await backUp(rig));
});

test("after a crash at any disk operation the same command completes the copy", async () => {
  const rig = await rigWithStick();
  const first = rig.open();
  await rig.run(first.backup());
  await rig.run(first.close());
  let struck = true;
  for (let last = 0; struck; last++) {
    struck = await dieAt(rig, last, last % 3 === 0 ? "kill" : "crash");
    await expectWholeCopy(rig, await backUp(rig));
    for (const name of await rig.disk.files.list(FOLDER)) await rig.disk.files.remove(`${FOLDER}/${name}`);
    await rig.disk.files.syncDirectory(FOLDER);
    expect(last).toBeLessThan(40);
  }
});

/** Whether the command got that far: how many operations there are shows by its reaching its end. */
async function dieAt(rig: SessionRig, last: number, how: "kill" | "crash"): Promise<boolean> {
  let operations = 0;
  let over: "struck" | "ended" | undefined;
  rig.disk.onOperation = () => {
    if (operations++ !== last) return;
    over = "struck";
    rig.disk[how]();
  };
  const line = rig.bench.openLine();
  const session = rig.open({ line });
  const backup = session.backup({ out: OUT });
  // One that was struck while it connected gives up once its time is over; nobody is there to hear it.
  void backup
    .catch((error: unknown) => {
      if (over !== "struck") throw error;
    })
    .finally(() => {
      over ??= "ended";
    });
  await rig.clock.run(drain, () => over !== undefined);
  rig.disk.onOperation = undefined;
  await rig.run(line.close());
  if (over === "ended") await rig.run(session.close());
  return over === "struck";
}

test("a different image or manifest under the copy's name is refused before the plug is read, and stays", async () => {
  for (const name of [OUT, `${OUT}.json`]) {
    const rig = await rigWithStick();
    await put(rig, name, "a letter");
    expect(await backUp(rig)).toBe("file-exists");
    expect(await rig.disk.files.list("/home")).toEqual([]);
    expect(new TextDecoder().decode(await rig.disk.files.read(name))).toBe("a letter");
  }
});

test("the copy of earlier flash contents is not overwritten", async () => {
  const rig = await rigWithStick();
  const earlier = await backUp(rig);
  const kept = await rig.disk.files.read(OUT);
  rig.bench.flash.set(flashWith([3], 9).subarray(0x3000, 0x4000), 0x3000);
  expect(typeof earlier).toBe("object");
  expect(await backUp(rig)).toBe("file-exists");
  expect(await rig.disk.files.read(OUT)).toEqual(kept);
});
