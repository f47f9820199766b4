import { describe, expect, test } from "vitest";
import { flashWith, SECTOR, SessionRig, SMALL_FLASH } from "../../../test/support/session-rig.ts";
import { md5Hex, sha256Hex } from "../../core/digest.ts";
import { listBackups } from "../home/backups.ts";
import { writeWholeFile } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import type { FlashPlan } from "./contract.ts";

const folderOf = ({ plug }: SessionRig): string => `/home/plugs/${plug}`;
const partialOf = (rig: SessionRig): string => `${folderOf(rig)}/incomplete-backup.bin`;
const sealedIn = (rig: SessionRig) => listBackups(rig.disk.files, "/home", rig.plug);
const reported = async (rig: SessionRig) =>
  (await readJournal(rig.disk.files, folderOf(rig))).filter(({ type }) => type === "backup-sealed");

const sector = (bytes: Uint8Array, index: number): Uint8Array => bytes.subarray(index * SECTOR, (index + 1) * SECTOR);

/** Leaves what an interrupted run had read. */
async function interrupted(rig: SessionRig, partial: Uint8Array): Promise<void> {
  await rig.run(writeWholeFile(rig.disk.files, partialOf(rig), partial));
}

describe("a backup", () => {
  test("a backup holds the whole flash, is sealed and journalled, and its partial file is deleted", async () => {
    const rig = new SessionRig();
    const original = rig.bench.flash.slice();
    const result = await rig.run(rig.open().backup());
    expect(await rig.disk.files.read(result.path)).toEqual(original);
    expect(result).toMatchObject({ already: false, out: undefined, resumedBytes: 0 });
    expect(result.readBytes + result.skippedBytes).toBe(SMALL_FLASH);
    expect(result.readBytes).toBeLessThan(SMALL_FLASH / 2);
    const { md5, sha256, mac, size } = result.manifest;
    expect({ md5, sha256, size }).toEqual({ md5: md5Hex(original), sha256: sha256Hex(original), size: SMALL_FLASH });
    expect(mac.replaceAll(":", "")).toBe(rig.plug);
    expect(await reported(rig)).toMatchObject([{ backup: result.backup.id, md5, sha256 }]);
    expect(await rig.disk.files.stat(partialOf(rig))).toBeUndefined();
    expect(rig.fact("backup")).toMatchObject({ value: result.path });
  });

  test("a backup of a flash that equals a sealed backup reuses that backup and deletes what a crash left beside it", async () => {
    const rig = new SessionRig();
    const session = rig.open();
    const first = await rig.run(session.backup());
    await interrupted(rig, rig.bench.flash.slice());
    expect(await rig.run(session.planBackup())).toMatchObject({
      transferBytes: 0,
      steps: [{ act: "skip", at: 0, length: SMALL_FLASH, reason: `equals the sealed backup ${first.backup.id}` }],
    });
    expect(await rig.run(session.backup())).toEqual({ ...first, already: true, readBytes: 0, skippedBytes: 0 });
    expect(await rig.disk.files.stat(partialOf(rig))).toBeUndefined();
    expect(await reported(rig)).toHaveLength(1);
  });

  test("a backup is made again if the matching sealed backup is corrupted", async () => {
    const rig = new SessionRig();
    const session = rig.open();
    const first = await rig.run(session.backup());
    const corrupted = rig.bench.flash.slice();
    corrupted[7]! ^= 1;
    await rig.run(writeWholeFile(rig.disk.files, first.path, corrupted));
    const second = await rig.run(session.backup());
    expect(second.already).toBe(false);
    expect(second.path).not.toBe(first.path);
    expect(await rig.disk.files.read(second.path)).toEqual(rig.bench.flash.slice());
    expect(await sealedIn(rig)).toHaveLength(2);
  });

  test("a changed flash gets a new backup, and the old one is found once the flash is restored", async () => {
    const rig = new SessionRig();
    const original = rig.bench.flash.slice();
    const made = [];
    for (const byte of [original[0]!, original[0]! ^ 0x01, original[0]!]) {
      rig.bench.flash[0] = byte;
      const session = rig.open();
      made.push(await rig.run(session.backup()));
      await rig.run(session.finish("stay"));
      await session.close();
    }
    expect(made.map(({ already }) => already)).toEqual([false, false, true]);
    expect(made[2]!.path).toBe(made[0]!.path);
    expect(await rig.disk.files.read(made[0]!.path)).toEqual(original);
    expect(await sealedIn(rig)).toHaveLength(2);
  });

  test("a full backup reads every byte and is sealed again, whatever was sealed or read before", async () => {
    const rig = new SessionRig();
    const first = rig.open();
    await rig.run(first.backup());
    await first.close();
    const session = rig.open({ skip: false });
    await interrupted(rig, rig.bench.flash.slice());
    expect((await rig.run(session.planBackup())).steps.map(({ act, at, length }) => ({ act, at, length }))).toEqual([
      { act: "read", at: 0, length: SMALL_FLASH },
      { act: "digest", at: 0, length: SMALL_FLASH },
    ]);
    expect(await rig.run(session.backup())).toMatchObject({
      already: false,
      readBytes: SMALL_FLASH,
      skippedBytes: 0,
      resumedBytes: 0,
    });
    expect(await sealedIn(rig)).toHaveLength(2);
  });
});

