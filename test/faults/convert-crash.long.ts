/** Five hundred conversions that are struck, or PLUGSMITH_SEEDS of them from PLUGSMITH_FIRST_SEED on. */
import { expect, test } from "vitest";
import { tellStory } from "./convert-story.ts";

test("five hundred conversions survive a power loss", async () => {
  const first = Number(process.env["PLUGSMITH_FIRST_SEED"] ?? 1);
  const count = Number(process.env["PLUGSMITH_SEEDS"] ?? 500);
  const broken: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const report = await tellStory(seed);
    if (report.broken.length === 0) continue;
    broken.push(`seed ${seed}: ${report.broken.join("; ")}`);
    process.stdout.write(
      `${broken.at(-1)}\n  PLUGSMITH_FIRST_SEED=${seed} PLUGSMITH_SEEDS=1 npx vitest run --project long test/faults/convert-crash.long.ts\n`,
    );
  }
  expect(broken).toEqual([]);
});
