/** The watchdog's stages, and FRC1 as the non-maskable interrupt. Sources as in watchdog.ts and dport.ts. */
import { describe, expect, test } from "vitest";
import { chipRig, type Rig } from "../../../test/support/chip-rig.ts";
import { BlockTime } from "../../../test/support/chip-time.ts";
import { NMI_INTERRUPT } from "../cpu/exceptions.ts";
import { INTERRUPT } from "./registers.ts";
import { Watchdog } from "./watchdog.ts";

const CONTROL = 0x00;
const STAGE0 = 0x04;
const STAGE1 = 0x08;
const FEED = 0x14;

function setUp() {
  const time = new BlockTime();
  const log: string[] = [];
  const note = (what: string) => () => log.push(`${what} ${Math.round(time.now / 1000)}`);
  const watchdog = new Watchdog(time, { apbHz: 80e6, cpuHz: 80e6 }, note("bark"), note("bite"));
  watchdog.write(STAGE0, 11);
  watchdog.write(STAGE1, 13);
  return { time, log, watchdog };
}

test("the first stage barks, the second bites", () => {
  const { time, log, watchdog } = setUp();
  watchdog.write(CONTROL, 0x39);
  time.pass(10e6);
  expect(log).toEqual(["bark 1678", "bite 8389"]);
});

test("feeding after the bark begins with the first stage again", () => {
  const { time, log, watchdog } = setUp();
  watchdog.write(CONTROL, 0x39);
  time.pass(2e6);
  watchdog.write(FEED, 0x73);
  time.pass(8e6);
  expect(log).toEqual(["bark 1678", "bark 3678"]);
});

test("a wrong word does not feed, and a disabled watchdog does nothing", () => {
  const { time, log, watchdog } = setUp();
  watchdog.write(CONTROL, 0x39);
  time.pass(1e6);
  watchdog.write(FEED, 0x72);
  time.pass(1e6);
  expect(log).toEqual(["bark 1678"]);
  watchdog.write(CONTROL, 0x38);
  time.pass(20e6);
  expect(log).toEqual(["bark 1678"]);
});

describe("on the chip", () => {
  const EDGES = 0x3ff00004;
  const latched = (rig: Rig, line: number): boolean => (rig.chip.cpu.latched & (1 << line)) !== 0;

  function watched(edges: number): Rig {
    const rig = chipRig({ gpio0: 0 });
    rig.pass(50);
    const { bus } = rig.chip;
    bus.write32(EDGES, edges);
    bus.write32(0x60000904, 0);
    bus.write32(0x60000908, 4);
    bus.write32(0x60000900, 0x39);
    rig.pass(5);
    return rig;
  }

  test("the bark is interrupt 8 where its edge is enabled, the bite a reset with cause 4", () => {
    const rig = watched(1);
    expect(latched(rig, INTERRUPT.watchdog)).toBe(true);
    rig.take();
    rig.pass(100);
    expect(rig.text()).toContain("rst cause:4");
    expect(latched(watched(6), INTERRUPT.watchdog)).toBe(false);
  });

  test.each([
    [0x0, 2, INTERRUPT.frc1],
    [0xe, 2, INTERRUPT.frc1],
    [0xf, 2, NMI_INTERRUPT],
    [0xf, 0, NMI_INTERRUPT],
  ])("FRC1 with the bridge's first register at %i and edges %i raises interrupt %i", (source, edges, line) => {
    const rig = chipRig({ gpio0: 0 });
    rig.pass(50);
    const { bus, cpu } = rig.chip;
    cpu.inNmi = true;
    bus.write32(0x3ff00000, source);
    bus.write32(EDGES, edges);
    bus.write32(0x60000608, 0x80);
    bus.write32(0x60000600, 100);
    rig.pass(1);
    expect([INTERRUPT.frc1, NMI_INTERRUPT].filter((one) => latched(rig, one))).toEqual([line]);
  });

  test("FRC1 raises nothing while neither is enabled", () => {
    const rig = chipRig({ gpio0: 0 });
    rig.pass(50);
    rig.chip.bus.write32(0x60000608, 0x80);
    rig.chip.bus.write32(0x60000600, 100);
    rig.pass(1);
    expect([INTERRUPT.frc1, NMI_INTERRUPT].some((one) => latched(rig, one))).toBe(false);
  });
});
