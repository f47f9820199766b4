/**
 * Repeatable randomness for the virtual world: the same seed gives the same sequence, on every machine. Not for secrets.
 * Generator: mulberry32 over a string or number seed mixed with FNV-1a, 32 bits of state.
 */

function mix(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

function scramble(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return (t ^ (t >>> 14)) >>> 0;
}

export class WorldRandom {
  #state: number;

  /** @param label tells streams of one seed apart: "mains", "air", … */
  constructor(seed: number, label: string) {
    this.#state = mix(seed >>> 0, label);
  }

  /** 32 random bits. */
  word(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    return scramble(this.#state);
  }

  /** 0 <= x < 1. */
  unit(): number {
    return this.word() / 0x1_0000_0000;
  }

  /** low <= x < high. */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }
}

/** A random number 0 <= x < 1 that belongs to (seed, label, index): for noise that is a function of time. */
export function noiseAt(seed: number, label: string, index: number): number {
  return scramble((mix(seed >>> 0, label) + Math.imul(index | 0, 0x6d2b79f5)) >>> 0) / 0x1_0000_0000;
}
