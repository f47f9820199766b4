/**
 * Takes readings as fast as the meter renews them and says when the load is steady. Asking more often would count the same
 * reading twice, less often would only take longer.
 */

import { DEFAULT_CRITERION, type Sample, type Stability, stability } from "../../core/calibration/stability.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { decimal, quantity, say } from "../../core/text/text.ts";
import type { EnergyReading } from "../firmware-driver/meter.ts";
import type { Clock } from "../ports.ts";
import { sleep } from "../time.ts";

/** Added to the meter's own pace, ms: a plug's ticks come from its main loop, which sleeps up to 50 ms and may be late. */
const LATE_MS = 100;

/** Between two looks at a load that is off, ms. */
const OFF_LOOK_MS = 500;

/** The drift that the criterion allows is meant over so many ms, however fast the readings come. */
const DRIFT_OVER_MS = 17_500;

export interface TimedReading extends EnergyReading {
  /** ms of the clock when the answer arrived. */
  readonly at: number;
}

export interface Sampler {
  /** Since the load is on. */
  readonly history: readonly TimedReading[];
  /** Whether the last readings are those of a steady load. */
  readonly isSteady: boolean;
  /** Takes one more reading, as soon as all of it is new. */
  next(): Promise<TimedReading>;
  /** Takes `count` more. */
  take(count: number): Promise<readonly TimedReading[]>;
  /** Forgets the history, and waits until every quantity was measured with the constants that are in force now. */
  restart(): Promise<void>;
  /** Waits for readings of a load that is on. @throws not-measurable after `limitMs` */
  untilOn(limitMs: number): Promise<void>;
  /**
   * The last `count` readings of a load that is steady; those that showed it count.
   * @param along awaited after each reading, to read something else at its moment; then only such readings count.
   * @throws not-measurable after `limitMs`
   */
  steady(
    count: number,
    limitMs: number,
    along?: (reading: TimedReading) => Promise<void>,
  ): Promise<readonly TimedReading[]>;
}

export function createSampler(parts: {
  readonly clock: Clock;
  readonly read: (signal?: AbortSignal) => Promise<EnergyReading>;
  /** Ms until all of such a reading is measured again. */
  readonly refreshMs: (reading: Pick<EnergyReading, "voltage" | "current">) => number;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
}): Sampler {
  const { clock, read, refreshMs, events, signal } = parts;
  const history: TimedReading[] = [];
  let last: TimedReading | undefined;
  /** Readings without a load, before the next one with it. */
  let wasOff = false;

  const next = async (): Promise<TimedReading> => {
    if (last !== undefined) {
      const wait = last.at + (isOn(last) ? refreshMs(last) + LATE_MS : OFF_LOOK_MS) - clock.now();
      if (wait > 0) await sleep(clock, wait, signal);
    }
    const reading: TimedReading = { ...(await read(signal)), at: clock.now() };
    last = reading;
    if (!isOn(reading)) history.length = 0;
    // The pulse lengths behind the first one hold the pause before it (HlwCf1Interrupt).
    else if (!wasOff) history.push(reading);
    wasOff = !isOn(reading);
    const { words, drift, noise } = steadiness(history);
    const { voltage, current, power, factor } = reading;
    events({ type: "meter", voltage, current, power, factor, steadiness: words, drift, noise });
    return reading;
  };

  const until = async (
    reached: () => boolean,
    limitMs: number,
    along?: (reading: TimedReading) => Promise<void>,
  ): Promise<void> => {
    const deadline = clock.now() + limitMs;
    while (!reached()) {
      const reading = await next();
      await along?.(reading);
      if (!reached() && clock.now() >= deadline) throw notSteady(reading, history, limitMs);
    }
  };

  return {
    history,
    get isSteady() {
      return steadiness(history).stable;
    },
    next,
    async take(count) {
      const taken: TimedReading[] = [];
      while (taken.length < count) taken.push(await next());
      return taken;
    },
    async restart() {
      history.length = 0;
      if (last === undefined) return;
      await sleep(clock, refreshMs(last) + LATE_MS, signal);
      last = undefined;
    },
    untilOn: (limitMs) => until(() => history.length > 0, limitMs),
    async steady(count, limitMs, along) {
      if (along !== undefined) history.length = 0;
      await until(() => steadiness(history).stable, limitMs, along);
      // A load that is switched off in between begins again.
      const shown = history.length - DEFAULT_CRITERION.window;
      await until(() => history.length - shown >= count, limitMs, along);
      return history.slice(-count);
    },
  };
}

const isOn = ({ voltage, current, power }: EnergyReading): boolean => voltage > 0 && current > 0 && power > 0;

/**
 * Of the load, not of the mains, which may move as it likes: power follows its square, current itself. A load that is no
 * resistor is steady where power, current and voltage all are.
 */
function steadiness(history: readonly TimedReading[]): Stability {
  const recent = history.slice(-DEFAULT_CRITERION.window);
  const span = recent.length === 0 ? 0 : recent.at(-1)!.at - recent[0]!.at;
  const criterion = { ...DEFAULT_CRITERION, limit: (DEFAULT_CRITERION.limit * span) / DRIFT_OVER_MS };
  const of = (value: (reading: TimedReading) => number): Stability => {
    const samples = recent.map((reading): Sample => ({ at: reading.at, value: value(reading) }));
    return stability(samples, criterion);
  };
  const resistor = [of(({ power, voltage }) => power / voltage ** 2), of(({ current, voltage }) => current / voltage)];
  const anyLoad = [of(({ power }) => power), of(({ current }) => current), of(({ voltage }) => voltage)];
  const shown = anyLoad.every(({ stable }) => stable) ? anyLoad : resistor;
  return shown.find(({ stable }) => !stable) ?? shown[0]!;
}

function notSteady(reading: TimedReading, history: readonly TimedReading[], limitMs: number): PlugsmithError {
  const silent = !isOn(reading);
  const { words, noise } = steadiness(history);
  return new PlugsmithError("not-measurable", {
    message: silent
      ? say`The plug still reads ${reading.voltage} V, ${reading.current} A, ${reading.power} W. A load is switched off, or the meter sends no pulses.`
      : say`The readings did not become steady within ${quantity(Math.round(limitMs / 60_000), "min")} (${words}; noise ${decimal(100 * noise, 2)} %).`,
    step: "calibrate",
    plugState: say`constants unchanged`,
    nextStep: silent
      ? say`Switch on the relay and the load. Below about 7 mA (1.7 W) this meter reads nothing.`
      : say`Use a load without a thermostat, and wait until it is warm.`,
    context: { voltage: reading.voltage, current: reading.current, power: reading.power, limitMs },
  });
}
