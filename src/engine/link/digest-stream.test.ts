import { expect, test } from "vitest";
import { stubRig } from "../../../test/support/scripted-stub.ts";
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
});
