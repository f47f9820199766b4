import { beforeEach, describe, expect, test } from "vitest";
import { ScriptedStub } from "../../../test/support/scripted-stub.ts";
import { flashWith, SECTOR, SessionRig } from "../../../test/support/session-rig.ts";
import { FACTS, MAC, PLUG, stubOperation } from "../../../test/support/stub-operation.ts";
import { md5Hex } from "../../core/digest.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import { drain } from "../../platform/node/system.ts";
import { codeLikeBytes } from "../../sim/bench/code-like-bytes.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { sealBackup } from "../home/backups.ts";
import { readJournal } from "../home/journal.ts";
import type { Operation } from "./operation.ts";
import { announce, type Prepared, prepare, removeTargets } from "./prepare.ts";
import { targetName } from "./unfinished.ts";
import type { Request } from "./write-request.ts";

const FOLDER = `/home/plugs/${PLUG}`;
const SIZE = 8 * SECTOR;
const identity = { mac: MAC, plug: PLUG, flashSize: SIZE } as ChipIdentity;
const contents = (seed: number, sectors: number): Uint8Array => codeLikeBytes(sectors * SECTOR, new SeededRandom(seed));

let stub: ScriptedStub & { flash: Uint8Array };
let disk: VirtualDisk;
let operation: Operation;

beforeEach(() => {
  stub = Object.assign(new ScriptedStub(), { flash: contents(1, 8) });
  disk = new VirtualDisk({ seed: 1 });
  operation = stubOperation(stub, disk.files);
  operation.connection.link.answering = "our-stub";
});

const run = <T>(work: Promise<T>): Promise<T> => stub.clock.complete(drain, work);
const write = (at: number, bytes: Uint8Array): Request => ({ kind: "write", at, bytes });
const prepared = (request: Request): Promise<Prepared> => run(prepare(operation, identity, request, PLUG));
const pending = async (): Promise<string[]> =>
  (await disk.files.list(FOLDER)).filter((name) => name.startsWith("pending-"));

describe("what the flash should hold", () => {
  test("with a sealed backup it is the whole flash: the backup with the image in it", async () => {
    await sealBackup(disk.files, "/home", PLUG, stub.flash, FACTS);
    const image = contents(2, 1);
    const { expected, different, outside, gate } = await prepared(write(2 * SECTOR, image));
    const whole = stub.flash.slice();
    whole.set(image, 2 * SECTOR);
    expect(expected).toEqual({ at: 0, bytes: whole });
    expect(different).toEqual([{ at: 2 * SECTOR, length: SECTOR }]);
    expect([gate.open, outside]).toEqual([true, []]);
  });

  test("without one it is the image's sectors, and the digests of the rest are kept", async () => {
    const image = contents(2, 2);
    const { expected, outside, digestAgeMs } = await prepared(write(2 * SECTOR, image));
    expect(expected).toEqual({ at: 2 * SECTOR, bytes: image });
    expect(outside).toEqual([
      { at: 0, length: 2 * SECTOR, md5: md5Hex(stub.flash.slice(0, 2 * SECTOR)) },
      { at: 4 * SECTOR, length: 4 * SECTOR, md5: md5Hex(stub.flash.slice(4 * SECTOR)) },
    ]);
    expect(digestAgeMs).toBeUndefined();
  });

  test("a whole image is compared by the digest that the gate asked for, which is asked once", async () => {
    await sealBackup(disk.files, "/home", PLUG, contents(9, 8), FACTS);
    const image = stub.flash.slice();
    image[5]! ^= 1;
    const { different } = await prepared(write(0, image));
    expect(different).toEqual([{ at: 0, length: SECTOR }]);
    // Twice by the gate, which found no backup that equals it.
    expect(stub.digests.filter(({ length }) => length === SIZE)).toHaveLength(2);
  });

  test("before the gate says no, the chip itself is asked again", async () => {
    await sealBackup(disk.files, "/home", PLUG, stub.flash, FACTS);
    const real = stub.flash;
    stub.flash = contents(9, 8);
    const write = stub.write.bind(stub);
    // The first digest is of other contents, as if it had been damaged on its way.
    stub.write = (bytes) => {
      if (stub.digests.length > 0) stub.flash = real;
      return write(bytes);
    };
    const { gate } = await run(
      prepare(operation, identity, { kind: "write", at: 0, bytes: contents(2, 8) }, undefined),
    );
    expect(gate.open).toBe(true);
  });
});

