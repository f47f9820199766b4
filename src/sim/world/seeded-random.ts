/**
 * The one source of chance in the virtual world: everything random follows from the world's seed. Each part forks its
 * own stream by name, so that one part drawing more numbers does not change what another part sees.
 * sfc32 by Chris Doty-Humphrey (PractRand), public domain; seeded by FNV-1a over the seed and the names.
 */
export class SeededRandom {
  readonly #path: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param seed any number or text; the same seed gives the same stream. */
  constructor(seed: number | string) {
    this.#path = String(seed);
    this.#a = fnv1a(`a/${this.#path}`);
    this.#b = fnv1a(`b/${this.#path}`);
    this.#c = fnv1a(`c/${this.#path}`);
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** An independent stream that depends on this one's seed and `name` only. */
  fork(name: string): SeededRandom {
    return new SeededRandom(`${this.#path}/${name}`);
  }

  /** 0 to 2^32 - 1. */
  uint32(): number {
    const t = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) >>> 0;
    return t;
  }

  /** 0 inclusive to 1 exclusive. */
  unit(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** low <= x < high. */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** An integer from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean {
    return probability > 0 && this.unit() < probability;
  }

  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i++) bytes[i] = this.uint32() >>> 24;
    return bytes;
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
