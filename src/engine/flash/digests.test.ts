import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { md5Hex } from "../../core/digest.ts";
import type { FlashRange } from "./contract.ts";
import {
  type DifferingOptions,
  differing,
  differingParts,
  looksBlank,
  merge,
  slice,
  split,
  totalLength,
  unequalSectors,
  without,
} from "./digests.ts";

const SECTOR = 0x1000;
const BLOCK = 0x10000;

const range = (at: number, end: number): FlashRange => ({ at, length: end - at });
const sector = (index: number, count = 1): FlashRange => ({ at: index * SECTOR, length: count * SECTOR });

/** Bytes in which no sector is like another, nor blank. */
const used = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i ^ (i >> 8) ^ (i >> 12)) & 0x7f);

function rigOn(flash: Uint8Array): StubRig {
  const rig = stubRig();
  rig.stub.flash = flash;
  return rig;
}

/** The flash with one byte of each of these places turned. */
function changed(bytes: Uint8Array, places: readonly number[]): Uint8Array {
  const flash = bytes.slice();
  for (const place of places) flash[place]! ^= 0x80;
  return flash;
}

async function found(
  flash: Uint8Array,
  expected: Uint8Array,
  options: DifferingOptions & { readonly within?: FlashRange; readonly answerMs?: number } = {},
): Promise<{ ranges: FlashRange[]; asked: readonly FlashRange[] }> {
  const { within = range(0, expected.length), answerMs = 0, ...others } = options;
  const { stub, link, run } = rigOn(flash);
  const say = stub.say.bind(stub);
  stub.say = (frame) => say(frame, answerMs);
  const ranges = await run(differing(link, within, { at: 0, bytes: expected }, others));
  return { ranges, asked: stub.digests };
}

