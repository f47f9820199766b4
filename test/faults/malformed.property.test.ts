import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runByzantineChip } from "./byzantine-chip.ts";
import { isTaken, malformed, TARGETS } from "./malformed.ts";

const BYZANTINE_CHIPS = 10;

describe.each(TARGETS.map((target) => [target.name, target] as const))("%s", (_, target) => {
  test("malformed input is accepted or refused by name", async () => {
    await fc.assert(
      fc.asyncProperty(malformed(target), async (input) => void (await isTaken(target, input))),
      {
        numRuns: 300,
      },
    );
  });
});

test("work with a byzantine chip ends with a result or a named error", async () => {
  const outcomes = new Set<string>();
  for (let seed = 1; seed <= BYZANTINE_CHIPS; seed++) outcomes.add((await runByzantineChip(seed)).outcome);
  expect(outcomes.size).toBeGreaterThan(2);
});
