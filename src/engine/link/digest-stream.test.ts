import { expect, test } from "vitest";
import { replyFrame, stubRig } from "../../../test/support/scripted-stub.ts";
import { u32le } from "../../core/bytes.ts";
import { flashMd5s } from "./digest-stream.ts";

const RANGES = [0, 1, 2].map((sector) => ({ at: sector * 0x1000, length: 0x1000 }));

test("behind a slow adapter the next digest is asked for before the last one has come, and each once", async () => {
  const { stub, link, run, retries } = stubRig();
  link.roundTripMs = 16;
  let open = 0;
  const most: number[] = [];
  stub.script = (name) => {
    if (name === "flashMd5") most.push(++open);
    return false;
  };
  const said = stub.say.bind(stub);
  stub.say = (frame) => {
    stub.clock.hostAt(stub.clock.now + 16_000, () => {
      open--;
      said(frame);
    });
  };
  const digests = await run(flashMd5s(link, RANGES));
  expect(digests).toEqual([stub.md5, stub.md5, stub.md5]);
  expect(stub.digests).toEqual(RANGES);
  expect(Math.max(...most)).toBe(2);
  expect(retries).toEqual([]);
});

test("behind a quick one each digest is waited for, and nothing goes before a request", async () => {
  const { stub, link, run } = stubRig();
  link.roundTripMs = 6;
  await run(flashMd5s(link, RANGES));
  expect(stub.digests).toEqual(RANGES);
  expect(new Set(stub.written.map((bytes) => bytes.length)).size).toBe(1);
});

test("a request that follows another begins with 48 bytes that mean nothing", async () => {
  const { stub, link, run } = stubRig();
  link.roundTripMs = 7;
  await run(flashMd5s(link, RANGES));
  const [first, second, third] = stub.written.map((bytes) => bytes.length);
  expect([second! - first!, third! - first!]).toEqual([48, 48]);
});

test("a single range is asked for alone", async () => {
  const { stub, link, run } = stubRig();
  link.roundTripMs = 100;
  await run(flashMd5s(link, RANGES.slice(0, 1)));
  expect(stub.digests).toHaveLength(1);
});

test("after a lost answer all are asked again one by one, and the retry is told once", async () => {
  const { stub, link, run, retries } = stubRig();
  link.roundTripMs = 16;
  stub.lost.push("flashMd5");
  expect(await run(flashMd5s(link, RANGES))).toEqual([stub.md5, stub.md5, stub.md5]);
  expect(stub.digests.slice(-3)).toEqual(RANGES);
  expect(retries).toHaveLength(1);
  expect(retries[0]).toMatch(/^1: /);
  // In step with the chip again before the first of them.
  expect(stub.asked.slice(-4)).toEqual(["sync", "flashMd5", "flashMd5", "flashMd5"]);
});

test("after a lost answer the chip may be busy for as long as the largest range takes", async () => {
  const { stub, link, run } = stubRig();
  link.roundTripMs = 16;
  stub.lost.push("flashMd5");
  // The patience for the digest is over after 9 s; the chip answers nothing for 10 s more: 8 s of work, 3 s of looking.
  stub.script = (name) => name === "sync" && stub.clock.now < 19e6;
  const whole = [
    { at: 0, length: 0x1000 },
    { at: 0, length: 0x100000 },
  ];
  expect(await run(flashMd5s(link, whole))).toEqual([stub.md5, stub.md5]);
});

test("a digest that arrived before is not taken for one of these", async () => {
  const { stub, link, run } = stubRig();
  link.roundTripMs = 16;
  await run(link.readReg(0x60000014));
  stub.say(replyFrame("flashMd5", { body: new Uint8Array(16) }));
  link.roundTripMs = 16;
  expect(await run(flashMd5s(link, RANGES))).toEqual([stub.md5, stub.md5, stub.md5]);
});

test("a digest is waited for as long as the chip may work on its range, and then asked again", async () => {
  // 500 ms for an exchange, 11.1 ms for 128 bytes at 115200 baud, 50 ms and 31.25 ms for a sector's digest.
  for (const [ms, retried] of [
    [590, 0],
    [594, 1],
  ] as const) {
    const { stub, link, run, retries } = stubRig();
    link.roundTripMs = 16;
    let answered = 0;
    stub.script = (name) => {
      if (name !== "flashMd5" || answered++ >= RANGES.length) return false;
      stub.say(replyFrame("flashMd5", { body: new Uint8Array(16) }), ms * answered - stub.clock.now / 1000);
      return true;
    };
    await run(flashMd5s(link, RANGES));
    expect(retries).toHaveLength(retried);
  }
});

test("a request says nothing beyond its range", async () => {
  const { stub, link, run } = stubRig();
  link.roundTripMs = 16;
  await run(flashMd5s(link, RANGES));
  // The last two words are reserved (Espressif, "Serial Protocol", SPI_FLASH_MD5).
  for (const frame of stub.frames) expect([u32le(frame, 16), u32le(frame, 20)]).toEqual([0, 0]);
});
