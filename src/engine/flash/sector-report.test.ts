import { expect, test } from "vitest";
import type { JobEvent } from "../../core/events.ts";
import { SectorReport } from "./sector-report.ts";

/** What is reported, as "state at+length", for sectors that become known one after the other, each at its time in ms. */
function reported(...known: readonly [at: number, state: "read" | "blank", sector: number][]): string[] {
  let now = 0;
  const lines: string[] = [];
  const note = (event: JobEvent): void => {
    if (event.type === "sectors") lines.push(`${event.state} ${event.at / 4096}+${event.length / 4096}`);
  };
  const report = new SectorReport(note, { now: () => now }, "back-up");
  for (const [at, state, sector] of known) {
    now = at;
    report.add(state, { at: sector * 4096, length: 4096 });
  }
  report.flush();
  report.flush();
  return lines;
}

test("neighbours in one state are reported together, others apart", () => {
  expect(reported([0, "read", 0], [1, "read", 1], [2, "blank", 2], [3, "read", 5], [4, "read", 6])).toEqual([
    "read 0+2",
    "blank 2+1",
    "read 5+2",
  ]);
});

test("a run that lasts is reported as it grows, at most five times a second", () => {
  expect(reported([0, "read", 0], [150, "read", 1], [210, "read", 2], [220, "read", 3], [500, "read", 4])).toEqual([
    "read 0+3",
    "read 3+2",
  ]);
});
