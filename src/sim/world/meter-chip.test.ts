import { describe, expect, it } from "vitest";
import { SimClock } from "./clock.ts";
import { Load } from "./load.ts";
import { Mains } from "./mains.ts";
import { MeterChip, type MeterChipOptions, meterError } from "./meter-chip.ts";

function world(watts: number, powerFactor = 1, options: MeterChipOptions = {}) {
  const clock = new SimClock();
  const mains = new Mains(clock, { drift: 0, noise: 0 });
  const load = new Load({ watts, powerFactor });
  let closed = true;
  const relay = {
    set closed(value: boolean) {
      meter.settle();
      closed = value;
    },
  };
  const meter: MeterChip = new MeterChip(clock, mains, load, () => closed, options);
  return { clock, mains, load, meter, relay };
}

describe("the BL0937's pulses", () => {
  it("have the periods that Tasmota's default calibration expects", () => {
    const { meter } = world(60);
    expect(meter.cfPeriod()).toBeCloseTo(28443, 0);
    expect(meter.cf1Period(1)).toBeCloseTo(696.9, 1);
    expect(meter.cf1Period(0)).toBeCloseTo(11_550_000 / (60_000 / 230), 0);
  });

  // BL0937 data sheet (Shanghai Belling), pin description: SEL low, CF1 gives the RMS current; SEL high, the RMS voltage.
  it("on CF1 follow the current while SEL is low and the voltage while SEL is high", () => {
    const { load, mains, meter } = world(60);
    const [current, voltage] = [meter.cf1Period(0), meter.cf1Period(1)];
    load.appliance = { watts: 120 };
    expect(meter.cf1Period(0)).toBeCloseTo(current / 2, 6);
    expect(meter.cf1Period(1)).toBe(voltage);
    load.appliance = { watts: 60, kind: "regulated" };
    mains.mean = 115;
    expect(meter.cf1Period(0)).toBeCloseTo(current / 2, 6);
    expect(meter.cf1Period(1)).toBeCloseTo(2 * voltage, 6);
  });

  it("on CF1 are exchanged on a board with an inverter in front of SEL", () => {
    const straight = world(60).meter;
    const inverted = world(60, 1, { voltageAtSel: 0 }).meter;
    expect([inverted.cf1Period(0), inverted.cf1Period(1)]).toEqual([straight.cf1Period(1), straight.cf1Period(0)]);
  });

  it("show no voltage with the relay off, because the EP2's divider sits behind it", () => {
    const { meter, relay } = world(60);
    relay.closed = false;
    expect([meter.cfPeriod(), meter.cf1Period(0), meter.cf1Period(1)]).toEqual([0, 0, 0]);
  });

  it("are counted over changes of load and relay, keeping the fraction", () => {
    const { clock, load, meter, relay } = world(100);
    clock.runInternal(10e6);
    load.appliance = { watts: 1000 };
    clock.runInternal(11e6);
    relay.closed = false;
    clock.runInternal(60e6);
    const joules = 100 * 10 + 1000;
    expect(meter.takeCfPulses()).toBe(Math.floor(joules / 1.706586));
    expect(meter.takeCfPulses()).toBe(0);
  });

  it("give the current of a load with a power factor", () => {
    const { meter } = world(60, 0.5);
    expect(meter.cf1Period(0)).toBeCloseTo(11_550_000 / (120_000 / 230), 0);
  });

  it("follow the square of the voltage for a resistive load", () => {
    const { mains, meter } = world(60);
    mains.mean = 115;
    expect(meter.cfPeriod()).toBeCloseTo(28443 * 4, 0);
  });

  it("carry a manufacturing error that the seed decides", () => {
    expect(meterError(7)).toEqual(meterError(7));
    expect(meterError(7)).not.toEqual(meterError(8));
    for (let seed = 0; seed < 100; seed++) {
      const error = meterError(seed);
      expect(error.power / (error.voltage * error.current)).toBeGreaterThan(0.99);
      expect(Math.abs(error.voltage - 1)).toBeLessThanOrEqual(0.08);
    }
  });
});

describe("the mains", () => {
  it("stay inside their band, differ between seeds and repeat for one", () => {
    const trace = (seed: number): number[] => {
      const clock = new SimClock();
      const mains = new Mains(clock, { seed });
      return Array.from({ length: 500 }, (_, i) => {
        clock.runInternal(i * 777_000);
        return mains.voltage;
      });
    };
    const one = trace(1);
    expect(one).toEqual(trace(1));
    expect(one).not.toEqual(trace(2));
    expect(Math.min(...one)).toBeGreaterThan(227);
    expect(Math.max(...one)).toBeLessThan(233);
    expect(Math.max(...one) - Math.min(...one)).toBeGreaterThan(0.5);
  });

  it("are gone during a power cut", () => {
    const mains = new Mains(new SimClock());
    mains.live = false;
    expect(mains.voltage).toBe(0);
  });
});
