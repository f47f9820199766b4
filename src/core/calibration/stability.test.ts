import { expect, test } from "vitest";
import { DEFAULT_CRITERION, type Stability, stability } from "./stability.ts";

/** One reading each 2.5 s. */
const of = (values: readonly number[], window = values.length, limit = 0.003, noiseLimit = 0.03): Stability =>
  stability(
    values.map((value, i) => ({ at: 1000 + i * 2500, value })),
    { window, limit, noiseLimit },
  );

test("the drift is the line's rise over the window, relative to the mean", () => {
  const { drift, noise, count } = of([100, 101, 102, 103, 104, 105, 106, 107]);
  expect(drift).toBeCloseTo(7 / 103.5, 12);
  expect(noise).toBeCloseTo(0, 9);
  expect(count).toBe(8);
});

test("the noise is the scatter around the line, with two degrees of freedom spent on the line", () => {
  const { drift, noise } = of([101, 99, 99, 101]);
  expect(drift).toBeCloseTo(0, 12);
  expect(noise).toBeCloseTo(Math.sqrt(4 / 2) / 100, 12);
});

test("only the last readings of the window count", () => {
  expect(of([50, 60, 70, 100, 100, 100, 100], 4)).toMatchObject({ stable: true, count: 4, drift: 0 });
});

test("fewer readings than the window are settling, fewer than three tell nothing yet", () => {
  expect(of([100, 100, 100, 100], 4).words).toBe("steady");
  expect(of([100, 100, 100], 4)).toMatchObject({ stable: false, count: 3, words: "settling" });
  expect(of([100, 100], 4)).toMatchObject({
    stable: false,
    count: 2,
    drift: 0,
    noise: 0,
    words: "waiting for readings",
  });
  expect(of([], 4).words).toBe("waiting for readings");
});

test("a plug that reads 0 has no reading yet", () => {
  expect(of([0, 0, 0, 0])).toMatchObject({ stable: false, drift: 0, noise: 0, words: "no reading yet" });
});

test("a drift up to the limit is harmless, more is said with its direction", () => {
  // A rise from 99.9 to 100.1 without scatter is 0.2 %.
  const rise = [99.9, 99.9 + 0.2 / 3, 99.9 + 0.4 / 3, 100.1];
  expect(of(rise, 4, 0.00201).words).toBe("steady");
  expect(of(rise, 4, 0.00199).words).toBe("still rising");
  expect(of([...rise].reverse(), 4, 0.00199).words).toBe("still falling");
});

test("a drift that is lost in the scatter is harmless, one beyond twice its own error is not", () => {
  const lost = [99, 101.5, 99, 101.5, 99.5, 102, 99.5, 102];
  expect(Math.abs(of(lost).drift)).toBeGreaterThan(0.003);
  expect(of(lost).words).toBe("steady");
  const clear = [99, 100.5, 99.8, 101.3, 100.6, 102.1, 101.4, 102.9];
  expect(of(clear).words).toBe("still rising");
});

test("more scatter than allowed is a restless load, whatever its drift", () => {
  const scattered = [104, 96, 96, 104];
  expect(of(scattered, 4, 0.003, 0.0566).words).toBe("steady");
  expect(of(scattered, 4, 0.003, 0.0565).words).toBe("too restless: something in the load is switching");
});

test("one reading far outside the scatter of the others is waited out", () => {
  const even = Array.from({ length: 29 }, (_, i) => 100 + (i % 2 === 0 ? 0.05 : -0.05));
  expect(of([...even.slice(0, 15), 100.05, ...even.slice(15)]).words).toBe("steady");
  expect(of([...even.slice(0, 15), 102, ...even.slice(15)])).toMatchObject({ stable: false, words: "settling" });
});

test("readings of one and the same moment have scatter and no drift", () => {
  const samples = [101, 99, 99, 101].map((value) => ({ at: 7, value }));
  const { drift, noise, stable } = stability(samples, { window: 4, limit: 0.003, noiseLimit: 0.03 });
  expect(drift).toBe(0);
  expect(noise).toBeCloseTo(Math.sqrt(2) / 100, 12);
  expect(stable).toBe(true);
});

test("eight readings, 0.3 % of drift and 3 % of scatter are the measure without any other", () => {
  expect(DEFAULT_CRITERION).toEqual({ window: 8, limit: 0.003, noiseLimit: 0.03 });
});
