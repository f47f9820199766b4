import { expect, test } from "vitest";
import { COMMAND_NAMES, type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { type CommandName, encodeReadAck } from "../../core/loader/protocol.ts";
import { FlashDigest } from "./flash-digest.ts";
import { startFirmware } from "./run-firmware.ts";
import { writeRun } from "./write-stream.ts";

const SIZE = 0x100000;
const OTHER_MD5 = "fedcba9876543210fedcba9876543210";

function rig(): StubRig & { digest: FlashDigest } {
  const made = stubRig();
  return { ...made, digest: new FlashDigest(made.link) };
}

const ANY_FIELDS = new Proxy({}, { get: () => 0 }) as never;
const data = new Uint8Array(4);

test("a cached digest is returned with its age as long as only reads were sent", async () => {
  const { stub, link, digest, run } = rig();
  expect(await run(digest.now(SIZE))).toEqual({ md5: stub.md5, ageMs: 0 });
  await run(link.readReg(0x3ff00050));
  await run(link.flashMd5(0, 0x1000, 100));
  await run(link.sync(100));
  await link.transmit(encodeReadAck(0x1000));
  stub.clock.at(stub.clock.now + 4e6, () => {});
  await run(new Promise<void>((resolve) => link.port.clock.after(4000, resolve)));
  expect(await run(digest.now(SIZE))).toEqual({ md5: stub.md5, ageMs: 4000 });
  expect(stub.asked.filter((name) => name === "flashMd5")).toHaveLength(2);
});

const QUESTIONS: readonly CommandName[] = ["sync", "readReg", "flashMd5", "readFlash", "changeBaud"];
const ACTS = COMMAND_NAMES.filter((name) => !QUESTIONS.includes(name));

test("the age counts from the moment when the chip was asked", async () => {
  const { link, digest, run } = rig();
  const pass = (ms: number): Promise<void> => run(new Promise((resolve) => link.port.clock.after(ms, resolve)));
  await pass(7000);
  await run(digest.now(SIZE));
  await pass(1500);
  expect((await run(digest.now(SIZE))).ageMs).toBe(1500);
});

test("the mark is the digest's first word, below the data of every stub and at the start of every firmware's", async () => {
  const { stub, digest, run } = rig();
  await run(digest.now(SIZE));
  expect(stub.digests).toEqual([{ at: 0, length: SIZE }]);
  expect([...stub.ram]).toEqual([[0x3ffe8000, 0x01234567]]);
});

test("the chip is asked again for a flash of another size", async () => {
  const { stub, digest, run } = rig();
  await run(digest.now(SIZE));
  await run(digest.now(2 * SIZE));
  expect(stub.digests.map(({ length }) => length)).toEqual([SIZE, 2 * SIZE]);
});

test.each(
  ACTS.flatMap((name) => (["send", "exchange", "exchangeWithRetry"] as const).map((way) => [name, way] as const)),
)("the chip is asked again after %s by %s", async (name, way) => {
  const { stub, link, digest, run } = rig();
  await run(digest.now(SIZE));
  stub.md5 = OTHER_MD5;
  if (way === "send") await run(link.send(name, ANY_FIELDS, data));
  else await run(link[way](name, ANY_FIELDS, { data }));
  expect(await run(digest.now(SIZE))).toEqual({ md5: OTHER_MD5, ageMs: 0 });
});

test.each([
  ["a block of data was sent", ({ link }) => link.sendBlock("memData", data, 0)],
  ["a register was written", ({ link }) => link.writeReg(0x60000200, 0)],
  ["a run of flash was written", ({ link }) => writeRun(link, 0, new Uint8Array(0x1000), () => {})],
  ["the firmware was started", ({ link }) => startFirmware(link, false).catch(() => {})],
  ["the chip was found again after damage", ({ link }) => link.recover()],
  [
    "a question had to be asked twice",
    ({ stub, link }) => {
      stub.lost.push("readReg");
      return link.readReg(0x3ff00050);
    },
  ],
  ["the line was lost", ({ stub }) => Promise.resolve(stub.lose())],
  ["the word in RAM is gone", ({ stub }) => Promise.resolve(stub.ram.clear())],
] as readonly (readonly [string, (made: ReturnType<typeof rig>) => Promise<unknown>])[])(
  "the chip is asked again when %s",
  async (_, happens) => {
    const made = rig();
    const { stub, digest, run } = made;
    await run(digest.now(SIZE));
    stub.md5 = OTHER_MD5;
    await run(happens(made));
    expect(await run(digest.now(SIZE))).toEqual({ md5: OTHER_MD5, ageMs: 0 });
  },
);

test("a digest is not cached if its command had to be sent twice, because the first may have become another command", async () => {
  const { stub, digest, run } = rig();
  stub.lost.push("writeReg");
  await run(digest.now(SIZE));
  stub.md5 = OTHER_MD5;
  expect(await run(digest.now(SIZE))).toEqual({ md5: OTHER_MD5, ageMs: 0 });
});
