import { describe, expect, it } from "vitest";
import { fakeTasmota } from "../../../../test/support/fake-tasmota.ts";
import { SimClock } from "../../world/clock.ts";
import { type Appliance, Load } from "../../world/load.ts";
import { Mains } from "../../world/mains.ts";
import { MeterChip, type MeterChipOptions } from "../../world/meter-chip.ts";
import { payloadOf } from "../command/payload.ts";
import { createMeter } from "./meter.ts";

interface Reading {
  readonly Total: number;
  readonly Today: number;
  readonly Power: number;
  readonly ApparentPower: number;
  readonly ReactivePower: number;
  readonly Factor: number;
  readonly Voltage: number;
  readonly Current: number;
  readonly Period?: number;
}

const FINE = (2 << 19) | (1 << 17) | (3 << 15) | (3 << 23);

function plug(appliance: Appliance, options: MeterChipOptions = {}, resetCause: 1 | 3 = 1) {
  const clock = new SimClock();
  const mains = new Mains(clock, { drift: 0, noise: 0 });
  const load = new Load(appliance);
  const chip = new MeterChip(clock, mains, load, () => fake.relays[0]!, options);
  const fake = fakeTasmota(clock, { meter: chip, resetCause });
  fake.numbers.set("flag2", FINE);
  const meter = createMeter(fake.core);
  meter.configure(fake.core.pins);
  meter.start?.();
  const seconds = (count: number): void => {
    for (let i = 0; i < count; i++) {
      clock.runInternal(clock.now + 1e6);
      meter.everySecond?.();
    }
  };
  const read = (tele = false): Reading => JSON.parse(meter.sensorJson(tele)) as Reading;
  const relay = (on: boolean): void => {
    chip.settle();
    fake.relays[0] = on;
    meter.powerChanged(on);
  };
  return { ...fake, clock, mains, load, meter, seconds, read, relay };
}

