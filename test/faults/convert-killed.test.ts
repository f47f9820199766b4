import { expect, test } from "vitest";
import { convertKilled } from "./convert-killed.ts";

const wanted = process.env["PLUGSMITH_SEED"];
const seeds = wanted === undefined ? [1, 2, 3, 4, 5] : [Number(wanted)];

test.each(seeds)(
  "a killed conversion continues when started again and completes (seed %i)",
  async (seed) => {
    const { killedAt, runs, broken } = await convertKilled(seed);
    const replay = `PLUGSMITH_SEED=${seed} npx vitest run --project e2e test/faults/convert-killed.test.ts`;
    expect(broken, replay).toEqual([]);
    expect(killedAt.length).toBeGreaterThan(0);
    expect(runs).toBeGreaterThan(killedAt.length);
  },
  0,
);
