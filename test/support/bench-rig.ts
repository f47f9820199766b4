/** A bench around the small fake chip, with a listener and the usual ways to let time pass. */
import { drain } from "../../src/platform/node/system.ts";
import type { BenchOptions, VirtualBench } from "../../src/sim/bench/contract.ts";
import { assembleBench } from "../../src/sim/bench/create-bench.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { FakeChip } from "./fake-chip.ts";

export interface Rig {
  readonly clock: SimClock;
  readonly chip: FakeChip;
  readonly bench: VirtualBench;
  readonly heard: {
    readonly text: () => string;
    readonly chunks: { bytes: Uint8Array; at: number }[];
    readonly events: string[];
  };
  readonly wait: (ms: number) => Promise<void>;
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

/** @param greeting what the chip sends at every boot, at 74880 baud. */
export function rig(options: Omit<BenchOptions, "clock"> = {}, greeting = ""): Rig {
  const clock = new SimClock();
  const chip = new FakeChip(clock);
  chip.greeting = greeting;
  const bench = assembleBench({ clock, ...options }, () => chip);
  const chunks: { bytes: Uint8Array; at: number }[] = [];
  const events: string[] = [];
  bench.line.listen({
    bytes: (bytes, at) => chunks.push({ bytes, at }),
    lost: () => events.push("lost"),
    reappeared: (identity) => events.push(`reappeared at ${identity.path}`),
  });
  const run = <T>(work: Promise<T>): Promise<T> => clock.complete(drain, work);
  const wait = (ms: number): Promise<void> => run(new Promise((resolve) => clock.port().after(ms, resolve)));
  const text = (): string => chunks.map(({ bytes }) => String.fromCharCode(...bytes)).join("");
  return { clock, chip, bench, heard: { text, chunks, events }, wait, run };
}
