/** Progress of a step as events: bytes done, rate over the last seconds, time left. Never more often than people see. */

import type { EventSink } from "../../core/events.ts";
import type { StepId } from "../../core/step-id.ts";
import type { Clock } from "../ports.ts";

const EVERY_MS = 100;
const WINDOW_MS = 3000;

export class Progress {
  readonly #events: EventSink;
  readonly #clock: Clock;
  readonly #step: StepId;
  readonly #total: number;
  readonly #marks: { at: number; done: number }[] = [];
  #done = 0;
  #reported = Number.NEGATIVE_INFINITY;

  constructor(events: EventSink, clock: Clock, step: StepId, total: number) {
    this.#events = events;
    this.#clock = clock;
    this.#step = step;
    this.#total = total;
  }

  /** Counts bytes as done, however they came to be. */
  add(bytes: number): void {
    this.#done = Math.min(this.#total, this.#done + bytes);
    const now = this.#clock.now();
    if (now - this.#reported < EVERY_MS && this.#done < this.#total) return;
    this.#reported = now;
    this.#marks.push({ at: now, done: this.#done });
    while (this.#marks.length > 2 && now - this.#marks[0]!.at > WINDOW_MS) this.#marks.shift();
    const first = this.#marks[0]!;
    const elapsed = now - first.at;
    const rate = elapsed > 0 ? ((this.#done - first.done) * 1000) / elapsed : 0;
    const left = this.#total - this.#done;
    this.#events({
      type: "progress",
      step: this.#step,
      done: this.#done,
      total: this.#total,
      rate: Math.round(rate),
      leftMs: rate > 0 ? Math.round((left * 1000) / rate) : undefined,
    });
  }
}
