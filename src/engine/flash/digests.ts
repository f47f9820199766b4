/**
 * Comparing the flash with what it should hold without moving it: the stub digests, the host digests, and only where
 * they differ is it looked at more narrowly. Also how blank stretches are found.
 *
 * A digest of a whole block costs the chip time, a digest of a few bytes only a round trip; so inside a range that is
 * known to differ, a short sample is asked first, and the whole only where the sample was right. Samples prove
 * difference, whole digests prove equality; nothing is taken for equal on a sample.
 */
import { equalBytes } from "../../core/bytes.ts";
import { md5Hex } from "../../core/digest.ts";
import { BLOCK, SECTOR } from "../../core/loader/tables.ts";
import type { ChipLink } from "../link/chip-link.ts";
import { flashMd5s } from "../link/digest-stream.ts";
import { wireMs } from "../link/timing.ts";
import type { FlashRange } from "./contract.ts";

const SAMPLE = 64;
/** Sectors of a differing block that are sampled before the rest is taken to differ too, where asking is dear. */
const SAMPLED_SECTORS = 4;
/** Share of a block's own transfer time that asking all its sectors may cost. */
const ASKING_SHARE = 0.02;

/** What the flash should hold: bytes of the whole flash, or of the part from `at` on. */
export interface Expected {
  readonly at: number;
  readonly bytes: Uint8Array;
}

export function slice(expected: Expected, range: FlashRange): Uint8Array {
  return expected.bytes.subarray(range.at - expected.at, range.at - expected.at + range.length);
}

export interface DifferingOptions {
  /** A digest of the whole range that was asked already, lower-case hex. */
  readonly known?: string | undefined;
  /** Each sector of a differing block is asked, where most of them are likely to be equal. Default: as far as it pays. */
  readonly exact?: boolean;
}

/**
 * The ranges (whole sectors) in which the flash differs from what is expected, merged and in order. None that differs
 * is left out; unless `exact`, some sectors of a differing block may be named though they are equal.
 */
export async function differing(
  link: ChipLink,
  range: FlashRange,
  expected: Expected,
  { known, exact = false }: DifferingOptions = {},
): Promise<FlashRange[]> {
  if (range.length === 0) return [];
  const whole = known ?? (await flashMd5s(link, [range]))[0]!;
  if (whole === link.codec.md5(slice(expected, range))) return [];
  if (range.length <= SECTOR) return [range];
  const different: FlashRange[] = [];
  for (const block of await differingParts(link, split(range, BLOCK), expected)) {
    different.push(...(await differingSectors(link, block, expected, exact)));
  }
  return merge(different);
}

/** The same from what the flash is known to hold, without asking the chip. @param current the whole flash. */
export function unequalSectors(current: Uint8Array, expected: Expected): FlashRange[] {
  const range: FlashRange = { at: expected.at, length: expected.bytes.length };
  return merge(
    split(range, SECTOR).filter(({ at, length }) => {
      const now = current.subarray(at, at + length);
      return !equalBytes(now, slice(expected, { at, length }));
    }),
  );
}

/** Of these ranges, those that differ. */
export async function differingParts(
  link: ChipLink,
  parts: readonly FlashRange[],
  expected: Expected,
): Promise<FlashRange[]> {
  const samples = parts.map(sampleOf);
  const sampled = await flashMd5s(link, samples);
  const right = parts.filter((_, i) => sampled[i] === md5Hex(slice(expected, samples[i]!)));
  const digests = await flashMd5s(link, right);
  const equal = new Set(right.filter((part, i) => digests[i] === link.codec.md5(slice(expected, part))));
  return parts.filter((part) => !equal.has(part));
}

