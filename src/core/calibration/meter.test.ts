import { expect, test } from "vitest";
import { BL0937, METER_QUANTITIES, refreshMs, stepEffect } from "./meter.ts";
import { rectangular, statistics } from "./uncertainty.ts";

test("commands, units and constants are those of Tasmota's driver", () => {
  // tasmota/tasmota_xnrg_energy/xnrg_01_hlw8012.ino: HLW_?REF_PULSE, HJL_?REF; readings in 0.1 W, 0.1 V, 1 mA.
  expect(BL0937).toEqual({
    power: { command: "PowerCal", unit: "W", ratio: 1362, defaultConstant: 12530, step: 0.1 },
    voltage: { command: "VoltageCal", unit: "V", ratio: 822, defaultConstant: 1950, step: 0.1 },
    current: { command: "CurrentCal", unit: "A", ratio: 3300, defaultConstant: 3500, step: 0.001 },
  });
  expect([...METER_QUANTITIES].sort()).toEqual(Object.keys(BL0937).sort());
});

/** What the driver shows of a voltage, W or A: whole µs, then an integer division again. */
function shown(ratio: number, constant: number, step: number, actual: number): number {
  const period = Math.floor((ratio * constant * step) / actual);
  return Math.floor((ratio * constant) / period) * step;
}

test.each([
  ["voltage", 230],
  ["power", 60],
  ["current", 0.26],
] as const)("the cut of %s around %d is corrected in the mean, and its spread is what is left", (quantity, around) => {
  const channel = BL0937[quantity];
  const errors: number[] = [];
  for (let i = 0; i < 4000; i++) {
    const actual = around * (0.95 + i / 40_000);
    const reading = shown(channel.ratio, channel.defaultConstant, channel.step, actual);
    const { correction } = stepEffect(channel, channel.defaultConstant, reading, 0, 1);
    errors.push(actual - reading - correction);
  }
  const { mean, deviation } = statistics(errors);
  const { u } = stepEffect(channel, channel.defaultConstant, around, 0, 1);
  expect(Math.abs(mean)).toBeLessThan(u / 10);
  expect(deviation / u).toBeGreaterThan(0.9);
  expect(deviation / u).toBeLessThan(1.1);
});

const still = (): number => {
  const { step, ratio, defaultConstant } = BL0937.voltage;
  const period = (ratio * defaultConstant * step) / 230;
  return rectangular(Math.hypot(step, 230 / period) / 2);
};

test("readings that stand still leave the whole step open, however many there are", () => {
  for (const count of [1, 16]) expect(stepEffect(BL0937.voltage, 1950, 230, 0, count).u).toBeCloseTo(still(), 9);
});

test("readings that scatter over steps average them out", () => {
  const wide = stepEffect(BL0937.voltage, 1950, 230, 5, 16);
  expect(wide.u).toBeCloseTo(still() / 4, 9);
  expect(stepEffect(BL0937.voltage, 1950, 230, 50, 16).u).toBe(wide.u);
  expect(stepEffect(BL0937.voltage, 1950, 230, 5, 1).u).toBeCloseTo(still(), 9);
});

test("a third of a step of scatter is enough to average, half of that does half", () => {
  const cell = still() * 2 * Math.sqrt(3);
  expect(stepEffect(BL0937.voltage, 1950, 230, cell / 3, 16).u).toBeCloseTo(still() / 4, 9);
  expect(stepEffect(BL0937.voltage, 1950, 230, cell / 6, 16).u).toBeCloseTo((still() * 5) / 8, 9);
});

test.each([
  // HlwEvery200ms: 3 ticks of 200 ms to settle, then as many as ten pulses take, 8 at most; for voltage and current each.
  { voltage: 230, current: 10, ms: 800 + 800 },
  { voltage: 230, current: 0.6, ms: 800 + 800 },
  { voltage: 230, current: 0.5, ms: 800 + 1000 },
  { voltage: 230, current: 0.25, ms: 800 + 1200 },
  { voltage: 230, current: 0.15, ms: 800 + 1400 },
  { voltage: 230, current: 0.02, ms: 800 + 1600 },
  { voltage: 230, current: 0, ms: 800 + 1600 },
  { voltage: 0, current: 0, ms: 1600 + 1600 },
])("$voltage V and $current A are both measured again after $ms ms", ({ voltage, current, ms }) => {
  const constants = { voltage: 1950, current: 3500 };
  expect(refreshMs({ voltage, current }, constants)).toBe(ms);
  // The same pulses under other constants read otherwise and come as fast.
  const other = { voltage: voltage * 1.2, current: current * 1.2 };
  expect(refreshMs(other, { voltage: 1950 * 1.2, current: 3500 * 1.2 })).toBe(ms);
});