describe("after a change that was cut short", () => {
  const target = { from: 2 * SECTOR, bytes: contents(4, 3) };

  beforeEach(async () => {
    const first = await prepared(write(target.from, target.bytes));
    await run(announce(operation, identity, first));
    stub.flash.fill(0x55, target.from, target.from + SECTOR);
  });

  test("its announcement is on record with the target, which a crash does not take", async () => {
    disk.crash();
    const after = disk.files;
    const name = targetName(md5Hex(target.bytes));
    expect(await after.read(`${FOLDER}/${name}`)).toEqual(target.bytes);
    expect((await readJournal(after, FOLDER)).at(-1)).toMatchObject({
      type: "erase-begun",
      kind: "write",
      from: target.from,
      length: target.bytes.length,
      md5: md5Hex(target.bytes),
    });
  });

  test("the same image again is brought to the same target", async () => {
    const { expected } = await prepared(write(target.from, target.bytes));
    expect(expected).toEqual({ at: target.from, bytes: target.bytes });
  });

  test.each([0, SECTOR, SECTOR + 64, 2 * SECTOR])(
    "a part of it from %i on is brought to the whole target",
    async (at) => {
      const part = target.bytes.slice(at, at + SECTOR);
      expect((await prepared(write(target.from + at, part))).expected).toEqual({
        at: target.from,
        bytes: target.bytes,
      });
    },
  );

  test("another image in the middle of its sectors keeps what the target had around it", async () => {
    const image = contents(5, 1);
    for (const at of [64, SECTOR + 64]) {
      const { expected } = await prepared(write(target.from + at, image));
      const around = target.bytes.slice(Math.floor(at / SECTOR) * SECTOR, (Math.floor(at / SECTOR) + 2) * SECTOR);
      around.set(image, at % SECTOR);
      expect(expected).toEqual({ at: target.from + Math.floor(at / SECTOR) * SECTOR, bytes: around });
      expect(stub.asked).not.toContain("readFlash");
    }
  });

  test("its target stays until the change is concluded, and is then removed for good", async () => {
    await run(removeTargets(operation, identity));
    expect(await pending()).toHaveLength(1);
    await run(operation.record(identity, { type: "target-proven", md5: md5Hex(target.bytes) } as never));
    const changes: string[] = [];
    disk.onOperation = (_, what) => changes.push(what.split(" ")[0]!);
    await run(removeTargets(operation, identity));
    expect(await pending()).toEqual([]);
    expect(changes).toEqual(["remove", "syncDirectory"]);
    changes.length = 0;
    await run(removeTargets(operation, identity));
    expect(changes).toEqual([]);
  });
});

test("the age of the digest that opened the gate is journalled in whole milliseconds", async () => {
  await sealBackup(disk.files, "/home", PLUG, stub.flash, FACTS);
  await run(operation.connection.flashDigest.now(SIZE));
  await run(new Promise<void>((resolve) => operation.connection.link.port.clock.after(1234.4, resolve)));
  await run(announce(operation, identity, await prepared(write(0, contents(2, 1)))));
  expect((await readJournal(disk.files, FOLDER)).at(-1)).toMatchObject({ digestAgeMs: 1234 });
});

test("an image that begins or ends in the middle of a sector leaves the rest of that sector as it is", async () => {
  const rig = new SessionRig();
  const session = rig.open();
  let flash = rig.bench.flash.slice();
  const image = flashWith([0, 1], 7);
  for (const [at, length] of [
    [SECTOR + 0x800, SECTOR],
    [SECTOR, 0x800],
    [2 * SECTOR - 0x100, 0x100],
    [0x40, 0x80],
    [5 * SECTOR - 0x10, SECTOR + 0x20],
  ] as const) {
    flash = rig.bench.flash.slice();
    const bytes = image.slice(length % SECTOR, (length % SECTOR) + length);
    flash.set(bytes, at);
    await rig.run(session.write(bytes, { raw: true, at, typedMac: rig.plug }));
    expect(rig.bench.flash.slice()).toEqual(flash);
  }
});