describe("what the meter reads", () => {
  it("is right for a nominal chip and a 60 W bulb", () => {
    const { seconds, read } = plug({ watts: 60 });
    seconds(6);
    expect(read()).toMatchObject({ Power: 60, Voltage: 230.3, Current: 0.26, Factor: 1 });
  });

  it("is off by the chip's manufacturing error", () => {
    const { seconds, read } = plug({ watts: 60 }, { error: { voltage: 1.05, current: 0.95, power: 1.02 } });
    seconds(6);
    const { Power, Voltage, Current } = read();
    expect([Power / 60, Voltage / 230, Current / 0.26087]).toEqual([
      expect.closeTo(1.02, 2),
      expect.closeTo(1.05, 2),
      expect.closeTo(0.95, 2),
    ]);
  });

  it("shows power at once, current and voltage slot by slot after switching on", () => {
    const { seconds, read, relay } = plug({ watts: 60 });
    relay(false);
    seconds(6);
    expect(read()).toMatchObject({ Power: 0, Voltage: 0, Current: 0 });
    relay(true);
    seconds(1);
    expect(read().Voltage * read().Current).toBe(0);
    seconds(4);
    expect(read()).toMatchObject({ Power: 60, Voltage: 230.3, Current: 0.26 });
  });

  it("knows the reactive power of a load with a power factor", () => {
    const { seconds, read } = plug({ watts: 60, powerFactor: 0.6 });
    seconds(6);
    const reading = read();
    expect(reading.Factor).toBeCloseTo(0.6, 2);
    expect(reading.ReactivePower).toBeCloseTo(80, 0);
  });

  it("shows no power where the current is too small to be measured, yet counts its energy", () => {
    const { seconds, read } = plug({ watts: 1.5 });
    seconds(7200);
    expect(read()).toMatchObject({ Power: 0, Current: 0 });
    expect(read().Total).toBeCloseTo(0.003, 3);
  });

  // HlwEvery200ms collects CF1 from 0.6 s to 1.6 s after SEL was switched: one edge in that time is enough.
  it.each([
    [1.6, 0, 0],
    [1.8, 1.8, 0.007],
    [2, 2, 0.008],
    [2.6, 2.6, 0.011],
    [4, 4, 0.017],
  ])("shows a load of %f W as %f W and %f A", (watts, power, current) => {
    const { seconds, read } = plug({ watts });
    seconds(20);
    expect(read()).toMatchObject({ Power: power, Current: current });
  });

  it("is gone ten seconds after the last pulse of power and four after the last of all", () => {
    const { seconds, read, load, mains, meter } = plug({ watts: 60, powerFactor: 1 }, { divider: "mains" });
    seconds(6);
    load.appliance = { watts: 0 };
    seconds(9);
    expect(meter.calibrationFor("power", "60", payloadOf("60"))).toEqual({ power: 12529 });
    seconds(3);
    expect(meter.calibrationFor("power", "60", payloadOf("60"))).toEqual({});
    expect(read()).toMatchObject({ Power: 0, Voltage: 230.3, Current: 0 });
    mains.live = false;
    seconds(6);
    expect(read()).toMatchObject({ Power: 0, Voltage: 0, Current: 0 });
  });

  it("is not there without a CF pin, and nothing where the template's pins are not the board's", () => {
    const clock = new SimClock();
    const chip = new MeterChip(clock, new Mains(clock), new Load({ watts: 60 }), () => true);
    const bare = fakeTasmota(clock, { meter: chip }, new Map([[12, 224]]));
    const without = createMeter(bare.core);
    without.configure(bare.core.pins);
    expect(without.present).toBe(false);
    const other = fakeTasmota(
      clock,
      { meter: chip },
      new Map([...[14, 13].map((pin, i) => [pin, i === 0 ? 2656 : 2720] as const)]),
    );
    const deaf = createMeter(other.core);
    deaf.configure(other.core.pins);
    deaf.start?.();
    clock.runInternal(10e6);
    expect(JSON.parse(deaf.sensorJson(false))).toMatchObject({ Power: 0, Voltage: 0 });
  });

  it("resets all constants when PowerCal is a mark of old", () => {
    const clock = new SimClock();
    const chip = new MeterChip(clock, new Mains(clock), new Load(), () => true);
    const fake = fakeTasmota(clock, { meter: chip });
    fake.numbers.set("energy_power_calibration", 4975);
    fake.numbers.set("energy_voltage_calibration", 1);
    createMeter(fake.core).configure(fake.core.pins);
    expect(fake.numbers.get("energy_power_calibration")).toBe(12530);
    expect(fake.numbers.get("energy_voltage_calibration")).toBe(1950);
  });
});

describe("calibration", () => {
  it("makes the next readings those that were set", () => {
    const { meter, numbers, seconds, read } = plug(
      { watts: 60 },
      { error: { voltage: 1.05, current: 0.95, power: 1 } },
    );
    seconds(6);
    for (const [quantity, value] of [
      ["voltage", "230"],
      ["power", "60"],
      ["current", "261"],
    ] as const) {
      const constant = meter.calibrationFor(quantity, value, payloadOf(value))[quantity]!;
      numbers.set(`energy_${quantity}_calibration`, constant);
    }
    seconds(5);
    const { Power, Voltage, Current } = read();
    expect([Power, Voltage, Current]).toEqual([expect.closeTo(60, 0), expect.closeTo(230, 0), expect.closeTo(0.26, 2)]);
  });

  it("takes a known load for power and current at the voltage measured now", () => {
    const { meter, mains, seconds } = plug({ watts: 60 });
    mains.mean = 220;
    seconds(6);
    const { power, current } = meter.calibrationFor("power", "60,230", payloadOf("60,230"));
    expect(power! / 12530).toBeCloseTo(1, 2);
    expect(current! / 3500).toBeCloseTo(1, 2);
    expect(meter.calibrationFor("voltage", "230", payloadOf("230"))).toEqual({ voltage: expect.closeTo(2038, -1) });
  });

  it("without pulses stores the raw number when it is over 99", () => {
    const { meter, seconds, relay } = plug({ watts: 60 });
    relay(false);
    seconds(20);
    expect(meter.calibrationFor("voltage", "230", payloadOf("230"))).toEqual({ voltage: 230 });
    expect(meter.calibrationFor("current", "261", payloadOf("261"))).toEqual({ current: 261 });
    expect(meter.calibrationFor("power", "60", payloadOf("60"))).toEqual({});
    expect(meter.calibrationFor("power", "1000", payloadOf("1000"))).toEqual({ power: 1000 });
    expect(meter.calibrationFor("power", "abc", payloadOf("abc"))).toEqual({});
  });

  it("wraps at 32 bits for a negative number, like the chip", () => {
    const { meter, seconds } = plug({ watts: 56 });
    seconds(6);
    // 2^32 - 50 pulse lengths, over the power ratio
    expect(meter.calibrationFor("power", "-5", payloadOf("-5")).power).toBeGreaterThan(3_150_000);
    expect(meter.calibrationFor("power", "", payloadOf(""))).toEqual({});
  });
});

