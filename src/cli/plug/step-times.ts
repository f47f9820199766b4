/** Steps timed twice: by the clock of the plug's world and by the computer's. */
import type { EventSink, JobEvent } from "../../core/index.ts";

export class StepTimes {
  readonly #emit: EventSink;
  readonly #virtualNow: () => number;
  readonly #virtualStart: number;
  readonly #wallStart = performance.now();
  readonly #wallStarts = new Map<string, number>();

  /** @param virtualNow milliseconds in the plug's world. */
  constructor(emit: EventSink, virtualNow: () => number) {
    this.#emit = emit;
    this.#virtualNow = virtualNow;
    this.#virtualStart = virtualNow();
  }

  /** Passes events on, and adds the computer's own time to each finished step. */
  readonly sink: EventSink = (event: JobEvent) => {
    if (event.type === "step-started") this.#wallStarts.set(event.step, performance.now());
    if (event.type !== "step-finished") {
      this.#emit(event);
      return;
    }
    const now = performance.now();
    this.#emit({ ...event, computerMs: Math.round(now - (this.#wallStarts.get(event.step) ?? now)) });
  };

  total(): { virtualMs: number; wallMs: number } {
    return {
      virtualMs: Math.round(this.#virtualNow() - this.#virtualStart),
      wallMs: Math.round(performance.now() - this.#wallStart),
    };
  }
}
