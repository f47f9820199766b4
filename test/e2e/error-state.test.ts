/** Whatever ends a flash session's work, its error says in which step, what the plug holds now and what to do next. */
import { expect, test } from "vitest";
import { PlugsmithError } from "../../src/core/errors.ts";
import type { FlashSession } from "../../src/engine/flash/contract.ts";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { flashWith, SECTOR, SessionRig } from "../support/session-rig.ts";

const image = codeLikeBytes(16 * SECTOR, new SeededRandom(4));
const conversion = { raw: true, target: "chip" } as const;
/** Virtual time from a session's beginning into the middle of its write, µs: connected after 1.2 s, done after 2. */
const IN_THE_WRITE = 1.5e6;

async function failure(rig: SessionRig, work: Promise<unknown>): Promise<PlugsmithError> {
  const error = await rig.run(
    work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  );
  if (!(error instanceof PlugsmithError)) throw new Error("It did not fail by a named error.", { cause: error });
  return error;
}

/** A plug with a sealed backup, and the id of that. */
async function sealedPlug(): Promise<{ rig: SessionRig; id: string; original: Uint8Array }> {
  const rig = new SessionRig();
  const original = rig.bench.flash.slice();
  const session = rig.open();
  const { backup } = await rig.run(session.backup());
  await rig.run(session.finish("stay"));
  await session.close();
  return { rig, id: backup.id, original };
}

function stopped(rig: SessionRig, afterUs: number): FlashSession {
  const stop = new AbortController();
  rig.clock.hostAt(rig.clock.now + afterUs, () => stop.abort());
  return rig.open({ signal: stop.signal, baud: { ceiling: 460_800 } });
}

test("a write stopped midway reports the plug as partly written, names the original, and continues with the same command", async () => {
  const { rig, id, original } = await sealedPlug();
  const session = stopped(rig, IN_THE_WRITE);
  const error = await failure(rig, session.write(image, conversion));
  await session.close();
  expect(rig.bench.flash.slice()).not.toEqual(original);
  expect(rig.bench.flash.slice(0, image.length)).not.toEqual(image);
  expect(error).toMatchObject({
    code: "aborted",
    step: "write",
    plugState: `partly written, so it may not start; the sealed backup of its original firmware is ${id}`,
    nextStep:
      "Run the same command again. It continues from what is already verified. Or restore the original firmware: plugsmith restore.",
  });
  // Who only looks at it now is told the same, and that it was not this run.
  const looking = rig.open({ patience: { connectMs: 5000, reconnectMs: 5000 } });
  await rig.run(looking.identify());
  rig.bench.actions.pullAdapterOut();
  const lost = await failure(rig, looking.verify(image, conversion));
  expect(lost).toMatchObject({
    code: "no-sync",
    step: "connect",
    plugState: `partly written, so it may not start; left by an earlier run; the sealed backup of its original firmware is ${id}`,
  });
});

test("a line lost during a write is not reported as an untouched plug", async () => {
  const { rig, id } = await sealedPlug();
  rig.clock.at(rig.clock.now + IN_THE_WRITE, () => rig.bench.actions.pullAdapterOut());
  const error = await failure(rig, rig.open().write(image, conversion));
  expect(error).toMatchObject({ code: "no-sync", step: "connect" });
  expect(error.plugState).toContain(`the sealed backup of its original firmware is ${id}`);
  expect(error.nextStep).not.toBe(undefined);
});

test("a full disk before the erase leaves the plug untouched; after the proof the work counts as done", async () => {
  const { rig } = await sealedPlug();
  const session = rig.open();
  await rig.run(session.identify());
  rig.disk.capacity = rig.disk.used + 100;
  const before = await failure(rig, session.write(image, conversion));
  expect(before).toMatchObject({ code: "disk-full", step: "write", plugState: "untouched" });
  expect(before.nextStep).toContain("again");
  rig.disk.capacity = Number.POSITIVE_INFINITY;
  rig.clock.hostAt(rig.clock.now + 0.5e6, () => {
    rig.disk.capacity = rig.disk.used;
  });
  const after = await failure(rig, session.write(image, conversion));
  expect(after).toMatchObject({ code: "disk-full", plugState: "written, and verified with the chip's own digest" });
  expect(rig.bench.flash.slice(0, image.length)).toEqual(image);
});

test("without a backup no error mentions a sealed one", async () => {
  const stop = new AbortController();
  const rig = new SessionRig({ flashChanged: () => stop.abort() });
  const session = rig.open({ signal: stop.signal });
  await rig.run(session.identify());
  const error = await failure(rig, session.write(image, { ...conversion, typedMac: rig.plug }));
  expect(error).toMatchObject({
    plugState: "partly written, so it may not start; there is no sealed backup of what it held",
    nextStep: "Run the same command again. It continues from what is already verified.",
  });
});

test("failed read commands report the plug as untouched", async () => {
  const rig = new SessionRig({ flash: flashWith([...Array(30).keys()]) });
  const error = await failure(rig, stopped(rig, 3.2e6).backup());
  expect(error).toMatchObject({
    code: "aborted",
    step: "back-up",
    plugState: "untouched",
    nextStep: "Run the same command again. It continues from what is already verified.",
  });
});

test("a failure after the proof says that the work is done", async () => {
  const { rig } = await sealedPlug();
  const stop = new AbortController();
  const session = rig.open({ signal: stop.signal });
  await rig.run(session.write(image, conversion));
  const other = await failure(rig, session.verify(image.subarray(4), conversion));
  expect(other).toMatchObject({ code: "verify-failed", plugState: "untouched" });
  await rig.run(session.write(image, conversion));
  stop.abort();
  const error = await failure(rig, session.finish("stay"));
  expect(error).toMatchObject({
    code: "aborted",
    step: "finish",
    plugState: "written, and verified with the chip's own digest",
  });
});
