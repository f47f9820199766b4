/** The even half of the fault campaign: the two run beside each other. See flash-faults-odd.test.ts. */
import { expect, test } from "vitest";
import { bundleCampaign, runSeeds } from "./bundle.ts";
import { replayLine } from "./campaign.ts";

const SEEDS = 200;

test("after any fault a later run completes or ends in a named error, and no backup is wrong", {
  timeout: 0,
}, async () => {
  const broken: string[] = [];
  let seeds = 0;
  await runSeeds(await bundleCampaign("even"), { first: 2, last: SEEDS, step: 2 }, (report) => {
    seeds++;
    if (report.broken.length > 0) broken.push(`${report.broken.join("; ")}\n  ${replayLine(report.seed)}`);
  });
  expect(broken).toEqual([]);
  expect(seeds).toBe(SEEDS / 2);
});
