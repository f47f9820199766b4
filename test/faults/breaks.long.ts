/** Every deliberate break is found by one of the seeds that the test command runs; the seed is told. */
import { expect, test } from "vitest";
import { BREAKS } from "./breaks.ts";
import { bundleCampaign, runSeeds } from "./bundle.ts";

const SEEDS = 200;

test.each(BREAKS.map((broken) => [broken.what, broken] as const))(
  "the tests find the deliberate break %s",
  async (what, broken) => {
    const bundle = await bundleCampaign("break", broken);
    const found: string[] = [];
    await runSeeds(bundle, { first: 1, last: SEEDS, untilBroken: true }, (report) => {
      if (report.broken.length > 0) found.push(`seed ${report.seed}: ${report.broken[0]}`);
    });
    process.stdout.write(`${what}\n  ${found[0] ?? "found by no seed"}\n`);
    expect(found).not.toEqual([]);
  },
);
