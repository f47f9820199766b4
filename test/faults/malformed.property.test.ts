import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meetLiar } from "./liar.ts";
import { isTaken, malformed, TARGETS } from "./malformed.ts";

const LIARS = 10;

describe.each(TARGETS.map((target) => [target.name, target] as const))("%s", (_, target) => {
  test("what is malformed is taken or refused by name, never anything else", async () => {
    await fc.assert(
      fc.asyncProperty(malformed(target), async (input) => void (await isTaken(target, input))),
      {
        numRuns: 300,
      },
    );
  });
});

test("work with a chip that lies ends, with a result or a named error", async () => {
  const outcomes = new Set<string>();
  for (let seed = 1; seed <= LIARS; seed++) outcomes.add((await meetLiar(seed)).outcome);
  expect(outcomes.size).toBeGreaterThan(2);
});
