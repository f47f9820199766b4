import { expect, test } from "vitest";
import type { JobEvent } from "../../core/events.ts";
import type { Clock } from "../ports.ts";
import { Progress } from "./progress.ts";

/** What is told of bytes done at these times, ms. */
function told(total: number, steps: readonly (readonly [at: number, bytes: number])[]): JobEvent[] {
  let now = 0;
  const events: JobEvent[] = [];
  const progress = new Progress((event) => events.push(event), { now: () => now } as Clock, "back-up", total);
  for (const [at, bytes] of steps) {
    now = at;
    progress.add(bytes);
  }
  return events;
}

test("the first bytes are told at once, without a rate", () => {
  expect(told(1000, [[0, 10]])).toEqual([
    { type: "progress", step: "back-up", done: 10, total: 1000, rate: 0, leftMs: undefined },
  ]);
});

test("progress is told ten times a second at most, and its end in any case", () => {
  const events = told(1000, [
    [0, 100],
    [99, 100],
    [100, 100],
    [150, 100],
    [160, 600],
  ]);
  expect(events.map((event) => "done" in event && event.done)).toEqual([100, 300, 1000]);
});

test("rate and time left come from what was done since the first report", () => {
  const events = told(10_000, [
    [0, 1000],
    [500, 1000],
    [1000, 1000],
  ]);
  expect(events.at(-1)).toMatchObject({ done: 3000, rate: 2000, leftMs: 3500 });
});

test("the rate is that of the last three seconds", () => {
  const events = told(100_000, [
    [0, 0],
    [1000, 30_000],
    [4000, 1000],
    [5000, 1000],
  ]);
  // From 1000 to 4000 ms nothing older than three seconds counts.
  expect(events.at(-2)).toMatchObject({ rate: Math.round(1000 / 3) });
  expect(events.at(-1)).toMatchObject({ rate: 1000 });
});

test("more than all is all", () => {
  expect(told(100, [[0, 150]])).toMatchObject([{ done: 100, total: 100 }]);
});
