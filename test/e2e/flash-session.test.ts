import { expect, test } from "vitest";
import { isPlugsmithError } from "../../src/core/errors.ts";
import type { FlashSession } from "../../src/engine/flash/contract.ts";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { flashWith, SECTOR, SessionRig, SMALL_FLASH } from "../support/session-rig.ts";

const image = codeLikeBytes(3 * SECTOR - 100, new SeededRandom(9));
const raw = { raw: true } as const;

function caught(error: unknown): string {
  return isPlugsmithError(error) ? error.code : String(error);
}

test("backup, write, verify and restore share one connection and are each correct byte for byte", async () => {
  const rig = new SessionRig();
  const original = rig.bench.flash.slice();
  const session = rig.open();
  expect(await rig.run(session.identify())).toMatchObject({ chip: "ESP8285", plug: rig.plug, flashSize: SMALL_FLASH });
  const backup = await rig.run(session.backup());
  expect(await rig.disk.files.read(backup.path)).toEqual(original);
  expect(backup.readBytes + backup.skippedBytes).toBe(SMALL_FLASH);
  await rig.run(session.write(image, { ...raw, target: "chip" }));
  expect(rig.bench.flash.slice(0, image.length)).toEqual(image);
  expect(rig.bench.flash.slice(image.length).every((byte) => byte === 0xff)).toBe(true);
  await rig.run(session.verify(image, raw));
  await rig.run(session.restore({ bytes: original, manifest: backup.manifest }));
  expect(rig.bench.flash.slice()).toEqual(original);
  await rig.run(session.finish("stay"));
  await session.close();
  expect(rig.events.filter((event) => event.type === "retry")).toEqual([]);
});

/** What the events say last of each sector. */
function sectorStates({ events }: SessionRig, step: string): string[] {
  const states: string[] = new Array(SMALL_FLASH / SECTOR).fill("unknown");
  for (const event of events) {
    if (event.type !== "sectors" || event.step !== step) continue;
    expect([event.at % SECTOR, event.length % SECTOR]).toEqual([0, 0]);
    states.fill(event.state, event.at / SECTOR, (event.at + event.length) / SECTOR);
  }
  return states;
}

test("the events say of each sector whether it was blank or read, and after the write that all are proven", async () => {
  const rig = new SessionRig();
  const isBlank = (_: unknown, sector: number): boolean =>
    rig.bench.flash.subarray(sector * SECTOR, (sector + 1) * SECTOR).every((byte) => byte === 0xff);
  const before = Array.from({ length: SMALL_FLASH / SECTOR }, isBlank).map((blank) => (blank ? "blank" : "read"));
  expect(new Set(before)).toEqual(new Set(["blank", "read"]));
  const session = rig.open();
  await rig.run(session.backup());
  expect(sectorStates(rig, "back-up")).toEqual(before);
  await rig.run(session.write(image, { ...raw, target: "chip" }));
  expect(new Set(sectorStates(rig, "write"))).toEqual(new Set(["proven"]));
  const onTheWay = new Set(rig.events.flatMap((event) => (event.type === "sectors" ? [event.state] : [])));
  expect(onTheWay).toEqual(new Set(["blank", "read", "kept", "erased", "written", "proven"]));
});

test("a second backup of the same flash reads nothing", async () => {
  const rig = new SessionRig();
  const session = rig.open();
  const first = await rig.run(session.backup());
  const second = await rig.run(session.backup());
  expect(second).toMatchObject({ already: true, readBytes: 0, path: first.path });
  expect(await rig.disk.files.list(`/home/plugs/${rig.plug}/backups`)).toHaveLength(1);
});