async function differingSectors(
  link: ChipLink,
  block: FlashRange,
  expected: Expected,
  exact: boolean,
): Promise<FlashRange[]> {
  const sectors = split(block, SECTOR);
  if (exact || sectors.length <= SAMPLED_SECTORS) return differingParts(link, sectors, expected);
  const first = spread(sectors, SAMPLED_SECTORS);
  const before = link.port.clock.now();
  const differ = await differingParts(link, first, expected);
  const each = (link.port.clock.now() - before) / first.length;
  const rest = sectors.filter((sector) => !first.includes(sector));
  const dear = each * rest.length > ASKING_SHARE * wireMs(block.length, link.port.line.baud);
  if (dear && differ.length === first.length) return [block];
  const more = await differingParts(link, rest, expected);
  return sectors.filter((sector) => differ.includes(sector) || more.includes(sector));
}

/** Evenly spread over the block, so that one changed stretch does not hide an unchanged rest. */
function spread(sectors: readonly FlashRange[], count: number): FlashRange[] {
  return Array.from({ length: count }, (_, i) => sectors[Math.floor(((i + 0.5) * sectors.length) / count)]!);
}

/** In the middle: the beginning of a sector is where different contents look alike most often. */
function sampleOf(part: FlashRange): FlashRange {
  const length = Math.min(SAMPLE, part.length);
  return { at: part.at + (((part.length - length) >> 1) & ~3), length };
}

/**
 * How far the flash looks blank (0xFF) from `at` on, at most `limit` bytes: up to the first sector whose beginning is
 * not, found by steps of doubling length up to a block, then halving. A guess that spares most of the digests: a sector
 * that is used only further in, or between two that were looked at, is missed. Anyone who uses it proves the whole.
 */
export async function looksBlank(link: ChipLink, at: number, limit: number): Promise<number> {
  const end = at + limit;
  const first = Math.ceil(at / SECTOR) * SECTOR;
  const count = Math.max(0, Math.ceil((end - first) / SECTOR));
  const isBlank = async (index: number): Promise<boolean> => {
    const from = first + index * SECTOR;
    const head = { at: from, length: Math.min(SAMPLE, end - from) };
    return (await flashMd5s(link, [head]))[0] === blankMd5(head.length);
  };
  let blank = -1;
  let used = count;
  for (let step = 1; blank + 1 < used; step = Math.min(2 * step, BLOCK / SECTOR)) {
    const next = Math.min(blank + step, count - 1);
    if (await isBlank(next)) blank = next;
    else used = next;
    if (used < count) break;
  }
  while (used - blank > 1) {
    const middle = (blank + used) >> 1;
    if (await isBlank(middle)) blank = middle;
    else used = middle;
  }
  return Math.min(end, first + used * SECTOR) - at;
}

const blankDigests = new Map<number, string>();

/** MD5 of so many bytes of 0xFF. */
function blankMd5(length: number): string {
  let digest = blankDigests.get(length);
  if (digest === undefined) {
    digest = md5Hex(new Uint8Array(length).fill(0xff));
    blankDigests.set(length, digest);
  }
  return digest;
}

/** Cuts at multiples of `size`. */
export function split(range: FlashRange, size: number): FlashRange[] {
  const parts: FlashRange[] = [];
  const end = range.at + range.length;
  for (let at = range.at; at < end; ) {
    const next = Math.min(end, at - (at % size) + size);
    parts.push({ at, length: next - at });
    at = next;
  }
  return parts;
}

/** Joins neighbours. Input in order of address. */
export function merge(ranges: readonly FlashRange[]): FlashRange[] {
  const merged: FlashRange[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    if (last !== undefined && last.at + last.length === range.at) {
      merged[merged.length - 1] = { at: last.at, length: last.length + range.length };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

/** What of `whole` is not in `parts`; both in order of address. */
export function without(whole: FlashRange, parts: readonly FlashRange[]): FlashRange[] {
  const rest: FlashRange[] = [];
  let at = whole.at;
  for (const part of parts) {
    if (part.at > at) rest.push({ at, length: part.at - at });
    at = Math.max(at, part.at + part.length);
  }
  const end = whole.at + whole.length;
  if (at < end) rest.push({ at, length: end - at });
  return rest;
}

export function totalLength(ranges: readonly FlashRange[]): number {
  let total = 0;
  for (const range of ranges) total += range.length;
  return total;
}
