/**
 * The long fault campaign: 10,000 seeds, or PLUGSMITH_SEEDS of them from PLUGSMITH_FIRST_SEED on, on the small flash;
 * every hundredth on a whole 1 MiB plug. Bundled, in two processes beside each other.
 */
import { expect, test } from "vitest";
import { bundleCampaign, runSeeds } from "./bundle.ts";

const PROCESSES = 2;

test("ten thousand seeds", async () => {
  const first = Number(process.env["PLUGSMITH_FIRST_SEED"] ?? 1);
  const last = first + Number(process.env["PLUGSMITH_SEEDS"] ?? 10_000) - 1;
  const bundle = await bundleCampaign("long");
  const broken: string[] = [];
  let seeds = 0;
  const shards = Array.from({ length: PROCESSES }, (_, shard) =>
    runSeeds(bundle, { first: first + shard, last, step: PROCESSES, sizes: "mixed" }, (report) => {
      seeds++;
      if (report.broken.length === 0) return;
      broken.push(`seed ${report.seed}: ${report.broken.join("; ")}`);
      process.stdout.write(
        `${broken.at(-1)}\n  PLUGSMITH_FIRST_SEED=${report.seed} PLUGSMITH_SEEDS=1 npx vitest run --project long test/faults/flash-faults.long.ts\n`,
      );
    }),
  );
  await Promise.all(shards);
  expect(broken).toEqual([]);
  expect(seeds).toBe(last - first + 1);
}, 0);
