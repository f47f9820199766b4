/**
 * The long fault campaign: 10,000 seeds, or PLUGSMITH_SEEDS of them from PLUGSMITH_FIRST_SEED on, on the small flash;
 * every hundredth on a whole 1 MiB plug.
 */
import { expect, test } from "vitest";
import { type CampaignSize, runSeed, SMALL } from "./campaign.ts";

const PLUG: CampaignSize = {
  flashPart: "GD25Q80",
  flashSize: 0x100000,
  usedSectors: 150,
  imageSectors: 158,
  spanMs: 20_000,
};

test("ten thousand seeds", async () => {
  const first = Number(process.env["PLUGSMITH_FIRST_SEED"] ?? 1);
  const count = Number(process.env["PLUGSMITH_SEEDS"] ?? 10_000);
  const broken: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const size = seed % 100 === 0 ? PLUG : SMALL;
    const report = await runSeed(seed, size);
    if (report.broken.length === 0) continue;
    broken.push(`seed ${seed}: ${report.broken.join("; ")}`);
    process.stdout.write(
      `${broken.at(-1)}\n  PLUGSMITH_FIRST_SEED=${seed} PLUGSMITH_SEEDS=1 npx vitest run --project long test/faults\n`,
    );
  }
  expect(broken).toEqual([]);
});
