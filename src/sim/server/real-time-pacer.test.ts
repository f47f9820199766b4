import { expect, test } from "vitest";
import { SimClock } from "../world/clock.ts";
import { RealTimePacer } from "./real-time-pacer.ts";

/** Real time as another virtual clock; every look at it costs `slowness.lookMs`. */
function wall(): {
  clock: ReturnType<SimClock["port"]>;
  pass: (ms: number) => void;
  slowness: { lookMs: number };
} {
  const time = new SimClock();
  const port = time.port();
  const slowness = { lookMs: 0 };
  const now = (): number => {
    time.runInternal(time.now + slowness.lookMs * 1000);
    return port.now();
  };
  return { clock: { ...port, now }, pass: (ms) => time.runInternal(time.now + ms * 1000), slowness };
}

test("the world keeps step with the wall, idle or busy", () => {
  const { clock, pass } = wall();
  const world = new SimClock();
  const pacer = new RealTimePacer({ world, clock });
  pacer.start();
  pass(1000);
  expect(world.now).toBe(1_000_000);
  const fired: number[] = [];
  for (let i = 1; i <= 100; i++) world.at(1_000_000 + i * 333, () => fired.push(world.now));
  pass(20);
  expect(fired.length).toBe(60);
  pacer.stop();
  const stopped = world.now;
  pass(100);
  expect(world.now).toBe(stopped);
});

test("what comes from outside meets the world at the present, not at the last event", () => {
  const { clock, pass } = wall();
  const world = new SimClock();
  const pacer = new RealTimePacer({ world, clock });
  pacer.start();
  pass(7.5);
  let seen = 0;
  pacer.enter(() => {
    seen = world.now;
  });
  expect(seen).toBe(7_500);
});

test("a world too slow for the wall falls behind, and once it can keep up goes on from there instead of racing after", () => {
  const { clock, pass, slowness } = wall();
  const world = new SimClock();
  const busy = (): void => {
    world.at(world.now + 100, busy);
  };
  busy();
  const pacer = new RealTimePacer({ world, clock });
  pacer.start();
  slowness.lookMs = 2;
  for (let i = 0; i < 50; i++) pass(10);
  const behind = clock.now() * 1000 - world.now;
  expect(behind).toBeGreaterThan(100_000);
  slowness.lookMs = 0;
  pass(100);
  expect(clock.now() * 1000 - world.now).toBeGreaterThan(0.8 * behind);
  expect(clock.now() * 1000 - world.now).toBeLessThan(1.1 * behind);
});
