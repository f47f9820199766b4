/**
 * The mains behind the wall socket: a voltage that drifts slowly and trembles a little, as a function of time and seed
 * alone. Knows nothing of plugs. Nominal 230 V, allowed band 207 … 253 V (EN 50160).
 */
import type { SimClock } from "./clock.ts";
import { noiseAt } from "./noise.ts";

export interface MainsOptions {
  readonly seed?: number;
  /** Mean voltage, volts RMS. Default 230. */
  readonly voltage?: number;
  /** Amplitude of the slow drift (minutes), volts. Default 1.5. */
  readonly drift?: number;
  /** Amplitude of the fast noise (every 200 ms), volts. Default 0.15. */
  readonly noise?: number;
}

/** Periods of the drift's three components, seconds: lamps in the house, the street, the evening. */
const DRIFT_PERIODS = [41, 307, 1811] as const;
const NOISE_STEP_US = 200_000;

export class Mains {
  readonly #clock: SimClock;
  readonly #seed: number;
  readonly #drift: number;
  readonly #noise: number;
  #mean: number;
  #live = true;
  readonly #watchers = new Set<() => void>();

  constructor(clock: SimClock, options: MainsOptions = {}) {
    this.#clock = clock;
    this.#seed = options.seed ?? 1;
    this.#mean = options.voltage ?? 230;
    this.#drift = options.drift ?? 1.5;
    this.#noise = options.noise ?? 0.15;
  }

  /** Volts RMS now; 0 while there is none. */
  get voltage(): number {
    if (!this.#live) return 0;
    const seconds = this.#clock.now / 1e6;
    let drift = 0;
    for (const [index, period] of DRIFT_PERIODS.entries()) {
      const phase = noiseAt(this.#seed, "mains-phase", index);
      drift += Math.sin(2 * Math.PI * (seconds / period + phase)) / DRIFT_PERIODS.length;
    }
    const noise = 2 * noiseAt(this.#seed, "mains-noise", Math.floor(this.#clock.now / NOISE_STEP_US)) - 1;
    return this.#mean + drift * this.#drift + noise * this.#noise;
  }

  /** False during a power cut. */
  get live(): boolean {
    return this.#live;
  }

  set live(live: boolean) {
    this.#changing();
    this.#live = live;
  }

  /** The mean voltage, volts RMS. */
  set mean(volts: number) {
    this.#changing();
    this.#mean = volts;
  }

  /** Called just before every sudden change, so that anyone who integrates can close the books. */
  watch(beforeChange: () => void): () => void {
    this.#watchers.add(beforeChange);
    return () => this.#watchers.delete(beforeChange);
  }

  #changing(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
