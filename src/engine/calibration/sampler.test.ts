import { expect, test } from "vitest";
import type { JobEvent } from "../../core/events.ts";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "../../sim/world/clock.ts";
import type { EnergyReading } from "../firmware-driver/meter.ts";
import { createSampler, type Sampler } from "./sampler.ts";

const REFRESH_MS = 1600;
const LIMIT_MS = 60_000;

type Shown = Pick<EnergyReading, "voltage" | "current" | "power">;

/** @param shown what the plug shows so many ms after the start. */
function sampling(shown: (ms: number) => Shown, refreshMs = REFRESH_MS) {
  const clock = new SimClock();
  const readAt: number[] = [];
  const words: string[] = [];
  const sampler = createSampler({
    clock: clock.port(),
    read: () => {
      const ms = clock.now / 1000;
      readAt.push(ms);
      return Promise.resolve({ ...shown(ms), factor: undefined });
    },
    refreshMs: () => refreshMs,
    events: (event: JobEvent) => {
      if (event.type === "meter") words.push(event.steadiness.toString());
    },
  });
  const run = <T>(work: (sampler: Sampler) => Promise<T>): Promise<T> => clock.complete(drain, work(sampler));
  return { run, readAt, words };
}

/** A resistor that takes `watts` at 230 V. */
const resistor = (volts: number, watts = 1000): Shown => {
  const power = watts * (volts / 230) ** 2;
  return { voltage: volts, current: power / volts, power };
};
const OFF: Shown = { voltage: 0, current: 0, power: 0 };
/** Mains that move by 2 % within 40 s. */
const drifting = (ms: number): number => 230 + 2.3 * Math.sin((2 * Math.PI * ms) / 40_000);

test("each reading is taken as soon as all of it can be new, and a tenth of a second later", async () => {
  const { run, readAt } = sampling(() => resistor(230));
  await run((sampler) => sampler.take(4));
  expect(readAt).toEqual([0, 1700, 3400, 5100]);
});

test("a load that is switched on counts from the second reading on, whose pulses began after it", async () => {
  const { run, readAt, words } = sampling((ms) => (ms < 5000 ? OFF : resistor(230)));
  const readings = await run((sampler) => sampler.steady(8, LIMIT_MS));
  const firstOn = readAt.findIndex((ms) => ms >= 5000);
  expect(readAt[firstOn]! - 5000).toBeLessThan(500);
  expect(readings[0]!.at).toBe(readAt[firstOn]! + REFRESH_MS + 100);
  expect(readings).toHaveLength(8);
  expect(new Set(words.slice(0, firstOn + 3))).toEqual(new Set(["waiting for readings"]));
});

test("readings before a pause of the load do not count with those after it", async () => {
  const { run } = sampling((ms) => (ms > 10_000 && ms < 13_000 ? OFF : resistor(230, ms < 10_000 ? 1000 : 500)));
  const readings = await run((sampler) => sampler.steady(8, LIMIT_MS));
  expect(new Set(readings.map(({ power }) => Math.round(power)))).toEqual(new Set([500]));
});

test("a heater is steady while the mains move, after eight readings", async () => {
  const { run, readAt } = sampling((ms) => resistor(drifting(ms)));
  await run((sampler) => sampler.steady(8, LIMIT_MS));
  expect(readAt).toHaveLength(8);
});

test("a regulated supply, which is no resistor, is steady once the mains stand still", async () => {
  const rising = (ms: number): number => 230 + 2.3 * Math.min(1, ms / 20_000);
  const { run } = sampling((ms) => ({ voltage: rising(ms), current: 100 / rising(ms), power: 100 }));
  const readings = await run((sampler) => sampler.steady(8, LIMIT_MS));
  expect(readings[0]!.at).toBeGreaterThan(15_000);
});

test("a load that still warms up is not steady, also while rising mains keep its power the same", async () => {
  // A lamp or heater whose resistance rises by 1 % in 20 s, for 30 s.
  const warming = (ms: number): Shown => resistor(drifting(ms), 1000 / (1 + 0.01 * (Math.min(ms, 30_000) / 20_000)));
  const { run, words } = sampling(warming);
  const readings = await run((sampler) => sampler.steady(8, LIMIT_MS));
  expect(readings[0]!.at).toBeGreaterThan(20_000);
  expect(words).toContain("still falling");
});

test("a load that never becomes steady, and one that is off, are refused after the limit", async () => {
  const flipping = sampling((ms) => resistor(230, Math.floor(ms / 5000) % 2 === 0 ? 1000 : 400));
  await expect(flipping.run((sampler) => sampler.steady(8, LIMIT_MS))).rejects.toMatchObject({
    code: "not-measurable",
    message: expect.stringContaining("did not become steady within 1 min"),
  });
  const off = sampling(() => OFF);
  await expect(off.run((sampler) => sampler.untilOn(LIMIT_MS))).rejects.toMatchObject({
    code: "not-measurable",
    message: expect.stringContaining("no pulses"),
  });
});

test("the drift that is harmless is the same by the second, however fast the readings come", async () => {
  // 0.4 % in 17.5 s is too much, whether eight readings take 12 s or 18 s.
  for (const refreshMs of [1600, 2400]) {
    const rising = sampling((ms) => resistor(230, 1000 * (1 + (0.004 * ms) / 17_500)), refreshMs);
    await expect(rising.run((sampler) => sampler.steady(8, LIMIT_MS))).rejects.toMatchObject({
      code: "not-measurable",
    });
    const slower = sampling((ms) => resistor(230, 1000 * (1 + (0.002 * ms) / 17_500)), refreshMs);
    await slower.run((sampler) => sampler.steady(8, LIMIT_MS));
    expect(slower.readAt).toHaveLength(8);
  }
});

test("what is read along belongs to every reading that counts, of those before only the time is kept", async () => {
  const { run, readAt } = sampling(() => resistor(230));
  const seen = new Set<number>();
  const readings = await run(async (sampler) => {
    await sampler.untilOn(LIMIT_MS);
    return sampler.steady(10, LIMIT_MS, (reading) => Promise.resolve(void seen.add(reading.at)));
  });
  expect(readings).toHaveLength(10);
  expect(readings.every(({ at }) => seen.has(at))).toBe(true);
  expect(readAt).toHaveLength(11);
});

test("after new constants the first reading has all quantities measured with them", async () => {
  const { run, readAt } = sampling(() => resistor(230));
  await run(async (sampler) => {
    await sampler.take(1);
    await sampler.restart();
    await sampler.take(2);
  });
  expect(readAt).toEqual([0, 1700, 3400]);
});
