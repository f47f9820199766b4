import { describe, expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { ScriptedStub } from "../../../test/support/scripted-stub.ts";
import { SECTOR, SessionRig, SMALL_FLASH } from "../../../test/support/session-rig.ts";
import { FACTS, MAC, PLUG, stubOperation } from "../../../test/support/stub-operation.ts";
import { md5Hex } from "../../core/digest.ts";
import type { PlugsmithError } from "../../core/errors.ts";
import { entriesOf as ofType } from "../../core/journal/stored-entry.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import { codeLikeBytes } from "../../sim/bench/code-like-bytes.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { listBackups, sealBackup } from "../home/backups.ts";
import { writeWholeFile } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { requestRestore } from "./change.ts";
import type { FlashSession, RestoreSource, WriteOptions } from "./contract.ts";
import { targetName } from "./unfinished.ts";

const image = codeLikeBytes(2 * SECTOR, new SeededRandom(9));
/** Into the sectors 6 and 7; the original has the sectors 0, 1, 2, 5 and 40. */
const raw: WriteOptions = { raw: true, at: 6 * SECTOR };

const code = (expected: string) => expect.objectContaining({ code: expected });

const folderOf = ({ plug }: SessionRig): string => `/home/plugs/${plug}`;
const entriesOf = (rig: SessionRig) => readJournal(rig.disk.files, folderOf(rig));
/** What the plug's journal tells about its flash, in order. */
const reported = async (rig: SessionRig): Promise<string[]> =>
  (await entriesOf(rig)).map(({ type }) => type).filter((type) => type !== "wires-attached");
const pending = async (rig: SessionRig): Promise<string[]> =>
  (await rig.disk.files.list(folderOf(rig))).filter((name) => name.startsWith("pending-"));

async function backedUp(): Promise<{ rig: SessionRig; session: FlashSession; original: Uint8Array }> {
  const rig = new SessionRig();
  const session = rig.open();
  await rig.run(session.backup());
  return { rig, session, original: rig.bench.flash.slice() };
}

test("a closed gate prevents both the announcement and the erase", async () => {
  const rig = new SessionRig();
  const original = rig.bench.flash.slice();
  const session = rig.open();
  expect(await rig.run(session.planWrite(image, raw))).toMatchObject({
    gate: "closed",
    gateReason: "there is no sealed backup of this plug",
  });
  await expect(rig.run(session.write(image, raw))).rejects.toThrowError(code("erase-gate"));
  expect(await reported(rig)).toEqual([]);
  expect(await pending(rig)).toEqual([]);
  expect(rig.bench.flash.slice()).toEqual(original);
});

test("nothing is erased before the target image is stored and journalled", async () => {
  const { rig, session, original } = await backedUp();
  const { disk } = rig;
  disk.capacity = disk.used + SMALL_FLASH / 2;
  await expect(rig.run(session.write(image, raw))).rejects.toThrowError(code("disk-full"));
  expect(rig.bench.flash.slice()).toEqual(original);
  expect(await reported(rig)).toEqual(["backup-sealed"]);
  disk.capacity = Number.POSITIVE_INFINITY;
  const untouched: boolean[] = [];
  disk.onOperation = (_, what) => {
    if (/^rename .*pending-|^sync$/.test(what)) untouched.push(Buffer.compare(rig.bench.flash, original) === 0);
  };
  await rig.run(session.write(image, raw));
  // The target is flushed and named, that erasing begins is flushed; the last is the conclusion.
  expect(untouched).toEqual([true, true, true, false]);
  expect(await reported(rig)).toEqual(["backup-sealed", "erase-begun", "target-proven"]);
});

test("a finished write is journalled with the digest of the flash, and its target image is deleted", async () => {
  const { rig, session } = await backedUp();
  const { gate, steps } = await rig.run(session.planWrite(image, raw));
  expect(gate).toBe("open");
  expect(steps.map(({ act, at, length }) => [act, at / SECTOR, length / SECTOR])).toEqual([
    ["skip", 0, 6],
    ["write", 6, 2],
    ["skip", 8, 56],
    ["digest", 0, 64],
  ]);
  const { at, length, md5, skippedBytes, writtenBytes, erasedBytes } = await rig.run(session.write(image, raw));
  expect(rig.bench.flash.slice(6 * SECTOR, 8 * SECTOR)).toEqual(image);
  // The backup tells what the rest of the flash holds: the whole of it is proven.
  expect({ at, length, md5 }).toEqual({ at: 0, length: SMALL_FLASH, md5: md5Hex(rig.bench.flash) });
  expect({ writtenBytes, erasedBytes, skippedBytes }).toEqual({
    writtenBytes: 2 * SECTOR,
    erasedBytes: 2 * SECTOR,
    skippedBytes: SMALL_FLASH - 2 * SECTOR,
  });
  const [backup] = await listBackups(rig.disk.files, "/home", rig.plug);
  const [started, proven] = (await entriesOf(rig)).slice(-2);
  expect(started).toMatchObject({ type: "erase-begun", kind: "write", from: 0, md5, backup: backup!.id });
  expect(proven).toMatchObject({ type: "target-proven", md5 });
  expect(await pending(rig)).toEqual([]);
});

test("erasing all of the target first counts once, in the plan, in what is told, and in what is done", async () => {
  const { rig, session } = await backedUp();
  const mostlyBlank = new Uint8Array(4 * SECTOR).fill(0xff);
  mostlyBlank.set(image.subarray(0, SECTOR));
  const all = { ...raw, erase: "all" } as const;
  const { steps } = await rig.run(session.planWrite(mostlyBlank, all));
  expect(steps.filter(({ act }) => act === "erase" || act === "write").map(({ act, length }) => [act, length])).toEqual(
    [
      ["erase", 4 * SECTOR],
      ["write", SECTOR],
    ],
  );
  const { erasedBytes, writtenBytes, skippedBytes, image: written } = await rig.run(session.write(mostlyBlank, all));
  expect({ erasedBytes, writtenBytes, skippedBytes }).toEqual({
    erasedBytes: 4 * SECTOR,
    writtenBytes: SECTOR,
    skippedBytes: SMALL_FLASH - 4 * SECTOR,
  });
  // The same digest as `verify` gives for this image.
  expect(written).toEqual(await rig.run(session.verify(mostlyBlank, raw)));
});

test("writing what the flash already holds journals nothing, except the end of an interrupted change", async () => {
  const { rig, session } = await backedUp();
  await rig.run(session.write(image, raw));
  const before = await reported(rig);
  expect(await rig.run(session.planWrite(image, raw))).toMatchObject({
    gate: "not needed",
    gateReason: "nothing is erased",
  });
  expect(await rig.run(session.write(image, raw))).toMatchObject({ writtenBytes: 0, erasedBytes: 0 });
  expect(await reported(rig)).toEqual(before);
  // As if the run had been killed between the last byte and the conclusion.
  const flash = rig.bench.flash.slice();
  await rig.run(writeWholeFile(rig.disk.files, `${folderOf(rig)}/${targetName(md5Hex(flash))}`, flash));
  const started = ofType(await entriesOf(rig), "erase-begun")[0]!;
  await rig.run(session.note(started));
  await rig.run(session.write(image, raw));
  expect(await reported(rig)).toEqual([...before, "erase-begun", "target-proven"]);
});

test("a restore is journalled with the restored firmware, even if the flash already held it", async () => {
  const { rig, session, original } = await backedUp();
  await rig.run(session.write(image, raw));
  for (const writtenBytes of [2 * SECTOR, 0]) {
    const restored = await rig.run(session.restore({ bytes: original }));
    expect(restored.erasedBytes).toBe(writtenBytes);
    expect(rig.bench.flash.slice()).toEqual(original);
    expect((await entriesOf(rig)).at(-1)).toMatchObject({ type: "restore-proven", md5: md5Hex(original) });
  }
  expect((await reported(rig)).slice(-3)).toEqual(["erase-begun", "restore-proven", "restore-proven"]);
});

test("erasing the whole target first is planned as such, happens once, and rewrites sectors that already matched", async () => {
  const { rig, session } = await backedUp();
  await rig.run(session.write(image, raw));
  const unaligned: WriteOptions = { raw: true, at: 6 * SECTOR, erase: "all" };
  const { steps, gateReason } = await rig.run(session.planWrite(image.subarray(0, SECTOR + 8), unaligned));
  expect(steps[0]).toMatchObject({ act: "erase", at: 6 * SECTOR, length: 2 * SECTOR });
  expect(gateReason).toContain("erasing started");
  expect(await rig.run(session.write(image, unaligned))).toMatchObject({ writtenBytes: 2 * SECTOR });
  expect(rig.bench.flash.slice(6 * SECTOR, 8 * SECTOR)).toEqual(image);
});

test("an unexpected change outside the target is reported as one", async () => {
  const rig = new SessionRig();
  const session = rig.open({
    events: (event) => {
      // While it is being written, a damaged command hits sector 40.
      if (event.type === "progress") rig.bench.flash[40 * SECTOR]! &= 0x0f;
    },
  });
  rig.bench.flash[40 * SECTOR] = 0xf7;
  const work = session.write(image, { ...raw, typedMac: rig.plug });
  await expect(rig.run(work)).rejects.toMatchObject({
    code: "verify-failed",
    message: `The flash changed outside the target, from 0x8000 to 0x40000: a command was corrupted on the serial line.`,
  });
  expect(await reported(rig)).toEqual(["erase-begun"]);
  expect(await pending(rig)).toHaveLength(1);
});

describe("to be restored", () => {
  const size = 4 * SECTOR;
  const contents = (seed: number): Uint8Array => codeLikeBytes(size, new SeededRandom(seed));
  const bytes = contents(1);
  const identity = { mac: MAC, plug: PLUG, flashSize: size } as ChipIdentity;

  async function outcome(source: RestoreSource, typedMac?: string): Promise<string> {
    const files = new MemoryFiles();
    await sealBackup(files, "/home", PLUG, bytes, FACTS);
    const operation = stubOperation(new ScriptedStub(), files);
    const work = requestRestore(operation, identity, source, { typedMac });
    return work.then(
      (request) => (request.kind === "restore" && request.at === 0 && request.bytes === source.bytes ? "taken" : "?"),
      (error: PlugsmithError) => error.code,
    );
  }

  const manifestOf = async (mac: string) =>
    (await sealBackup(new MemoryFiles(), "/home", mac.replaceAll(":", ""), bytes, { ...FACTS, mac })).manifest;

  test("a restore accepts a sealed backup of this plug, given by its manifest or found by its digest", async () => {
    expect(await outcome({ bytes, manifest: await manifestOf(MAC) })).toBe("taken");
    expect(await outcome({ bytes })).toBe("taken");
    expect(await outcome({ bytes: contents(2) })).toBe("wrong-plug");
  });

  test("a restore refuses another plug's backup unless this plug's MAC is typed", async () => {
    const source = { bytes, manifest: await manifestOf("c4:4f:33:00:00:00") };
    expect(await outcome(source)).toBe("wrong-plug");
    expect(await outcome(source, "c4:4f:33:00:00:00")).toBe("wrong-plug");
    expect(await outcome(source, MAC.toUpperCase())).toBe("taken");
  });

  test("a restore needs an image that matches its manifest and fills the flash, whatever is typed", async () => {
    const manifest = await manifestOf(MAC);
    expect(await outcome({ bytes: contents(2), manifest }, MAC)).toBe("file-corrupt");
    for (const short of [size - 1, size - SECTOR]) {
      expect(await outcome({ bytes: bytes.subarray(0, short) }, MAC)).toBe("bad-argument");
    }
  });
});
