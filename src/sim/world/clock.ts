/**
 * The one virtual clock. Everything in the virtual world and, through the engine's Clock port, everything in the host
 * code waits on it. Time is in microseconds inside the simulator (fractions allowed) and in milliseconds at the port.
 *
 * Two kinds of events: internal ones (a byte leaves the chip, an erase ends) run back to back; ones that touch host
 * code (bytes reach a listener, a host timer fires) are followed by a pause until the host has nothing left to do.
 * Time moves only then, so a run never sleeps and the same seed gives the same run to the byte.
 *
 * Knows nothing of chips, lines or plugs.
 */
import type { Clock } from "../../engine/ports.ts";

interface Event {
  readonly at: number;
  readonly order: number;
  readonly host: boolean;
  readonly action: () => void;
  cancelled: boolean;
  index: number;
}

/** Lets the host's promise reactions and macrotasks run; resolves when nothing is runnable. Injected by the platform. */
export type Drain = () => Promise<void>;

/** Internal events between two looks at the process around; a few milliseconds of work. */
const LOOK_UP_EVERY = 1000;

export class SimClock {
  #now = 0;
  #order = 0;
  #heap: Event[] = [];
  #running = false;
  readonly #wallOrigin: number;

  /** @param wallOriginMs what the wall clock shows at virtual time 0. Default 2026-01-01T00:00:00Z. */
  constructor(wallOriginMs: number = Date.UTC(2026, 0, 1)) {
    this.#wallOrigin = wallOriginMs;
  }

  /** Microseconds since the start of the world. */
  get now(): number {
    return this.#now;
  }

  /** Time of the next event, or Infinity. A chip may run ahead of `now` up to here, not beyond. */
  get nextEventAt(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Schedules an event of the simulator at an absolute time in µs (not before now). Returns its cancellation. */
  at(time: number, action: () => void): () => void {
    return this.#push(time, false, action);
  }

  /** The same, for an event that hands something to host code. */
  hostAt(time: number, action: () => void): () => void {
    return this.#push(time, true, action);
  }

  /** The engine's view of this clock. */
  port(): Clock {
    return {
      now: () => this.#now / 1000,
      wallTime: () => this.#wallOrigin + this.#now / 1000,
      after: (delayMs, action) => this.hostAt(this.#now + Math.max(0, delayMs) * 1000, action),
    };
  }

  /** Runs events up to and including `until` (µs), host code not being waited for. For simulator tests. */
  runInternal(until: number): void {
    for (;;) {
      const event = this.#heap[0];
      if (event === undefined || event.at > until) break;
      this.#fire();
    }
    this.#now = Math.max(this.#now, until);
  }

  /**
   * Drives the world until `settled` says so after a drain, or nothing is left to happen.
   * @returns false if the world ran dry or `limit` (µs, absolute) was reached before it was settled.
   */
  async run(drain: Drain, settled: () => boolean, limit: number = Number.POSITIVE_INFINITY): Promise<boolean> {
    if (this.#running) throw new Error("the clock is already being driven");
    this.#running = true;
    try {
      await drain();
      let unobserved = 0;
      while (!settled()) {
        const event = this.#heap[0];
        if (event === undefined) return false;
        if (event.at > limit) {
          this.#now = limit;
          return false;
        }
        unobserved = event.host ? 0 : unobserved + 1;
        this.#fire();
        // A world busy with itself still lets the process notice Ctrl-C; the host's order of things stays the same.
        if (event.host || unobserved % LOOK_UP_EVERY === 0) await drain();
      }
      return true;
    } finally {
      this.#running = false;
    }
  }

  /** Drives the world until the promise settles, and returns its outcome. */
  async complete<T>(drain: Drain, work: Promise<T>): Promise<T> {
    let done = false;
    const mark = (): void => {
      done = true;
    };
    work.then(mark, mark);
    const finished = await this.run(drain, () => done);
    if (!finished && !done) throw new Error(`the virtual world ran dry at ${this.#now} µs with work still waiting`);
    return work;
  }

  #push(time: number, host: boolean, action: () => void): () => void {
    if (Number.isNaN(time)) throw new Error("event at NaN");
    const event: Event = {
      at: Math.max(time, this.#now),
      order: this.#order++,
      host,
      action,
      cancelled: false,
      index: this.#heap.length,
    };
    this.#heap.push(event);
    this.#up(event.index);
    return () => {
      if (event.cancelled || event.index < 0) return;
      event.cancelled = true;
      this.#removeAt(event.index);
    };
  }

  #fire(): void {
    const event = this.#heap[0]!;
    this.#removeAt(0);
    this.#now = Math.max(this.#now, event.at);
    event.action();
  }

  #removeAt(index: number): void {
    const heap = this.#heap;
    const removed = heap[index]!;
    const last = heap.pop()!;
    removed.index = -1;
    if (last === removed) return;
    heap[index] = last;
    last.index = index;
    this.#up(index);
    this.#down(last.index);
  }

  #before(a: Event, b: Event): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swap(i: number, j: number): void {
    const heap = this.#heap;
    const a = heap[i]!;
    const b = heap[j]!;
    heap[i] = b;
    heap[j] = a;
    b.index = i;
    a.index = j;
  }

  #up(start: number): void {
    let i = start;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(this.#heap[i]!, this.#heap[parent]!)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #down(start: number): void {
    let i = start;
    const heap = this.#heap;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const child = right < heap.length && this.#before(heap[right]!, heap[left]!) ? right : left;
      if (!this.#before(heap[child]!, heap[i]!)) return;
      this.#swap(i, child);
      i = child;
    }
  }
}