describe("ranges that differ", () => {
  const size = 2 * BLOCK;
  const expected = used(size);

  test("no range differs if the digest of the whole matches; it is requested at most once", async () => {
    expect(await found(expected, expected)).toEqual({ ranges: [], asked: [range(0, size)] });
    expect(await found(expected, expected, { known: md5Hex(expected) })).toEqual({ ranges: [], asked: [] });
    expect(await found(changed(expected, [0]), expected, { within: range(0, 0) })).toEqual({ ranges: [], asked: [] });
  });

  test("a single differing sector is its own range", async () => {
    const flash = changed(expected, [5 * SECTOR]);
    const within = sector(5);
    expect(await found(flash, expected, { within })).toEqual({ ranges: [within], asked: [within] });
  });

  test("differing ranges are searched if the known digest does not match", async () => {
    const flash = changed(expected, [5 * SECTOR]);
    const { ranges, asked } = await found(flash, expected, { known: md5Hex(flash), exact: true });
    expect(ranges).toEqual([sector(5)]);
    expect(asked).not.toContainEqual(range(0, size));
  });

  test("the differing ranges are exactly the sectors with a changed byte at any position, merged and in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(size - 1), { maxLength: 8 }), async (places) => {
        const { ranges } = await found(changed(expected, places), expected, { exact: true });
        const sectors = [...new Set(places.map((place) => Math.floor(place / SECTOR)))].sort((a, b) => a - b);
        expect(ranges).toEqual(merge(sectors.map((index) => sector(index))));
      }),
      { numRuns: 30 },
    );
  });

  test("no differing sector is left out when equal ones may be included", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(size / SECTOR - 1), { minLength: 1 }),
        fc.constantFrom(0, 30),
        async (sectors, answerMs) => {
          const places = sectors.map((index) => index * SECTOR + 77);
          const { ranges } = await found(changed(expected, places), expected, { answerMs });
          const missed = sectors.filter((index) => !ranges.some(({ at, length }) => isIn(index, at, length)));
          expect(missed).toEqual([]);
          expect(merge(ranges)).toEqual(ranges);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("a whole block is taken after four differing sectors when answers are slow", async () => {
    const flash = new Uint8Array(size).fill(0xff);
    const slow = await found(flash, expected, { answerMs: 20 });
    expect(slow.ranges).toEqual([range(0, size)]);
    // The whole, a sample of each block, and of each block samples of sectors 2, 6, 10 and 14.
    expect(slow.asked).toHaveLength(1 + 2 + 2 * 4);
    expect(slow.asked.slice(3, 7).map(({ at }) => Math.floor(at / SECTOR))).toEqual([2, 6, 10, 14]);
    const quick = await found(flash, expected);
    expect(quick.ranges).toEqual([range(0, size)]);
    expect(quick.asked).toHaveLength(1 + 2 + 2 * 16);
  });

  test("exact ranges are the four differing sectors, whether answers are slow or not", async () => {
    const flash = changed(
      expected,
      [2, 6, 10, 14].map((index) => index * SECTOR),
    );
    // The sample of the block is its middle: equal, so the digest of the block tells that it differs.
    expect((await found(flash, expected, { answerMs: 20 })).ranges).toEqual([range(0, BLOCK)]);
    const { ranges } = await found(flash, expected, { answerMs: 20, exact: true });
    expect(ranges).toEqual([sector(2), sector(6), sector(10), sector(14)]);
  });

  test("ranges stay sector by sector, slow or not, if one of the first four matches", async () => {
    const flash = new Uint8Array(size).fill(0xff);
    flash.set(expected.subarray(6 * SECTOR, 7 * SECTOR), 6 * SECTOR);
    flash.set(expected.subarray(9 * SECTOR, 10 * SECTOR), 9 * SECTOR);
    const { ranges } = await found(flash, expected, { answerMs: 20 });
    expect(ranges).toEqual([sector(0, 6), sector(7, 2), sector(10, 22)]);
  });

  test("the ranges of a partial image are given as flash addresses", async () => {
    const flash = changed(expected, [9 * SECTOR + 1]);
    const { link, run } = rigOn(flash);
    const part = { at: 8 * SECTOR, bytes: expected.subarray(8 * SECTOR, 12 * SECTOR) };
    expect(await run(differing(link, sector(8, 4), part, { exact: true }))).toEqual([sector(9)]);
    expect(slice(part, sector(9))).toEqual(expected.subarray(9 * SECTOR, 10 * SECTOR));
  });
});

const isIn = (index: number, at: number, length: number): boolean =>
  index * SECTOR >= at && (index + 1) * SECTOR <= at + length;

test("a sample in the middle can prove a difference; only the digest of the whole part proves equality", async () => {
  const expected = used(3 * SECTOR);
  // The sample is the 64 bytes in the middle: one byte in it, and one just before it.
  const middle = (SECTOR - 64) / 2;
  const { stub, link, run } = rigOn(changed(expected, [SECTOR + middle, 2 * SECTOR + middle - 1]));
  const parts = [0, 1, 2].map((index) => sector(index));
  expect(await run(differingParts(link, parts, { at: 0, bytes: expected }))).toEqual([sector(1), sector(2)]);
  const samples = [0, 1, 2].map((index) => ({ at: index * SECTOR + middle, length: 64 }));
  expect(stub.digests).toEqual([...samples, sector(0), sector(2)]);
});

test("parts shorter than a sample are sampled as a whole", async () => {
  const expected = used(200);
  const { stub, link, run } = rigOn(changed(expected, [101]));
  const parts = [range(0, 10), range(100, 163)];
  expect(await run(differingParts(link, parts, { at: 0, bytes: expected }))).toEqual([range(100, 163)]);
  expect(stub.digests).toEqual([...parts, range(0, 10)]);
});