test("without a sealed backup nothing is erased, as the plan says", async () => {
  const rig = new SessionRig();
  const before = rig.bench.flash.slice();
  const session = rig.open();
  expect(await rig.run(session.planWrite(image, raw))).toMatchObject({ gate: "closed" });
  expect(caught(await rig.run(session.write(image, raw)).catch((error: unknown) => error))).toBe("erase-gate");
  expect(caught(await rig.run(session.erase()).catch((error: unknown) => error))).toBe("erase-gate");
  const wrong = session.erase(undefined, { typedMac: "c4:4f:33:00:00:00" });
  expect(caught(await rig.run(wrong).catch((error: unknown) => error))).toBe("erase-gate");
  expect(rig.bench.flash.slice()).toEqual(before);
  await rig.run(session.erase(undefined, { typedMac: rig.plug.toUpperCase() }));
  expect(rig.bench.flash.every((byte) => byte === 0xff)).toBe(true);
});

test("a backup of earlier flash contents does not open the gate", async () => {
  const rig = new SessionRig();
  const session = rig.open();
  await rig.run(session.backup());
  // The plug is powered up without GPIO0, the vendor's firmware changes a setting, and it comes back to download mode.
  const { actions: person } = rig.bench;
  for (const [holdGpio0, byte] of [
    [() => person.releaseGpio0(), 0],
    [() => person.groundGpio0(), undefined],
  ] as const) {
    person.pullAdapterOut();
    await rig.pass(1000);
    holdGpio0();
    person.plugAdapterIn();
    await rig.pass(2000);
    if (byte !== undefined) rig.bench.flash[5 * SECTOR + 17] = byte;
  }
  const error = await rig.run(session.erase()).catch((thrown: unknown) => thrown);
  expect(caught(error)).toBe("erase-gate");
});

test("within one power-up the backup's digest opens the gate, and the journal records its age", async () => {
  const rig = new SessionRig();
  const session = rig.open();
  await rig.run(session.backup());
  await rig.run(session.write(image, raw));
  const journal = new TextDecoder().decode(await rig.disk.files.read(`/home/plugs/${rig.plug}/journal.jsonl`));
  const started = journal.split("\n").filter((line) => line.includes('"erase-begun"'));
  expect(started).toHaveLength(1);
  expect(JSON.parse(started[0]!)).toMatchObject({ digestAgeMs: expect.any(Number) });
  expect((JSON.parse(started[0]!) as { digestAgeMs: number }).digestAgeMs).toBeGreaterThan(100);
});

test("a second erase keeps what the first erased", async () => {
  const rig = new SessionRig();
  const wanted = rig.bench.flash.slice();
  const session = rig.open();
  await rig.run(session.backup());
  await rig.run(session.erase({ at: 0, length: SECTOR }));
  await rig.run(session.erase({ at: 2 * SECTOR, length: SECTOR }));
  wanted.fill(0xff, 0, SECTOR);
  wanted.fill(0xff, 2 * SECTOR, 3 * SECTOR);
  expect(rig.bench.flash.slice()).toEqual(wanted);
});

const changes: readonly (readonly [string, (session: FlashSession, original: Uint8Array) => Promise<unknown>])[] = [
  ["an erase", (session) => session.erase({ at: 0, length: SECTOR })],
  ["a write", (session) => session.write(image, raw)],
  ["a write of blank bytes", (session) => session.write(new Uint8Array(SECTOR).fill(0xff), raw)],
  [
    "an erase and a restore of another state",
    async (session, original) => {
      await session.erase({ at: 0, length: SECTOR });
      const other = original.slice().fill(0xff, 5 * SECTOR, 6 * SECTOR);
      await session.restore({ bytes: other }, { typedMac: (await session.identify()).plug });
    },
  ],
];

test.each(changes)("a backup after %s in the same connection holds the current flash", async (_, change) => {
  const rig = new SessionRig();
  const original = rig.bench.flash.slice();
  const session = rig.open();
  await rig.run(session.backup());
  await rig.run(change(session, original));
  const { already, path } = await rig.run(session.backup());
  expect(already).toBe(false);
  expect(await rig.disk.files.read(path)).toEqual(rig.bench.flash.slice());
});

