/**
 * The long run over malformed inputs: PLUGSMITH_INPUTS of them for each reader (default 200,000) and a fiftieth as many
 * sessions with a chip that lies; and the memory held afterwards is what it was before.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runByzantineChip } from "./byzantine-chip.ts";
import { isTaken, malformed, TARGETS } from "./malformed.ts";

const INPUTS = Number(process.env["PLUGSMITH_INPUTS"] ?? 200_000);
const BYZANTINE_SHARE = 50;
/** Growth that counts as a leak: caches that fill once, and what the test runner keeps, are less. */
const LEAK_BYTES = 64 * 1024 * 1024;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
}

test.each(TARGETS.map((target) => [target.name, target] as const))("malformed %s", async (name, target) => {
  let taken = 0;
  const before = heapBytes();
  await fc.assert(
    fc.asyncProperty(malformed(target), async (input) => {
      if (await isTaken(target, input)) taken++;
    }),
    { numRuns: INPUTS },
  );
  const grown = heapBytes() - before;
  process.stdout.write(`${name}: ${INPUTS} inputs, ${taken} taken, ${Math.round(grown / 1024)} KiB more held\n`);
  expect(taken).toBeGreaterThan(0);
  expect(grown).toBeLessThan(LEAK_BYTES);
});

test("chips that lie", async () => {
  const outcomes = new Map<string, number>();
  const before = heapBytes();
  const byzantineChips = Math.ceil(INPUTS / BYZANTINE_SHARE);
  let longestMs = 0;
  for (let seed = 1; seed <= byzantineChips; seed++) {
    const { outcome, virtualMs } = await runByzantineChip(seed);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    longestMs = Math.max(longestMs, virtualMs);
  }
  const reported = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(", ");
  process.stdout.write(
    `${byzantineChips} liars: ${reported}; longest ${Math.round(longestMs / 1000)} s of virtual time\n`,
  );
  expect(heapBytes() - before).toBeLessThan(LEAK_BYTES);
});
