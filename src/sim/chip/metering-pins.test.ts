/** Pulses on the metering pins: rates and pulse widths as the BL0937's data sheet has them. */
import { describe, expect, test } from "vitest";
import { chipRig } from "../../../test/support/chip-rig.ts";
import type { FirmwareMeter } from "../board/firmware.ts";
import { SimClock } from "../world/clock.ts";
import { Load } from "../world/load.ts";
import { Mains } from "../world/mains.ts";
import { MeterChip } from "../world/meter-chip.ts";
import { MeteringPins } from "./metering-pins.ts";

const CF = 5;
const CF1 = 4;
const SEL = 12;

function setUp() {
  const clock = new SimClock();
  const periods = { cf: 0, cf1: [0, 0] as [number, number] };
  const edges: { gpio: number; level: number; at: number }[] = [];
  const state = { wanted: true, sel: 0 as 0 | 1, watcher: (): unknown => undefined };
  const meter: FirmwareMeter = {
    wiring: { cf: CF, cf1: CF1, sel: SEL },
    cfPeriod: () => periods.cf,
    cf1Period: (sel) => periods.cf1[sel],
    takeCfPulses: () => 0,
    watch: (changed) => {
      state.watcher = changed;
    },
  };
  const pins = new MeteringPins({
    clock,
    meter,
    isWanted: () => state.wanted,
    level: () => state.sel,
    hold: (gpio, level) => {
      if (level !== undefined) edges.push({ gpio, level, at: clock.now });
    },
  });
  const of = (gpio: number): number[] => edges.filter((edge) => edge.gpio === gpio).map(({ at }) => Math.round(at));
  const pass = (us: number): void => clock.runInternal(clock.now + us);
  return { clock, periods, edges, state, pins, of, pass };
}

test("a pulse is high for half of its period", () => {
  const { periods, pins, edges, of, pass } = setUp();
  periods.cf = 1000;
  pins.update();
  pass(2600);
  expect(of(CF)).toEqual([1000, 1500, 2000, 2500]);
  expect(edges.map(({ level }) => level)).toEqual([1, 0, 1, 0]);
});

test("a slow pulse is high for 38 ms", () => {
  const { periods, pins, of, pass } = setUp();
  periods.cf = 1e6;
  pins.update();
  pass(2.5e6);
  expect(of(CF)).toEqual([1e6, 1.038e6, 2e6, 2.038e6]);
});

test("CF1 shows what SEL chooses, from its edge on", () => {
  const { periods, pins, state, of, pass } = setUp();
  periods.cf1 = [1000, 200];
  pins.update();
  pass(1100);
  state.sel = 1;
  pins.pinsChanged(1 << SEL);
  pass(320);
  // 0.1 of the pulse had passed at the old pace, 0.4 are left at the new one.
  expect(of(CF1)).toEqual([1000, 1180, 1280, 1380]);
  expect(of(CF)).toEqual([]);
});

test("a rate that changes in the middle of a long pause is felt at once, and at nothing the line rests", () => {
  const { periods, pins, state, of, pass } = setUp();
  periods.cf = 8e6;
  pins.update();
  pass(4e6);
  state.watcher();
  periods.cf = 1000;
  pass(1600);
  expect(of(CF)).toEqual([4_000_500, 4_001_000, 4_001_500]);
  state.watcher();
  periods.cf = 0;
  pass(1e6);
  expect(of(CF)).toHaveLength(3);
});

test("its own edges are no reason to look at the meter again", () => {
  const { periods, pins, of, pass } = setUp();
  periods.cf = 1000;
  pins.pinsChanged((1 << CF) | (1 << CF1));
  pass(5000);
  expect(of(CF)).toEqual([]);
});

test("while nobody counts there are no pulses and no events", () => {
  const { clock, periods, pins, state, of, pass } = setUp();
  periods.cf = 1000;
  pins.update();
  pass(1100);
  state.wanted = false;
  pass(1000);
  expect(of(CF)).toEqual([1000, 1500]);
  expect(clock.nextEventAt).toBe(Number.POSITIVE_INFINITY);
});

describe("on a chip at mains", () => {
  const STATUS = 0x6000031c;
  const PIN5 = 0x6000033c;
  const FALLING = 2 << 7;
  const RELAY = 15;

  /** 1000 W behind the chip's own relay pin, and CF's edges counted by the GPIO block. */
  function atMains() {
    const made: { meter?: MeterChip } = {};
    const rig = chipRig({
      gpio0: 0,
      meter: {
        wiring: { cf: CF, cf1: CF1, sel: SEL },
        cfPeriod: () => made.meter?.cfPeriod() ?? 0,
        cf1Period: (sel) => made.meter?.cf1Period(sel) ?? 0,
        takeCfPulses: () => 0,
      },
    });
    const { bus, pins } = rig.chip;
    const mains = new Mains(rig.clock, { drift: 0, noise: 0 });
    const load = new Load({ watts: 1000 });
    made.meter = new MeterChip(rig.clock, mains, load, () => pins.level(RELAY) === 1);
    bus.write32(PIN5, FALLING);
    const relay = (on: boolean): void => {
      bus.write32(0x60000310, 1 << RELAY);
      bus.write32(on ? 0x60000304 : 0x60000308, 1 << RELAY);
    };
    /** Interrupts of CF in so many ms. */
    const count = (ms: number): number => {
      let edges = 0;
      for (let passed = 0; passed < ms; passed++) {
        bus.write32(0x60000324, 0xffff);
        rig.pass(1);
        if (bus.read32(STATUS) & (1 << CF)) edges++;
      }
      return edges;
    };
    return { rig, relay, count };
  }

  test("the relay's pin lets the pulses through: 1000 W give CF its nominal rate", () => {
    const { relay, count } = atMains();
    expect(count(200)).toBe(0);
    relay(true);
    // Tasmota's default calibration: 1362 x 12530 x 0.1 µs between pulses at 1 W.
    expect(count(1000)).toBeCloseTo(1e9 / (1362 * 12530 * 0.1), -1);
    relay(false);
    count(20);
    expect(count(200)).toBe(0);
  });

  test("without power the metering chip drives nothing", () => {
    const { rig, relay, count } = atMains();
    relay(true);
    count(100);
    const { pins } = rig.chip;
    while (pins.level(CF) === 1) rig.pass(0.1);
    rig.chip.setPower(false);
    // Nothing but the pull-up holds the line.
    expect(pins.level(CF)).toBe(1);
    let changes = 0;
    const before = pins.onChange;
    pins.onChange = (changed) => {
      changes++;
      before?.(changed);
    };
    rig.pass(500);
    expect(changes).toBe(0);
  });
});
