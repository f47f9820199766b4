/**
 * The loop's clock: four quarters a second and the second itself. While the network keeps the loop busy nothing runs;
 * what is due then is done as soon as it goes on.
 * Source: Tasmota tasmota.ino (loop), tasmota_support/support_tasmota.ino (PerformEverySecond, Every250mSeconds).
 */
import type { SimClock } from "../../world/clock.ts";

export type Quarter = 0 | 1 | 2 | 3;

/** Quarter of the second in which settings are saved and restarts begin. */
export const SAVE_PHASE: Quarter = 1;

const QUARTER_US = 250_000;
const SECOND_US = 1_000_000;
/** From a full second to the quarter in which settings are saved and restarts begin. */
const SECOND_TO_SAVE_US = 50_000;

export interface LoopParts {
  /** µs of the clock until which the loop stands still. */
  readonly busyUntil: () => number;
  readonly everyQuarter: (phase: Quarter) => void;
  readonly everySecond: () => void;
}

export class MainLoop {
  readonly #clock: SimClock;
  readonly #parts: LoopParts;
  #phase: number = SAVE_PHASE;
  #cancelQuarter: () => void = () => {};
  #cancelSecond: () => void = () => {};

  constructor(clock: SimClock, parts: LoopParts) {
    this.#clock = clock;
    this.#parts = parts;
  }

  /** @param first the first full second, µs of the clock. */
  start(first: number): void {
    this.#cancelSecond = this.#clock.at(first, () => this.#second());
    this.#cancelQuarter = this.#clock.at(first + SECOND_TO_SAVE_US, () => this.#quarter());
  }

  stop(): void {
    this.#cancelQuarter();
    this.#cancelSecond();
  }

  #quarter(): void {
    const { now } = this.#clock;
    const busyUntil = this.#parts.busyUntil();
    const standsStill = busyUntil > now;
    const next = standsStill ? busyUntil + SECOND_TO_SAVE_US : now + QUARTER_US;
    this.#cancelQuarter = this.#clock.at(next, () => this.#quarter());
    if (standsStill) return;
    const phase = this.#phase as Quarter;
    this.#phase = (this.#phase + 1) % 4;
    this.#parts.everyQuarter(phase);
  }

  #second(): void {
    const { now } = this.#clock;
    const busyUntil = this.#parts.busyUntil();
    const standsStill = busyUntil > now;
    this.#cancelSecond = this.#clock.at(standsStill ? busyUntil : now + SECOND_US, () => this.#second());
    if (!standsStill) this.#parts.everySecond();
  }
}
