import { expect, test } from "vitest";
import { drain } from "../../platform/node/drain.ts";
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
