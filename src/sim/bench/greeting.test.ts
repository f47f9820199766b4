import { expect, test } from "vitest";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "../world/clock.ts";
import type { BenchOptions, VirtualBench } from "./contract.ts";
import { createBench } from "./create-bench.ts";
import { VENDOR_GREETING } from "./vendor-image.ts";

async function poweredUp(options: Partial<BenchOptions> = {}, ms = 200): Promise<VirtualBench> {
  const clock = new SimClock();
  const bench = createBench({ clock, ...options });
  await clock.complete(drain, new Promise<void>((resolve) => clock.port().after(ms, resolve)));
  return bench;
}

test("a plug fresh from the vendor boots its firmware and greets at 74880 baud", async () => {
  const bench = await poweredUp();
  const text = bench.heard(74880);
  expect(text).toContain("ets Jan  8 2013,rst cause:1, boot mode:(3,");
  expect(text.endsWith(VENDOR_GREETING)).toBe(true);
});

test("with GPIO0 on ground it waits in download mode and says so", async () => {
  const bench = await poweredUp({ gpio0Grounded: true });
  expect(bench.heard(74880)).toMatch(/rst cause:1, boot mode:\(1,\d\)\s*$/);
});

test("the same seed gives the same run to the byte and the microsecond, noise and all; another seed another", async () => {
  const run = async (seed: number): Promise<string> => {
    const clock = new SimClock();
    const bench = createBench({ clock, seed, gpio0Grounded: true, wiring: { noise: 0.01 } });
    const seen: string[] = [];
    bench.line.listen({ bytes: (bytes, at) => seen.push(`${at} ${bytes.join()}`) });
    const sync = Uint8Array.from([0xc0, 0, 8, 36, 0, 0, 0, 0, 0, 7, 7, 18, 32, ...new Array(32).fill(0x55), 0xc0]);
    const work = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) {
        await new Promise<void>((resolve) => clock.port().after(100, resolve));
        await bench.line.write(sync);
      }
    };
    await clock.complete(drain, work());
    return seen.join("\n");
  };
  const first = await run(1);
  expect(first.length).toBeGreaterThan(1000);
  expect(await run(1)).toBe(first);
  expect(await run(2)).not.toBe(first);
});
