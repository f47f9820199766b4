/** Deterministic randomness: a stream of 32-bit numbers that follows from a seed and nothing else (mulberry32). */
export class Chaos {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 0 … 2³² − 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** 0 ≤ x < 1. */
  fraction(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** 8 random bits, each 1 with this probability. */
  bits(probability: number): number {
    let byte = 0;
    for (let bit = 0; bit < 8; bit++) if (this.fraction() < probability) byte |= 1 << bit;
    return byte;
  }
}
