/**
 * The MAC's own time: the TSF counter in µs, which beacons carry and which the driver sets to its access point's, and the
 * timer that compares with it (beacon intervals, waking for beacons).
 */
import type { ChipTime } from "../chip-time.ts";
import { WDEV } from "./registers.ts";

const WORD = 0x1_0000_0000;
const ARMED = 0x8000_0000;

export class MacClock {
  readonly #time: ChipTime;
  readonly #words: Uint32Array;
  readonly #fire: () => void;
  /** The time (µs) at which the counter was 0. */
  #origin = 0;
  #cancel: (() => void) | undefined;

  /** @param words the MAC's registers. @param fire the timer's time has come. */
  constructor(time: ChipTime, words: Uint32Array, fire: () => void) {
    this.#time = time;
    this.#words = words;
    this.#fire = fire;
  }

  reset(): void {
    this.#origin = this.#time.now;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  get tsf(): number {
    return Math.floor(this.#time.now - this.#origin);
  }

  /** The load registers were written. */
  load(): void {
    this.#origin = this.#time.now - this.#pair(WDEV.tsfLoadLow, WDEV.tsfLoadHigh);
    this.#arm();
  }

  /** The timer's registers were written. */
  armed(): void {
    this.#arm();
  }

  low(): number {
    return this.tsf % WORD;
  }

  high(): number {
    return Math.floor(this.tsf / WORD);
  }

  #pair(low: number, high: number): number {
    return this.#words[low >> 2]! + this.#words[high >> 2]! * WORD;
  }

  #arm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if ((this.#words[WDEV.timerControl >> 2]! & ARMED) === 0) return;
    const wait = Math.max(1, this.#pair(WDEV.timerLow, WDEV.timerHigh) - this.tsf);
    this.#cancel = this.#time.at(this.#time.now + wait, () => {
      this.#cancel = undefined;
      this.#fire();
    });
  }
}
