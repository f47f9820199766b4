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
import { Heap, type HeapItem } from "./heap.ts";

interface Event extends HeapItem {
  readonly at: number;
  readonly order: number;
  readonly host: boolean;
  readonly action: () => void;
}

/** Lets the host's promise reactions and macrotasks run; resolves when nothing is runnable. Injected by the platform. */
export type Drain = () => Promise<void>;

/** Internal events between two looks at the process around; a few milliseconds of work. */
const LOOK_UP_EVERY = 1000;
/**
 * µs that a part of the world may be ahead of another. Nothing passes from one plug to another sooner: it would go
 * through the computer, and whatever leaves that by USB takes a frame of 1 ms.
 */
const HEAD_START = 200;

export class SimClock {
  readonly #world: World;
  readonly #lane: Lane;

  /** @param wallOriginMs what the wall clock shows at virtual time 0. Default 2026-01-01T00:00:00Z. */
  constructor(wallOriginMs?: number);
  constructor(world: World, lane: Lane);
  constructor(origin: number | World = Date.UTC(2026, 0, 1), lane?: Lane) {
    this.#world = typeof origin === "number" ? new World(origin) : origin;
    this.#lane = lane ?? this.#world.common;
  }

  /** Microseconds since the start of the world. */
  get now(): number {
    return this.#world.now;
  }

  /** Time of the world's next event, or Infinity. */
  get nextEventAt(): number {
    return this.#world.next?.at ?? Number.POSITIVE_INFINITY;
  }

  /**
   * The same clock for a part of the world that touches the others only through the computer: a plug with its wires
   * and adapter. Events scheduled through it happen in order with all others, but do not hold up other parts' chips.
   * A part's own clock is returned as it is.
   */
  part(): SimClock {
    return this.#lane === this.#world.common ? new SimClock(this.#world, new Lane()) : this;
  }

  /** A chip of this part may run ahead of `now` up to here, not beyond. µs, or Infinity. */
  get horizon(): number {
    const world = this.#world;
    const own = this.#lane;
    if (own === world.common) return this.nextEventAt;
    const common = world.common.events.top?.at ?? Number.POSITIVE_INFINITY;
    const near = Math.min(own.events.top?.at ?? Number.POSITIVE_INFINITY, common);
    const others = world.lanes.first((lane) => lane !== own && lane !== world.common);
    return others === undefined ? near : Math.min(near, others.events.top!.at + HEAD_START);
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
      now: () => this.#world.now / 1000,
      wallTime: () => this.#world.wallOrigin + this.#world.now / 1000,
      after: (delayMs, action) => this.hostAt(this.#world.now + Math.max(0, delayMs) * 1000, action),
    };
  }

  /** Runs events up to and including `until` (µs), host code not being waited for. For simulator tests. */
  runInternal(until: number): void {
    const world = this.#world;
    for (;;) {
      const event = world.next;
      if (event === undefined || event.at > until) break;
      world.fire(event);
    }
    world.now = Math.max(world.now, until);
  }

  /**
   * Drives the world until `settled` says so after a drain, or nothing is left to happen.
   * @returns false if the world ran dry or `limit` (µs, absolute) was reached before it was settled.
   */
  async run(drain: Drain, settled: () => boolean, limit: number = Number.POSITIVE_INFINITY): Promise<boolean> {
    const world = this.#world;
    if (world.running) throw new Error("the clock is already being driven");
    world.running = true;
    try {
      await drain();
      let unobserved = 0;
      while (!settled()) {
        const event = world.next;
        if (event === undefined) return false;
        if (event.at > limit) {
          world.now = limit;
          return false;
        }
        unobserved = event.host ? 0 : unobserved + 1;
        world.fire(event);
        // A world busy with itself still lets the process notice Ctrl-C; the host's order of things stays the same.
        if (event.host || unobserved % LOOK_UP_EVERY === 0) await drain();
      }
      return true;
    } finally {
      world.running = false;
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
    if (!finished && !done)
      throw new Error(`the virtual world ran dry at ${this.#world.now} µs with work still waiting`);
    return work;
  }

  #push(time: number, host: boolean, action: () => void): () => void {
    if (Number.isNaN(time)) throw new Error("event at NaN");
    const lane = this.#lane;
    const world = this.#world;
    const event: Event = { at: Math.max(time, world.now), order: world.order++, host, action, index: -1 };
    lane.events.push(event);
    world.changed(lane);
    return () => {
      if (event.index < 0) return;
      lane.events.remove(event);
      world.changed(lane);
    };
  }
}

const sooner = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** The events of one part of the world; in the world's heap while it has any. */
class Lane implements HeapItem {
  readonly events: Heap<Event> = new Heap(sooner);
  index = -1;
}

/** What all clocks of one world share. */
class World {
  now = 0;
  order = 0;
  running = false;
  readonly wallOrigin: number;
  /** What happens here concerns every part. */
  readonly common: Lane = new Lane();
  /** Those with events, by their first. */
  readonly lanes: Heap<Lane> = new Heap((a, b) => sooner(a.events.top!, b.events.top!));

  constructor(wallOrigin: number) {
    this.wallOrigin = wallOrigin;
  }

  get next(): Event | undefined {
    return this.lanes.top?.events.top;
  }

  /** A lane's first event may be another. */
  changed(lane: Lane): void {
    const empty = lane.events.top === undefined;
    if (lane.index < 0) {
      if (!empty) this.lanes.push(lane);
    } else if (empty) this.lanes.remove(lane);
    else this.lanes.moved(lane);
  }

  fire(event: Event): void {
    const lane = this.lanes.top!;
    lane.events.remove(event);
    this.changed(lane);
    this.now = Math.max(this.now, event.at);
    event.action();
  }
}