describe("without the chip", () => {
  test("sectors that differ are found from known flash contents without the chip", () => {
    const current = used(8 * SECTOR);
    const bytes = changed(current, [2 * SECTOR, 4 * SECTOR - 1, 7 * SECTOR + 5]).subarray(2 * SECTOR, 8 * SECTOR);
    expect(unequalSectors(current, { at: 2 * SECTOR, bytes })).toEqual([sector(2, 2), sector(7)]);
    expect(unequalSectors(current, { at: 0, bytes: current })).toEqual([]);
  });

  test("a range is split at multiples of the piece length; the first and last piece may be shorter", () => {
    expect(split(range(0x800, 0x2800), SECTOR)).toEqual([
      range(0x800, 0x1000),
      range(0x1000, 0x2000),
      range(0x2000, 0x2800),
    ]);
    expect(split(range(0x1000, 0x2000), SECTOR)).toEqual([range(0x1000, 0x2000)]);
    expect(split(range(0x1000, 0x1000), SECTOR)).toEqual([]);
  });

  test("adjacent ranges are merged, others are not", () => {
    expect(merge([sector(1), sector(2), sector(4), sector(5, 2)])).toEqual([sector(1, 2), sector(4, 3)]);
    expect(merge([])).toEqual([]);
  });

  test("subtracting parts from a range leaves what none of them covers", () => {
    const whole = sector(0, 10);
    expect(without(whole, [])).toEqual([whole]);
    expect(without(whole, [whole])).toEqual([]);
    expect(without(whole, [sector(0), sector(4, 2), sector(9)])).toEqual([sector(1, 3), sector(6, 3)]);
    expect(without(whole, [sector(2, 5), sector(3)])).toEqual([sector(0, 2), sector(7, 3)]);
    expect(totalLength([sector(1), sector(4, 3)])).toBe(4 * SECTOR);
  });
});

describe("how far the flash looks blank", () => {
  const COUNT = 40;

  async function blankFrom(at: number, limit: number, usedFrom: number): Promise<{ length: number; asked: number }> {
    const flash = used(Math.max(COUNT * SECTOR, at + limit));
    flash.fill(0xff, 0, usedFrom);
    const { stub, link, run } = rigOn(flash);
    return { length: await run(looksBlank(link, at, limit)), asked: stub.digests.length };
  }

  test("the flash counts as blank up to the first sector that starts with data", async () => {
    for (let first = 0; first <= COUNT; first++) {
      const { length } = await blankFrom(0, COUNT * SECTOR, first * SECTOR);
      expect(length).toBe(first * SECTOR);
    }
  });

  test("the end of the blank area is found with few reads: the steps double up to a block", async () => {
    // Sectors 0, 2, 6, 14, 30 and 39.
    expect((await blankFrom(0, COUNT * SECTOR, COUNT * SECTOR)).asked).toBe(6);
    // Sectors 0, 2, 6, 14, 30, and from there every sixteenth: 46, 62, 78, then the last.
    expect((await blankFrom(0, 80 * SECTOR, 80 * SECTOR)).asked).toBe(9);
    expect((await blankFrom(0, COUNT * SECTOR, 0)).asked).toBe(1);
    // 0, 2, 6, 14, 30, then halves between 14 and 30.
    expect((await blankFrom(0, COUNT * SECTOR, 20 * SECTOR)).asked).toBe(5 + 4);
  });

  test("the search for the blank area starts at the next sector and ends at the limit", async () => {
    expect((await blankFrom(0x400, 3 * SECTOR, COUNT * SECTOR)).length).toBe(3 * SECTOR);
    expect((await blankFrom(0x400, 5 * SECTOR, 2 * SECTOR)).length).toBe(2 * SECTOR - 0x400);
    expect((await blankFrom(0x400, 5 * SECTOR, SECTOR)).length).toBe(SECTOR - 0x400);
    expect(await blankFrom(0x400, 0x800, SECTOR)).toEqual({ length: 0x800, asked: 0 });
    // 32 bytes of the last sector are left: they are looked at and no more.
    expect((await blankFrom(0, 2 * SECTOR + 32, 2 * SECTOR + 32)).length).toBe(2 * SECTOR + 32);
    expect((await blankFrom(0, 2 * SECTOR + 32, 2 * SECTOR + 31)).length).toBe(2 * SECTOR);
  });
});
