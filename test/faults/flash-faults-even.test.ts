/** The even half of the fault campaign: the two run beside each other. See flash-faults-odd.test.ts. */
import { expect, test } from "vitest";
import { replayLine, runSeed } from "./campaign.ts";

const SEEDS = 200;

test("whatever strikes, the work is completed by a later run or ends in a named error, and no backup is ever wrong", async () => {
  const broken: string[] = [];
  for (let seed = 2; seed <= SEEDS; seed += 2) {
    const report = await runSeed(seed);
    if (report.broken.length > 0) broken.push(`${report.broken.join("; ")}\n  ${replayLine(seed)}`);
  }
  expect(broken).toEqual([]);
}, 600_000);