test("after an interrupted run only sectors that match the chip's digests are reused", async () => {
  const rig = new SessionRig();
  const original = rig.bench.flash.slice();
  const session = rig.open();
  await rig.run(session.identify());
  // Read: sector 40, and the first block but for its sectors 2, 6, 10 and 14, which are another plug's or damaged: those
  // that are sampled where nobody wants it exact. The rest was never written.
  const partial = new Uint8Array(SMALL_FLASH);
  for (const index of [...Array(16).keys(), 40]) partial.set(sector(original, index), index * SECTOR);
  for (const index of [2, 6, 10, 14]) partial.set(sector(flashWith([index], 2), index), index * SECTOR);
  await interrupted(rig, partial);
  const plan = await rig.run(session.planBackup());
  const resumed = plan.steps.filter(({ reason }) => reason.toString() === "already read by an earlier run");
  const sectorsOf = (steps: FlashPlan["steps"]) =>
    steps.map(({ act, at, length }) => [act, at / SECTOR, length / SECTOR]);
  expect(sectorsOf(resumed)).toEqual([
    ["skip", 0, 2],
    ["skip", 3, 3],
    ["skip", 7, 3],
    ["skip", 11, 3],
    ["skip", 15, 1],
    ["skip", 40, 1],
  ]);
  expect(resumed[0]!.md5).toBe(md5Hex(original.subarray(0, 2 * SECTOR)));
  expect(sectorsOf(plan.steps.filter(({ reason }) => reason.toString() === "blank"))).toEqual([
    ["skip", 6, 1],
    ["skip", 10, 1],
    ["skip", 14, 1],
    ["skip", 16, 24],
    ["skip", 41, 23],
  ]);
  expect(sectorsOf(plan.steps.filter(({ act }) => act === "read"))).toEqual([["read", 2, 1]]);
  expect(plan.steps.at(-1)).toMatchObject({ act: "digest", at: 0, length: SMALL_FLASH, md5: md5Hex(original) });
  const result = await rig.run(session.backup());
  expect(result.resumedBytes).toBe(13 * SECTOR);
  expect(result.resumedBytes + result.readBytes + result.skippedBytes).toBe(SMALL_FLASH);
  expect(await rig.disk.files.read(result.path)).toEqual(original);
});

test("a copy's file name that another file has is refused before anything is read from the plug", async () => {
  const rig = new SessionRig();
  const out = "/elsewhere.bin";
  await rig.run(writeWholeFile(rig.disk.files, out, Uint8Array.of(1, 2, 3)));
  await expect(rig.run(rig.open().backup({ out }))).rejects.toMatchObject({ code: "file-exists" });
  expect(rig.clock.now).toBe(0);
  expect(await sealedIn(rig)).toEqual([]);
  expect(await rig.disk.files.read(out)).toEqual(Uint8Array.of(1, 2, 3));
});
