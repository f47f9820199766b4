/** How each sector of the flash is, as events: neighbours in one state together, and never more often than people see. */
import type { EventSink, JobEvent } from "../../core/events.ts";
import type { StepId } from "../../core/step-id.ts";
import type { Clock } from "../ports.ts";
import type { FlashRange } from "./contract.ts";

export type SectorState = Extract<JobEvent, { readonly type: "sectors" }>["state"];

const EVERY_MS = 200;

export class SectorReport {
  readonly #events: EventSink;
  readonly #clock: Pick<Clock, "now">;
  readonly #step: StepId;
  #pending: { readonly state: SectorState; readonly at: number; readonly length: number } | undefined;
  #since = 0;

  constructor(events: EventSink, clock: Pick<Clock, "now">, step: StepId) {
    this.#events = events;
    this.#clock = clock;
    this.#step = step;
  }

  /** What follows on the sectors before in the same state waits a moment for more of them. */
  add(state: SectorState, { at, length }: FlashRange): void {
    if (length === 0) return;
    const { state: before, at: from = 0, length: long = 0 } = this.#pending ?? {};
    if (before === state && from + long === at) {
      this.#pending = { state, at: from, length: long + length };
    } else {
      this.flush();
      this.#pending = { state, at, length };
      this.#since = this.#clock.now();
    }
    if (this.#clock.now() - this.#since >= EVERY_MS) this.flush();
  }

  flush(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending !== undefined) this.#events({ type: "sectors", step: this.#step, ...pending });
  }
}
