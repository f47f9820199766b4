/**
 * Takes readings at the meter's own pace and says when they are steady. V and A take turns on one pin, so each is new
 * every 1.6 to 2.4 s (xnrg_01_hlw8012.ino, HlwEvery200ms): asking more often would count the same reading twice.
 */

import { type Stability, stability } from "../../core/calibration/stability.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { say } from "../../core/text/text.ts";
import type { EnergyReading } from "../firmware-driver/meter.ts";
import type { Clock } from "../ports.ts";
import { sleep } from "../time.ts";

/** ms between readings: a little more than the slowest refresh of voltage and current. */
export const SAMPLE_INTERVAL_MS = 2500;

export interface TimedReading extends EnergyReading {
  /** ms of the clock when the answer arrived. */
  readonly at: number;
}

export interface Sampler {
  readonly history: readonly TimedReading[];
  /** Takes one more reading, an interval after the last. */
  next(): Promise<TimedReading>;
  /** Takes `count` more. */
  take(count: number): Promise<readonly TimedReading[]>;
  /** Forgets the history: constants have changed, and what was read before compares with nothing that comes. */
  restart(): void;
  /** Readings until voltage, current and power are steady, or `not-measurable` after `limitMs`. */
  untilSteady(limitMs: number): Promise<Stability>;
}

export function createSampler(parts: {
  readonly clock: Clock;
  readonly read: (signal?: AbortSignal) => Promise<EnergyReading>;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
}): Sampler {
  const { clock, read, events, signal } = parts;
  const history: TimedReading[] = [];

  const steadiness = (): Stability => {
    const of = (quantity: "voltage" | "current" | "power"): Stability =>
      stability(history.map((reading) => ({ at: reading.at, value: reading[quantity] })));
    const all = [of("power"), of("current"), of("voltage")];
    return all.find(({ stable }) => !stable) ?? all[0]!;
  };

  const next = async (): Promise<TimedReading> => {
    const last = history.at(-1);
    if (last !== undefined) {
      const wait = last.at + SAMPLE_INTERVAL_MS - clock.now();
      if (wait > 0) await sleep(clock, wait, signal);
    }
    const reading: TimedReading = { ...(await read(signal)), at: clock.now() };
    history.push(reading);
    const { words, drift, noise } = steadiness();
    const { voltage, current, power, factor } = reading;
    events({ type: "meter", voltage, current, power, factor, steadiness: words, drift, noise });
    return reading;
  };

  return {
    history,
    next,
    async take(count) {
      const taken: TimedReading[] = [];
      while (taken.length < count) taken.push(await next());
      return taken;
    },
    restart() {
      history.length = 0;
    },
    async untilSteady(limitMs) {
      const deadline = clock.now() + limitMs;
      for (;;) {
        const reading = await next();
        const now = steadiness();
        if (now.stable) return now;
        if (clock.now() < deadline) continue;
        const silent = !(reading.power > 0 && reading.voltage > 0 && reading.current > 0);
        throw new PlugsmithError("not-measurable", {
          message: silent
            ? say`The plug still reads ${reading.voltage} V, ${reading.current} A, ${reading.power} W: a load is off or its meter sends no pulses.`
            : say`The readings did not become steady in ${Math.round(limitMs / 60_000)} minutes (${now.words}; noise ${(100 * now.noise).toFixed(2)} %).`,
          step: "calibrate",
          plugState: say`constants unchanged`,
          nextStep: silent
            ? say`Switch relay and load on. Below about 7 mA (1.7 W) this meter reads nothing.`
            : say`Use a load without a thermostat, and wait until it is warm.`,
        });
      }
    },
  };
}
