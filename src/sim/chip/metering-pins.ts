/**
 * The metering chip's outputs as levels on the pins, for firmware that counts edges: CF with pulses for power, CF1 for
 * voltage or current as SEL chooses. Nothing happens while there is nothing to measure.
 */
import type { FirmwareMeter } from "../board/firmware.ts";
import type { SimClock } from "../world/clock.ts";
import type { Level } from "./pins.ts";

/** A pulse is high for half its period, but no longer than this (BL0937 data sheet, "CF, CF1 output"). µs. */
const LONGEST_HIGH_US = 38_000;

export interface MeteringPinsPorts {
  readonly clock: SimClock;
  readonly meter: FirmwareMeter;
  /** Whether there is anybody to count. */
  readonly isWanted: () => boolean;
  level(gpio: number): Level;
  hold(gpio: number, level: Level | undefined): void;
}

export class MeteringPins {
  readonly #ports: MeteringPinsPorts;
  readonly #trains: readonly PulseTrain[];
  readonly #own: number;

  constructor(ports: MeteringPinsPorts) {
    this.#ports = ports;
    const { clock, meter, isWanted } = ports;
    const { cf, cf1, sel } = meter.wiring;
    const train = (gpio: number, period: () => number): PulseTrain =>
      new PulseTrain(
        clock,
        () => (isWanted() ? period() : 0),
        (level) => ports.hold(gpio, level),
      );
    const outputs = [
      { gpio: cf, period: () => meter.cfPeriod() },
      { gpio: cf1, period: () => meter.cf1Period(ports.level(sel)) },
    ].filter(({ gpio }) => gpio >= 0);
    this.#trains = outputs.map(({ gpio, period }) => train(gpio, period));
    this.#own = outputs.reduce((mask, { gpio }) => mask | (1 << gpio), 0);
    meter.watch?.(() => clock.at(clock.now, () => this.update()));
  }

  /** Pins changed: bit per GPIO. SEL or the relay may be among them. */
  pinsChanged(changed: number): void {
    if ((changed & ~this.#own) !== 0) this.update();
  }

  /** What is measured may have changed. */
  update(): void {
    for (const train of this.#trains) train.update();
  }

  /** The plug has no power: its metering chip neither. */
  stop(): void {
    for (const train of this.#trains) train.stop();
    const { cf, cf1 } = this.#ports.meter.wiring;
    for (const gpio of [cf, cf1]) if (gpio >= 0) this.#ports.hold(gpio, undefined);
  }
}

/** One output. A pulse that has started goes on at the new pace when the rate changes. */
class PulseTrain {
  readonly #clock: SimClock;
  readonly #wanted: () => number;
  readonly #hold: (level: Level) => void;
  #period = 0;
  /** How much of the pulse has passed, 0 to 1, at `#since`. */
  #phase = 0;
  #since = 0;
  #level: Level = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: SimClock, wanted: () => number, hold: (level: Level) => void) {
    this.#clock = clock;
    this.#wanted = wanted;
    this.#hold = hold;
  }

  update(): void {
    if (this.#wanted() !== this.#period) this.#goOn();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#period = this.#phase = 0;
    this.#level = 0;
  }

  #goOn(): void {
    const { now } = this.#clock;
    if (this.#period > 0) this.#phase += (now - this.#since) / this.#period;
    this.#since = now;
    this.#period = this.#wanted();
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#period <= 0) return;
    const high = Math.min(0.5, LONGEST_HIGH_US / this.#period);
    const edge = this.#level === 1 ? high : 1;
    this.#cancel = this.#clock.at(now + Math.max(0, edge - this.#phase) * this.#period, () => {
      this.#since = this.#clock.now;
      this.#phase = this.#level === 1 ? high : 0;
      this.#level = this.#level === 1 ? 0 : 1;
      this.#goOn();
      this.#hold(this.#level);
    });
  }
}
