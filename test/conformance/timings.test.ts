/**
 * The table of virtual against real times in docs/virtual-plug.md: it holds what the fixture holds, what the virtual plug
 * takes now, and no difference that the page does not name. All lines are measured again by timings.long.ts.
 */
import { describe, expect, test } from "vitest";
import {
  isComparable,
  measureGroup,
  readTimingTable,
  type TimingGroup,
  timingGroups,
} from "../support/timing-table.ts";

const GROUPS = timingGroups();
const TABLE = readTimingTable();

/** Lines that cost the virtual plug little: no long stream. */
const isCheap = ({ rows: [row] }: TimingGroup): boolean =>
  !["read", "write"].includes(row!.operation) || (row!.bytes ?? 0) <= 0x4000;

/** Round trips of small packets, of which the computer's share is not modelled: docs/virtual-plug.md says how far they are off. */
const waitsForComputer = ({ rows: [row] }: TimingGroup): boolean =>
  row!.operation === "read" && row!.loader.startsWith("cesanta");
/** Took longer than the same at twice the rate. */
const isOdd = ({ rows: [row] }: TimingGroup): boolean =>
  row!.operation === "write" && row!.flash === "e0 4014" && row!.baud === 1_500_000;

function isNear(group: TimingGroup, ratio: number): boolean {
  if (waitsForComputer(group)) return ratio > 0.7 && (ratio < 1.25 || group.rows[0]!.baud >= 921_600);
  return isOdd(group) || (ratio > 0.8 && ratio < 1.25);
}

test("the timing table has one line for each kind of measurement, with the posted seconds", () => {
  expect(TABLE.map(({ cells }) => cells)).toEqual(GROUPS.map(({ cells }) => cells));
});

test("virtual times are within 25 % of real ones where the real flash is known, except for those that the page lists", () => {
  const comparable = GROUPS.flatMap((group, i) =>
    isComparable(group) ? [{ group, ratio: Number(TABLE[i]!.ratio) }] : [],
  );
  expect(comparable.filter(({ group, ratio }) => !isNear(group, ratio))).toEqual([]);
  expect(comparable.length).toBeGreaterThan(60);
});

describe("the virtual plug takes what the table says", () => {
  test.each(
    GROUPS.map((group, i) => [group.cells.join(", "), group, i] as const).filter(([, group]) => isCheap(group)),
  )("the virtual plug takes the tabled time for %s", async (_, group, i) => {
    const { virtual, ratio } = TABLE[i]!;
    expect(await measureGroup(group)).toEqual({ virtual, ratio });
  });
});
