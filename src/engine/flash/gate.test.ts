import { beforeEach, describe, expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { FACTS, PLUG } from "../../../test/support/stub-operation.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { StoredEntry } from "../../core/journal/stored-entry.ts";
import { say } from "../../core/text/text.ts";
import { pureCodec } from "../codec.ts";
import { type SealedBackup, sealBackup } from "../home/backups.ts";
import { askGate, type GateAnswer, type GateQuestion, gateClosed } from "./gate.ts";

const HOME = "/home";
const SIZE = 0x2000;
/** A digest of nothing that was ever sealed. */
const ELSEWISE = "00112233445566778899aabbccddeeff";

const image = (seed: number, size = SIZE): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (i * 7 + seed) & 0xff);
const at = "2026-01-03T00:00:00.000Z";
const started = (backup?: string): StoredEntry => ({ type: "erase-begun", at, kind: "write", backup });
const restored: StoredEntry = { type: "restore-proven", at };

let files: MemoryFiles;
/** How the chip was asked for its digest, in order. */
let asked: string[];

beforeEach(() => {
  files = new MemoryFiles();
  asked = [];
});

const seal = (seed: number, size?: number): Promise<SealedBackup> =>
  sealBackup(files, HOME, PLUG, image(seed, size), FACTS);

/** The gate's answer where the chip tells these digests, one after the other. */
function gate(digests: readonly string[], question: Partial<GateQuestion> = {}): Promise<GateAnswer> {
  return askGate({
    files,
    codec: pureCodec,
    home: HOME,
    plug: PLUG,
    md5Now: (again) => {
      asked.push(again ?? "first");
      const digest = digests[asked.length - 1];
      return digest === undefined ? Promise.reject(new Error("asked too often")) : Promise.resolve(digest);
    },
    flashSize: SIZE,
    entries: [],
    typedMac: undefined,
    ...question,
  });
}

/** The medium turns one bit of the sealed image. */
function rot({ path }: SealedBackup): void {
  files.now.get(path)!.bytes[100]! ^= 0x10;
}

describe("without a sealed backup", () => {
  test("the gate stays closed without a sealed backup, and the chip is not asked", async () => {
    expect(await gate([])).toEqual({
      open: false,
      reason: "there is no sealed backup of this plug",
      backup: undefined,
      current: undefined,
    });
    expect(asked).toEqual([]);
  });

  test("a backup of a flash of another size does not open the gate", async () => {
    const { manifest } = await seal(1, SIZE / 2);
    expect(await gate([manifest.md5])).toMatchObject({ open: false, reason: "there is no sealed backup of this plug" });
    expect(asked).toEqual([]);
  });

  test("another plug's backup does not open the gate", async () => {
    await sealBackup(files, HOME, "c44f33000000", image(1), { ...FACTS, mac: "c4:4f:33:00:00:00" });
    expect(await gate([])).toMatchObject({ open: false, reason: "there is no sealed backup of this plug" });
  });
});

describe("the flash equals a sealed backup", () => {
  test("a sealed backup that equals the flash opens the gate, and the chip is asked once", async () => {
    const backup = await seal(1);
    expect(await gate([backup.manifest.md5])).toEqual({
      open: true,
      reason: `the flash equals the sealed backup ${backup.id}`,
      backup,
      current: image(1),
    });
    expect(asked).toEqual(["first"]);
  });

  test("any sealed backup that equals the flash opens the gate", async () => {
    const backups = [await seal(1), await seal(2), await seal(3)];
    for (const backup of backups) {
      asked = [];
      expect((await gate([backup.manifest.md5])).backup).toEqual(backup);
    }
  });

  test("of two equal backups the newer one counts, or the older one if the newer is corrupted or has no image", async () => {
    const older = await seal(1);
    const newest = await seal(1);
    const md5 = newest.manifest.md5;
    expect((await gate([md5])).backup).toEqual(newest);
    rot(newest);
    asked = [];
    expect(await gate([md5])).toMatchObject({ open: true, backup: older });
    await files.remove(newest.path);
    asked = [];
    expect(await gate([md5])).toMatchObject({ open: true, backup: older });
  });

  test("a corrupted backup does not open the gate", async () => {
    const backup = await seal(1);
    rot(backup);
    const { md5 } = backup.manifest;
    expect(await gate([md5, md5])).toMatchObject({
      open: false,
      reason: "no undamaged sealed backup equals what the flash holds now",
    });
  });

  test("a disk error is passed on and not taken for a corrupted backup", async () => {
    const { manifest, path } = await seal(1);
    const read = files.read.bind(files);
    files.read = (name) =>
      name === path ? Promise.reject(new PlugsmithError("file-failed", { message: say`I/O error` })) : read(name);
    await expect(gate([manifest.md5])).rejects.toThrowError(expect.objectContaining({ code: "file-failed" }));
  });
});

