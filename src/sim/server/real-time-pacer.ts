/**
 * Drives a virtual world along the wall clock, for clients that live outside of it. Time comes from an injected Clock.
 * A world that cannot keep up (a slow machine) falls behind and goes on from there instead of racing after: a chip that
 * runs slower confuses nobody, one that runs in bursts does.
 */
import type { Clock } from "../../engine/ports.ts";
import type { SimClock } from "../world/clock.ts";

export interface PacerOptions {
  readonly world: SimClock;
  /** The computer's real clock. */
  readonly clock: Clock;
  /** Virtual seconds per real second. Default 1. */
  readonly speed?: number;
}

/** Longest stretch of work before other things in this process get their turn, ms. */
const SLICE_MS = 8;
/** The world is looked at this often even when it is idle, ms: host code may have given it something to do. */
const IDLE_MS = 5;
/** Shorter waits are not worth a timer, ms. */
const SHORTEST_MS = 0.1;
/** Virtual time run between two looks at the wall clock, µs. */
const STEP_US = 1000;

export class RealTimePacer {
  readonly #world: SimClock;
  readonly #clock: Clock;
  readonly #speed: number;
  /** World and wall time that belong together. */
  #worldOrigin = 0;
  #wallOrigin = 0;
  #cancel: (() => void) | undefined;
  #running = false;
  #inside = false;

  constructor(options: PacerOptions) {
    this.#world = options.world;
    this.#clock = options.clock;
    this.#speed = options.speed ?? 1;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#rebase();
    this.#schedule();
  }

  stop(): void {
    this.#running = false;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Something from outside (bytes of a client, a hand) meets the world at the present moment. */
  enter(action: () => void): void {
    this.#advance();
    action();
    if (this.#running) this.#schedule();
  }

  #rebase(): void {
    this.#worldOrigin = this.#world.now;
    this.#wallOrigin = this.#clock.now();
  }

  #advance(): void {
    // A host event may call enter(): the world is at its present already.
    if (!this.#running || this.#inside) return;
    this.#inside = true;
    const started = this.#clock.now();
    const target = this.#worldOrigin + (started - this.#wallOrigin) * 1000 * this.#speed;
    try {
      while (this.#world.now < target) {
        const busy = this.#world.nextEventAt <= target;
        this.#world.runInternal(
          busy ? Math.min(target, Math.max(this.#world.nextEventAt, this.#world.now + STEP_US)) : target,
        );
        if (busy && this.#clock.now() - started > SLICE_MS) break;
      }
    } finally {
      this.#inside = false;
    }
    if (target - this.#world.now > SLICE_MS * 1000) this.#rebase();
  }

  #schedule(): void {
    this.#cancel?.();
    const untilNext = (this.#world.nextEventAt - this.#world.now) / 1000 / this.#speed;
    this.#cancel = this.#clock.after(Math.min(Math.max(untilNext, SHORTEST_MS), IDLE_MS), () => {
      this.#advance();
      if (this.#running) this.#schedule();
    });
  }
}