test("areas that only look blank are detected by the digest of the whole and read", async () => {
  // Blank at the beginning of each sector, which is all that is looked at.
  const flash = flashWith([0, 1, 2]);
  for (const at of [9 * SECTOR + 100, 30 * SECTOR + 3000]) flash.fill(0x5a, at, at + 900);
  const rig = new SessionRig({ flash });
  const { path, readBytes } = await rig.run(rig.open().backup());
  expect(await rig.disk.files.read(path)).toEqual(flash);
  expect(readBytes).toBeLessThan(SMALL_FLASH / 4);
});

test("a write keeps every byte around the image, even in its last sector", async () => {
  const rig = new SessionRig({ flash: flashWith([0, 1, 2, 3, 7]) });
  const original = rig.bench.flash.slice();
  const session = rig.open();
  await rig.run(session.backup());
  const result = await rig.run(session.write(image, { raw: true, at: SECTOR + 40 }));
  const wanted = original.slice();
  wanted.set(image, SECTOR + 40);
  expect(rig.bench.flash.slice()).toEqual(wanted);
  expect(result.writtenBytes).toBe(3 * SECTOR);
  // Again, from the journal's leave this time: nothing differs, nothing is erased.
  const again = await rig.run(session.write(image, { raw: true, at: SECTOR + 40 }));
  expect(again).toMatchObject({ erasedBytes: 0, writtenBytes: 0 });
});

test("one changed sector is one sector written", async () => {
  const rig = new SessionRig();
  const session = rig.open();
  await rig.run(session.backup());
  await rig.run(session.write(image, raw));
  const changed = image.slice();
  changed[SECTOR + 3] = changed[SECTOR + 3]! ^ 0x10;
  expect(await rig.run(session.planWrite(changed, raw))).toMatchObject({ transferBytes: SECTOR, gate: "open" });
  expect(await rig.run(session.write(changed, raw))).toMatchObject({ writtenBytes: SECTOR, erasedBytes: SECTOR });
});

test("another plug's backup is not restored without this plug's MAC typed by hand", async () => {
  const rig = new SessionRig();
  const session = rig.open();
  const { manifest } = await rig.run(session.backup());
  const foreign = { ...manifest, mac: "c4:4f:33:00:00:01" };
  const bytes = rig.bench.flash.slice();
  const refused = await rig.run(session.restore({ bytes, manifest: foreign })).catch((error: unknown) => error);
  expect(caught(refused)).toBe("wrong-plug");
  const bare = flashWith([9], 4);
  expect(caught(await rig.run(session.restore({ bytes: bare })).catch((error: unknown) => error))).toBe("wrong-plug");
  await rig.run(session.restore({ bytes: bare }, { typedMac: rig.plug }));
  expect(rig.bench.flash.slice()).toEqual(bare);
});

test("verify names what differs", async () => {
  const rig = new SessionRig();
  const session = rig.open();
  const flash = rig.bench.flash.slice();
  await rig.run(session.verify(flash, raw));
  flash[2 * SECTOR + 1] = flash[2 * SECTOR + 1]! ^ 1;
  const error = await rig.run(session.verify(flash, raw)).catch((thrown: unknown) => thrown);
  expect(caught(error)).toBe("verify-failed");
  expect(String(error)).toContain("0x2000-0x3000");
});

test("an invalid image is refused before anything is erased", async () => {
  const rig = new SessionRig();
  const session = rig.open();
  await rig.run(session.backup());
  const page = new TextEncoder().encode("<html>404</html>");
  expect(caught(await rig.run(session.write(page)).catch((error: unknown) => error))).toBe("bad-image");
});

