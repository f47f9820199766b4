import { beforeAll, describe, expect, test } from "vitest";
import { flashWith, SECTOR, SessionRig, SMALL_FLASH } from "../../../test/support/session-rig.ts";
import { md5Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { readJournal } from "../home/journal.ts";
import type { FlashRange, FlashSession } from "./contract.ts";

let rig: SessionRig;
let session: FlashSession;
let original: Uint8Array;

beforeAll(async () => {
  rig = new SessionRig();
  session = rig.open();
  original = rig.bench.flash.slice();
  // Whatever is tested has a backup behind it.
  await rig.run(session.backup());
});

const run = <T>(work: Promise<T>): Promise<T> => rig.run(work);
/** The steps that began and ended since, in order. */
async function stepsOf(work: () => Promise<unknown>): Promise<string[]> {
  const before = rig.events.length;
  await run(work()).catch(() => undefined);
  return rig.events
    .slice(before)
    .flatMap((event) =>
      event.type === "step-started" || event.type === "step-finished" ? [`${event.type} ${event.step}`] : [],
    );
}
const at = (sectors: readonly number[]): Uint8Array => {
  const changed = original.slice();
  for (const sector of sectors) changed[sector * SECTOR + 100]! ^= 0xff;
  return changed;
};

describe("verifying", () => {
  test("an image that the flash holds is proven by its digest, and says where it lies", async () => {
    const part = original.slice(0, 3 * SECTOR);
    expect(await run(session.verify(part, { raw: true }))).toEqual({ at: 0, length: part.length, md5: md5Hex(part) });
    expect(await stepsOf(() => session.verify(part, { raw: true }))).toEqual([
      "step-started verify",
      "step-finished verify",
    ]);
    expect(await run(session.verify(original.slice(5 * SECTOR), { raw: true, at: 5 * SECTOR }))).toMatchObject({
      at: 5 * SECTOR,
    });
  });

  test.each([
    [[5], ["0x5000", "0x6000"]],
    [
      [1, 2, 40],
      ["0x1000", "0x3000", "0x28000", "0x29000"],
    ],
    [
      [0, 2, 17, 33],
      ["0x0", "0x1000", "0x2000", "0x3000", "0x11000", "0x12000", "0x21000", "0x22000"],
    ],
    [
      [0, 2, 17, 33, 63],
      ["0x0", "0x1000", "0x2000", "0x3000", "0x11000", "0x12000", "0x21000", "0x22000"],
    ],
  ])("the sectors %j that differ are named, at most four ranges of them", async (sectors, named) => {
    const error = await run(session.verify(at(sectors), { raw: true })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "verify-failed", step: "verify" });
    const { message } = error as PlugsmithError;
    expect(message.match(/0x[0-9a-f]+/g)).toEqual(named);
    expect(message.includes("…")).toBe(sectors.length > 4);
  });
});

describe("what may be erased", () => {
  test.each<[string, FlashRange]>([
    ["half a sector", { at: 0, length: SECTOR / 2 }],
    ["from the middle of a sector", { at: SECTOR / 2, length: SECTOR }],
    ["nothing", { at: 0, length: 0 }],
    ["less than nothing", { at: SECTOR, length: -SECTOR }],
    ["before the flash", { at: -SECTOR, length: 2 * SECTOR }],
    ["beyond the flash", { at: SMALL_FLASH - SECTOR, length: 2 * SECTOR }],
    ["no number", { at: Number.NaN, length: SECTOR }],
    ["a fraction", { at: 0, length: SECTOR + 0.5 }],
  ])("%s is refused before anything is asked of the flash", async (_, range) => {
    await expect(run(session.planErase(range))).rejects.toMatchObject({ code: "bad-argument", step: "erase" });
    await expect(run(session.erase(range, { typedMac: rig.plug }))).rejects.toMatchObject({ code: "bad-argument" });
    expect(rig.bench.flash.slice()).toEqual(original);
  });

  test("the last sector may be erased alone, and without a range the whole flash", async () => {
    const last = { at: SMALL_FLASH - SECTOR, length: SECTOR };
    expect(await run(session.planErase(last))).toMatchObject({ kind: "erase" });
    const { steps } = await run(session.planErase());
    expect(steps.filter(({ act }) => act === "erase").reduce((sum, { length }) => sum + length, 0)).toBe(5 * SECTOR);
  });
});

describe("a session's work", () => {
  test("each kind of work is a step of its own, and a plan is none", async () => {
    const typedMac = { typedMac: rig.plug };
    expect(await stepsOf(() => session.planBackup())).toEqual([]);
    expect(await stepsOf(() => session.backup())).toContain("step-finished back-up");
    expect(await stepsOf(() => session.erase({ at: 40 * SECTOR, length: SECTOR }, typedMac))).toContain(
      "step-finished erase",
    );
    const image = flashWith([0], 8).slice(0, SECTOR);
    expect(await stepsOf(() => session.write(image, { raw: true, at: 40 * SECTOR, ...typedMac }))).toContain(
      "step-finished write",
    );
    expect(await run(session.planRestore({ bytes: original }))).toMatchObject({ kind: "restore", gate: "open" });
    expect(await stepsOf(() => session.restore({ bytes: original }))).toContain("step-finished restore");
    expect(rig.bench.flash.slice()).toEqual(original);
  });

  test("after a change the next work's error does not mention it", async () => {
    const error = await run(session.verify(at([5]), { raw: true })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "verify-failed", plugState: "untouched" });
  });

  test("an entry for the journal is written with the time of the clock", async () => {
    const before = await readJournal(rig.disk.files, `/home/plugs/${rig.plug}`);
    const { at: _, ...note } = before.find(({ type }) => type === "backup-sealed") as never as { at: string };
    await run(session.note(note as never));
    const [added] = (await readJournal(rig.disk.files, `/home/plugs/${rig.plug}`)).slice(before.length);
    expect(added).toMatchObject({ type: "backup-sealed", at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
  });

  test("what is no error of plugsmith's stays as it is; others say in what state the plug is", async () => {
    const strange = new Error("strange");
    expect(await session.withPlugState(strange)).toBe(strange);
    const known = new PlugsmithError("line-lost", { message: say`It is gone.` });
    expect(await session.withPlugState(known)).toMatchObject({ code: "line-lost", plugState: "untouched" });
  });

  test("a session that is closed frees the plug's folder for the next", async () => {
    const next = rig.open();
    await run(session.finish("stay"));
    await run(session.close());
    expect(await run(next.backup())).toMatchObject({ already: true });
    await run(next.close());
  });
});
