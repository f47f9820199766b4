import { expect, test } from "vitest";
import { calibrateSeed, type Judged, judge } from "../support/calibration-campaign.ts";

test("1,000 seeded plugs: 95 % inside the stated uncertainty; exact references leave the step and 0.5 %", async () => {
  const all: Judged[] = [];
  for (let seed = 1; seed <= 1000; seed++) all.push(...(await calibrateSeed(seed)));
  const { beyondStep, ...verdict } = judge(all);
  process.stdout.write(
    `${JSON.stringify(verdict)}, exact and 60 W or more beyond step + 0.5 %: ${beyondStep.length}\n`,
  );
  expect(verdict.judged).toBe(3000);
  expect(verdict.share).toBeGreaterThanOrEqual(0.95);
  for (const share of Object.values(verdict.shares)) expect(share).toBeGreaterThanOrEqual(0.95);
  expect(beyondStep).toEqual([]);
});
