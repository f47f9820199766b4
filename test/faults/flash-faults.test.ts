/**
 * The fault campaign in the test command: 200 seeds on a small flash. The long one is in flash-faults.long.ts.
 * A failing seed prints how to see it again.
 */
import { expect, test } from "vitest";
import { runSeed } from "./campaign.ts";

const SEEDS = 200;
const PARTS = 4;

function replayLine(seed: number): string {
  return `PLUGSMITH_SEED=${seed} npx vitest run --project e2e test/faults/flash-faults.test.ts -t replay`;
}

const wanted = process.env["PLUGSMITH_SEED"];

test.runIf(wanted !== undefined)("replay", async () => {
  const report = await runSeed(Number(wanted));
  process.stdout.write(`${report.log.join("\n")}\n`);
  expect(report.broken).toEqual([]);
});

test.each(Array.from({ length: PARTS }, (_, part) => part))(
  "whatever strikes, the work is completed by a later run or ends in a named error, and no backup is ever wrong (part %i)",
  async (part) => {
    const broken: string[] = [];
    for (let seed = part + 1; seed <= SEEDS; seed += PARTS) {
      const report = await runSeed(seed);
      if (report.broken.length > 0) broken.push(`${report.broken.join("; ")}\n  ${replayLine(seed)}`);
    }
    expect(broken).toEqual([]);
  },
  300_000,
);

test("the same seed is the same story to the byte", async () => {
  for (const seed of [3, 11, 17]) {
    const first = await runSeed(seed);
    const second = await runSeed(seed);
    expect(second.log).toEqual(first.log);
    expect(second.virtualMs).toBe(first.virtualMs);
  }
}, 120_000);
