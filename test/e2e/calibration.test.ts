import { expect, test } from "vitest";
import { calibrateSeed, type Judged, judge } from "../support/calibration-campaign.ts";

/** The whole campaign of 1,000 seeds is calibration.long.ts; these are its first. */
const SEEDS = 150;

test("true errors lie inside the stated uncertainty as often as k = 2 promises, and the uncertainty is no blanket", async () => {
  const all: Judged[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) all.push(...(await calibrateSeed(seed)));
  const verdict = judge(all);
  expect(verdict.judged).toBe(3 * SEEDS);
  expect(verdict.share, JSON.stringify(verdict)).toBeGreaterThanOrEqual(0.95);
  expect(verdict.beyondStep).toEqual([]);
  // Were the statement twice too wide, a quarter of it would still hold nearly everything.
  expect(verdict.insideQuarter).toBeLessThan(0.75);
});
