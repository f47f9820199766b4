/**
 * The fault campaign in the test command: 200 seeds on a small flash, the odd ones here. The long one is in flash-faults.long.ts.
 * A failing seed prints how to see it again.
 */
import { expect, test } from "vitest";
import { bundleCampaign, runSeeds } from "./bundle.ts";
import { replayLine, runSeed } from "./campaign.ts";

const SEEDS = 200;

const wanted = process.env["PLUGSMITH_SEED"];

test.runIf(wanted !== undefined)("replay", async () => {
  const report = await runSeed(Number(wanted));
  process.stdout.write(`${report.log.join("\n")}\n`);
  expect(report.broken).toEqual([]);
});

test("after any fault a later run completes or ends in a named error, and no backup is wrong", {
  timeout: 0,
}, async () => {
  const broken: string[] = [];
  let seeds = 0;
  await runSeeds(await bundleCampaign("odd"), { first: 1, last: SEEDS, step: 2 }, (report) => {
    seeds++;
    if (report.broken.length > 0) broken.push(`${report.broken.join("; ")}\n  ${replayLine(report.seed)}`);
  });
  expect(broken).toEqual([]);
  expect(seeds).toBe(SEEDS / 2);
});

test("the same seed gives the same run to the byte", { timeout: 0 }, async () => {
  for (const seed of [3, 11, 17]) {
    const first = await runSeed(seed);
    const second = await runSeed(seed);
    expect(second.log).toEqual(first.log);
    expect(second.virtualMs).toBe(first.virtualMs);
  }
});
