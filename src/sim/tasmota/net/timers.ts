/** Timers of one part of the firmware: named, at most one of each name, all gone when the part stops. */
import type { SimClock } from "../../world/clock.ts";

export class Timers {
  readonly #clock: SimClock;
  readonly #running = new Map<string, () => void>();
  #stopped = false;

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  /** Runs `action` in `seconds`; a timer of that name still running is replaced. */
  after(name: string, seconds: number, action: () => void): void {
    this.cancel(name);
    if (this.#stopped) return;
    const cancel = this.#clock.at(this.#clock.now + seconds * 1e6, () => {
      this.#running.delete(name);
      action();
    });
    this.#running.set(name, cancel);
  }

  has(name: string): boolean {
    return this.#running.has(name);
  }

  cancel(name: string): void {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#running.values()) cancel();
    this.#running.clear();
  }
}
