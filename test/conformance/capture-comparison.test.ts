/** A capture of the virtual plug, compared as a real one's would be: scripts/compare-capture.mjs. */
import { expect, test } from "vitest";
import { type Capture, capture } from "../../src/engine/capture/capture.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import type { FlashPartName } from "../../src/sim/chip/flash-parts.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { compareCapture, comparisonText } from "../support/capture-comparison.ts";

function captureOf(mac: readonly number[], flashPart: FlashPartName, kind: string): Promise<Capture> {
  const clock = new SimClock();
  const bench = createBench({ clock, mac: Uint8Array.from(mac), flashPart, adapter: { kind }, gpio0Grounded: true });
  const work = capture({
    line: bench.line,
    clock: clock.port(),
    files: new VirtualDisk({ seed: 1 }).files,
    home: "/home",
    events: () => {},
    patienceMs: 5000,
    resetWires: false,
    tool: "test",
    host: "virtual",
    readBytes: 0x2000,
  });
  return clock.complete(drain, work);
}

test.each([
  [[0xac, 0xd0, 0x74, 0xc0, 0xdb, 0xc0], "GD25Q20", "FT232R"],
  [[0x18, 0xfe, 0x34, 0xa1, 0xb2, 0x12], "GD25Q80", "CH340"],
] as const)("a capture of the virtual plug (%j, %s, %s) differs in no byte and no time", async (mac, part, adapter) => {
  const { times, exchanges, model } = await compareCapture(await captureOf(mac, part, adapter));
  expect(model).toEqual({ flashPart: part, adapter });
  expect(times.map(([, , , ratio]) => ratio)).toEqual(["1.00", "1.00", "1.00", "1.00"]);
  expect(exchanges.map(([, outcome]) => outcome)).toEqual(new Array(3).fill("the same bytes"));
});

test("a plug that takes longer or answers differently is reported in the table and the list", async () => {
  const same = await captureOf([0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12], "GD25Q80", "CP2102");
  const [first, ...others] = same.exchanges;
  const slower = same.timings.map((row) => ({ ...row, seconds: row.seconds * 2 }));
  const [asked, answered] = first!.sequence;
  const sequence = [asked!, { ...answered!, hex: answered!.hex.replace("07", "08") }];
  const text = comparisonText(
    await compareCapture({ exchanges: [{ ...first!, sequence }, ...others], timings: slower }),
  );
  expect(text.match(/\| 0\.50 /g)?.length).toBe(4);
  expect(text).toContain("rom: SYNC: differs at entry 1: real c00108020008071220");
});