describe("energy", () => {
  it("adds up as the pulses do and survives a software restart but not a power cut", () => {
    const { meter, numbers, seconds, read } = plug({ watts: 1000 });
    seconds(3600);
    expect(read().Total).toBeCloseTo(1, 2);
    meter.beforeSave();
    expect(numbers.get("energy_kWhtoday_ph")).toBeGreaterThan(99_000);
    for (const [cause, today] of [
      [3, 1],
      [1, 0],
    ] as const) {
      const again = plug({ watts: 0 }, {}, cause);
      for (const [field, value] of numbers) again.numbers.set(field, value);
      const meter2 = createMeter(again.core);
      meter2.configure(again.core.pins);
      expect(meter2.energy().today).toBeCloseTo(today, 2);
    }
  });

  it("is set in Wh and tells the period in telemetry only", () => {
    const { meter, seconds, read } = plug({ watts: 360 });
    meter.setEnergy("today", 1000);
    meter.setEnergy("yesterday", 2000);
    meter.setEnergy("total", 123456);
    // In single precision, as Total and Today are.
    expect(meter.energy()).toEqual({ total: Math.fround(124.456), yesterday: 2, today: 1 });
    expect(read()).not.toHaveProperty("Period");
    seconds(100);
    expect(read(true).Period).toBeCloseTo(10, 0);
    expect(read(true).Period).toBe(0);
  });
});

describe("margins and limits", () => {
  it("tell a change of power once, with a second reading two seconds later", () => {
    const { numbers, load, seconds, published } = plug({ watts: 60 });
    numbers.set("energy_power_delta", 101);
    seconds(20);
    published.length = 0;
    load.appliance = { watts: 1500 };
    seconds(6);
    expect(published.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "tele MARGINS",
      "tele SENSOR",
      "tele SENSOR",
    ]);
    expect(published[0]).toMatch(/^tele MARGINS \{"MARGINS":\{"PowerDelta":14\d\d\}\}$/);
  });

  it("switch off after the hold time, on again after the window, and off for good after the retries", () => {
    const { numbers, options, seconds, published, relays } = plug({ watts: 3000 });
    numbers.set("energy_max_power_limit", 2300);
    numbers.set("energy_max_power_limit_hold", 3);
    numbers.set("energy_max_power_limit_window", 10);
    options.set(33, 1);
    seconds(11);
    expect(relays[0]).toBe(true);
    seconds(3);
    expect(relays[0]).toBe(false);
    seconds(9);
    expect(relays[0]).toBe(true);
    seconds(20);
    expect(relays[0]).toBe(false);
    seconds(60);
    expect(relays[0]).toBe(false);
    const words = published.map((line) => /"(MaxPower\w*|PowerMonitor)"/.exec(line)?.[1]).filter(Boolean);
    expect(words).toEqual(["MaxPowerReached", "PowerMonitor", "MaxPowerReached", "MaxPowerReachedRetry"]);
  });

  it("report crossings both ways", () => {
    const { numbers, load, seconds, published } = plug({ watts: 60 });
    numbers.set("energy_max_power", 100);
    seconds(12);
    load.appliance = { watts: 500 };
    seconds(3);
    load.appliance = { watts: 60 };
    seconds(3);
    expect(published.filter((line) => line.startsWith("tele MARGINS"))).toEqual([
      'tele MARGINS {"MARGINS":{"PowerHigh":"ON"}}',
      'tele MARGINS {"MARGINS":{"PowerHigh":"OFF"}}',
    ]);
  });
});
