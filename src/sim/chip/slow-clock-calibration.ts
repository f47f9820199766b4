/**
 * How long the RTC's slow clock ticks, measured with the crystal (NONOS SDK, eagle_soc.h: GPIO_RTC_CALIB_SYNC and
 * GPIO_RTC_CALIB_VALUE; ESP8266 Technical Reference, GPIO registers): cycles of the crystal in so many slow ones.
 */
import type { ChipTime } from "./chip-time.ts";
import { CRYSTAL_HZ } from "./pll.ts";
import { SLOW_CLOCK_HZ } from "./rtc.ts";

const START = 0x8000_0000;
const READY = 0x8000_0000;
const PERIODS = 0x3ff;
const VALUE = 0xfffff;

export class SlowClockCalibration {
  readonly #time: ChipTime;
  #control = 0;
  #result = 0;
  #readyAt: number = Number.POSITIVE_INFINITY;

  constructor(time: ChipTime) {
    this.#time = time;
  }

  reset(): void {
    this.#control = this.#result = 0;
    this.#readyAt = Number.POSITIVE_INFINITY;
  }

  get control(): number {
    return this.#control;
  }

  /** Starts where bit 31 goes from 0 to 1. */
  set control(value: number) {
    const starts = (value & START) !== 0 && (this.#control & START) === 0;
    this.#control = value >>> 0;
    if (!starts) return;
    const periods = value & PERIODS;
    this.#readyAt = this.#time.now + (periods * 1e6) / SLOW_CLOCK_HZ;
    this.#result = Math.round((periods * CRYSTAL_HZ) / SLOW_CLOCK_HZ) & VALUE;
  }

  get value(): number {
    this.#time.touched();
    return this.#time.now < this.#readyAt ? 0 : (READY | this.#result) >>> 0;
  }
}