describe("the flash equals no sealed backup", () => {
  test("if the first digest matches no backup, the chip is asked again, and a matching second digest opens the gate", async () => {
    const backup = await seal(1);
    expect(await gate([ELSEWISE, backup.manifest.md5])).toMatchObject({ open: true, backup, current: image(1) });
    expect(asked).toEqual(["first", "again"]);
  });

  test("if both digests match no backup, the gate stays closed and the chip is not asked a third time", async () => {
    await seal(1);
    expect(await gate([ELSEWISE, ELSEWISE])).toEqual({
      open: false,
      reason: "no undamaged sealed backup equals what the flash holds now",
      backup: undefined,
      current: undefined,
    });
    expect(asked).toEqual(["first", "again"]);
  });
});

describe("erasing had started", () => {
  const anything = [ELSEWISE, ELSEWISE];

  test("an erase that started after a sealed backup continues with that backup, and the flash contents are unknown", async () => {
    const backup = await seal(1);
    await seal(2);
    expect(await gate(anything, { entries: [started(backup.id)] })).toEqual({
      open: true,
      reason: `erasing started after the sealed backup ${backup.id}`,
      backup,
      current: undefined,
    });
    expect(asked).toEqual(["first"]);
  });

  test("after a restore finished the erase, the new flash contents need a backup of their own", async () => {
    const backup = await seal(1);
    expect(await gate(anything, { entries: [started(backup.id), restored] })).toMatchObject({ open: false });
    asked = [];
    expect(await gate(anything, { entries: [restored, started(backup.id)] })).toMatchObject({ open: true, backup });
  });

  test("after an erase with the gate overridden, the earlier backup still counts", async () => {
    const backup = await seal(1);
    expect(await gate(anything, { entries: [started(backup.id), started()] })).toMatchObject({ open: true, backup });
  });

  test("an erase with the gate overridden from the start has no backup that makes it safe", async () => {
    await seal(1);
    expect(await gate(anything, { entries: [started()] })).toMatchObject({ open: false });
  });

  test("an erase that started after the newer of two backups continues with that one", async () => {
    const [first, second] = [await seal(1), await seal(2)];
    const entries = [started(first.id), started(second.id)];
    expect((await gate(anything, { entries })).backup).toEqual(second);
  });

  test("an erase does not continue if its backup is corrupted, missing or was never made", async () => {
    const backup = await seal(1);
    expect(await gate(anything, { entries: [started("2026-01-01T00-00-00.000Z")] })).toMatchObject({ open: false });
    rot(backup);
    asked = [];
    expect(await gate(anything, { entries: [started(backup.id)] })).toMatchObject({ open: false });
  });

  test("journal entries of other types that name a backup do not open the gate", async () => {
    const backup = await seal(1);
    const entries = [{ type: "backup-sealed", at, backup: backup.id } as const];
    expect(await gate(anything, { entries })).toMatchObject({ open: false });
  });
});

describe("the MAC typed by hand", () => {
  test.each(["c4:4f:33:a1:b2:12", "C4-4F-33-A1-B2-12", "C44F33A1B212"])(
    "typing the MAC as %s overrides a closed gate",
    async (typedMac) => {
      expect(await gate([], { typedMac })).toEqual({
        open: true,
        reason: "overridden: the plug's MAC address was typed",
        backup: undefined,
        current: undefined,
      });
      await seal(1);
      expect(await gate([ELSEWISE], { typedMac })).toMatchObject({ open: true, backup: undefined });
    },
  );

  test("the typed MAC is not needed if a backup opens the gate", async () => {
    const backup = await seal(1);
    expect(await gate([backup.manifest.md5], { typedMac: PLUG })).toMatchObject({ backup, current: image(1) });
  });

  test("typing another plug's MAC overrides nothing, and the error says so", async () => {
    const typedMac = "c4:4f:33:a1:b2:13";
    const wrong = "; the MAC address that you typed is not this plug's";
    expect(await gate([], { typedMac })).toMatchObject({
      open: false,
      reason: `there is no sealed backup of this plug${wrong}`,
    });
    const backup = await seal(1);
    expect(await gate([ELSEWISE, ELSEWISE], { typedMac })).toMatchObject({
      open: false,
      reason: `no undamaged sealed backup equals what the flash holds now${wrong}`,
    });
    asked = [];
    expect(await gate([ELSEWISE, backup.manifest.md5], { typedMac })).toMatchObject({ open: true, backup });
  });
});

test("a closed gate's error says why, that nothing was changed, and what to do", () => {
  expect(gateClosed(say`there is no sealed backup of this plug`)).toMatchObject({
    code: "erase-gate",
    message: "Erasing is refused: there is no sealed backup of this plug.",
    step: "erase",
    plugState: "untouched",
    nextStep: expect.stringContaining("plugsmith backup"),
  });
});
