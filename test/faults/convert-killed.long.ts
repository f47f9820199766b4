/** Fifty conversions whose process is killed, or PLUGSMITH_SEEDS of them from PLUGSMITH_FIRST_SEED on. */
import { expect, test } from "vitest";
import { convertKilled } from "./convert-killed.ts";

test("fifty conversions survive a killed process", async () => {
  const first = Number(process.env["PLUGSMITH_FIRST_SEED"] ?? 1);
  const count = Number(process.env["PLUGSMITH_SEEDS"] ?? 50);
  const found: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const { killedAt, broken } = await convertKilled(seed);
    if (broken.length === 0) continue;
    found.push(`seed ${seed}, killed at ${killedAt.join(" and ")}: ${broken.join("; ")}`);
    process.stdout.write(
      `${found.at(-1)}\n  PLUGSMITH_FIRST_SEED=${seed} PLUGSMITH_SEEDS=1 npx vitest run --project long test/faults/convert-killed.long.ts\n`,
    );
  }
  expect(found).toEqual([]);
});