test("an aborted backup resumes with the same result", async () => {
  const rig = new SessionRig({ flash: flashWith([...Array(30).keys()]) });
  const original = rig.bench.flash.slice();
  const stop = new AbortController();
  const first = rig.open({ signal: stop.signal, baud: { ceiling: 460_800 } });
  const work = first.backup().catch((error: unknown) => error);
  rig.clock.hostAt(rig.clock.now + 3.2e6, () => stop.abort());
  expect(caught(await rig.run(work))).toBe("aborted");
  await first.close();
  expect(await rig.disk.files.list(`/home/plugs/${rig.plug}/backups`)).toEqual([]);
  const second = rig.open();
  const result = await rig.run(second.backup());
  expect(result.resumedBytes).toBeGreaterThan(4 * SECTOR);
  expect(result.readBytes).toBeLessThan(26 * SECTOR);
  expect(await rig.disk.files.read(result.path)).toEqual(original);
  expect(await rig.disk.files.list(`/home/plugs/${rig.plug}`)).not.toContain("incomplete-backup.bin");
});

test("a resumed backup reuses exactly the sectors that are correct", async () => {
  const used = [...Array(20).keys()];
  const rig = new SessionRig({ flash: flashWith(used) });
  const folder = `/home/plugs/${rig.plug}`;
  const right = [5, 9, 16, 17];
  const partial = rig.bench.flash.slice(0, 18.5 * SECTOR);
  for (const sector of used.filter((number) => number < 16 && !right.includes(number))) {
    partial.fill(0x11, sector * SECTOR, (sector + 1) * SECTOR);
  }
  await rig.disk.files.makeDirectory(folder, 0o700);
  const handle = await rig.disk.files.open(`${folder}/incomplete-backup.bin`, "create", 0o600);
  await handle.write(partial);
  await handle.close();
  const result = await rig.run(rig.open().backup());
  expect(result.resumedBytes).toBe(right.length * SECTOR);
  expect(await rig.disk.files.read(result.path)).toEqual(rig.bench.flash);
});

test("a plug that falls silent during its backup is not suspected of crossed wires, and the backup resumes", async () => {
  const rig = new SessionRig({ flash: flashWith([...Array(30).keys()]), supply: { from: "separate" } });
  const { actions: person } = rig.bench;
  const backup = rig.run(rig.open({ baud: { ceiling: 460_800 } }).backup());
  const later = (us: number, act: () => void) => rig.clock.hostAt(rig.clock.now + us, act);
  later(3.2e6, () => person.switchSupply(false));
  later(3.5e6, () => person.switchSupply(true));
  later(12e6, () => {
    person.pullAdapterOut();
    person.switchSupply(false);
  });
  later(15e6, () => {
    person.switchSupply(true);
    person.plugAdapterIn();
  });
  expect((await backup).resumedBytes).toBeGreaterThan(4 * SECTOR);
  const silent = rig.events.filter((event) => event.type === "hearing" && event.finding === "nothing");
  expect(silent).toEqual([
    expect.objectContaining({ nextAction: expect.stringContaining("Hold GPIO0 to ground, disconnect the 3.3 V") }),
  ]);
  expect(silent).toEqual([
    expect.objectContaining({ causes: expect.not.arrayContaining(["RX and TX are not crossed"]) }),
  ]);
});

test("skipping changes the duration, never the result", async () => {
  const flash = flashWith([0, 3, 4, 20, 63]);
  const outcomes = await Promise.all(
    [true, false].map(async (skip) => {
      const rig = new SessionRig({ flash: flash.slice() });
      const session = rig.open({ skip });
      const backup = await rig.run(session.backup());
      await rig.run(session.write(image, { raw: true, target: "chip" }));
      return { md5: backup.manifest.md5, flash: rig.bench.flash.slice(), read: backup.readBytes };
    }),
  );
  expect(outcomes[0]!.md5).toBe(outcomes[1]!.md5);
  expect(outcomes[0]!.flash).toEqual(outcomes[1]!.flash);
  expect(outcomes[1]!.read).toBe(SMALL_FLASH);
  expect(outcomes[0]!.read).toBeLessThan(SMALL_FLASH / 4);
});
