import { expect, test } from "vitest";
import { FakeChip } from "../../../test/support/fake-chip.ts";
import { SimClock } from "../world/clock.ts";
import type { BenchOptions, VirtualBench } from "./contract.ts";
import { assembleBench, createBench } from "./create-bench.ts";
import { benchOptionsOf, parsePlug, recordOf, serialisePlug } from "./plug-record.ts";

function bench(options: BenchOptions): VirtualBench {
  return assembleBench(options, () => new FakeChip(options.clock));
}

test("a plug comes back from its record with wires, hands' doings and adapter as they were", () => {
  const options: BenchOptions = {
    clock: new SimClock(),
    seed: 5,
    adapter: { kind: "FT232R" },
    supply: { limitMa: 100, from: "separate" },
  };
  const before = bench(options);
  before.actions.groundGpio0();
  before.actions.rewire({ chipTx: "open", autoReset: "direct" });
  before.actions.pullAdapterOut();
  const record = parsePlug(serialisePlug(recordOf(before, options)));
  const again = benchOptionsOf(record, before.flash, new SimClock());
  expect(again).toMatchObject({ seed: 5, supply: options.supply, mac: before.mac, flash: before.flash });
  const after = bench(again);
  expect(after.wiring).toEqual(before.wiring);
  expect([after.gpio0Grounded, after.pluggedIn]).toEqual([true, false]);
  expect(after.line.identity).toEqual(before.line.identity);
});

test("another maker's chip stays in the plug, with the address and the flash that were there", () => {
  const options: BenchOptions = {
    clock: new SimClock(),
    foreignChip: "BK7231T",
    flash: new Uint8Array(0x80000).fill(7),
  };
  const before = createBench(options);
  const again = benchOptionsOf(parsePlug(serialisePlug(recordOf(before, options))), before.flash, new SimClock());
  expect(again).toMatchObject({ foreignChip: "BK7231T", mac: before.mac });
  expect(createBench(again).flash).toEqual(options.flash);
});

test("a record that is not one is refused by name", () => {
  const good = serialisePlug(recordOf(bench({ clock: new SimClock() }), { clock: new SimClock() }));
  const changed = (field: string, value: unknown): string => JSON.stringify({ ...JSON.parse(good), [field]: value });
  for (const text of [
    "",
    "[]",
    "{}",
    changed("mac", "c44f33"),
    changed("wiring", { data: "tangled" }),
    changed("foreignChip", "Z80"),
  ]) {
    expect(() => parsePlug(text)).toThrow(expect.objectContaining({ code: "file-corrupt" }));
  }
  expect(() => parsePlug(changed("version", 2))).toThrow(expect.objectContaining({ code: "record-newer" }));
  expect(parsePlug(good).mac).toBe("c44f33010203");
});
