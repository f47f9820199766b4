/**
 * AES with a key of 128 bits, one block at a time (FIPS 197). What the virtual chip's MAC and ROM need; the simulator
 * runs in browsers too, where the platform has no block cipher to offer.
 */

export const AES_BLOCK = 16;
const ROUNDS = 10;
const KEY_BYTES = 16;

/** Multiplication by x in GF(2^8), FIPS 197 section 4.2.1. */
const times2 = (value: number): number => ((value << 1) ^ (value & 0x80 ? 0x11b : 0)) & 0xff;

function multiply(a: number, b: number): number {
  let product = 0;
  for (let factor = a, rest = b; rest !== 0; rest >>= 1, factor = times2(factor)) if (rest & 1) product ^= factor;
  return product;
}

/** Section 5.1.1: the inverse in the field, then an affine transformation. */
function makeSbox(): Uint8Array {
  const sbox = new Uint8Array(256);
  // 3 generates the field, 0xf6 is its inverse: both walk it in step.
  for (let value = 1, inverse = 1, i = 0; i < 255; i++) {
    let out = 0x63 ^ inverse;
    for (let turn = 1; turn <= 4; turn++) out ^= ((inverse << turn) | (inverse >> (8 - turn))) & 0xff;
    sbox[value] = out;
    value = multiply(value, 3);
    inverse = multiply(inverse, 0xf6);
  }
  sbox[0] = 0x63;
  return sbox;
}

const SBOX = makeSbox();
const INVERSE_SBOX: Uint8Array = Uint8Array.from({ length: 256 }, (_, value) => SBOX.indexOf(value));
const MULTIPLES = [2, 3, 9, 11, 13, 14].map((factor) =>
  Uint8Array.from({ length: 256 }, (_, value) => multiply(value, factor)),
);
const [BY2, BY3, BY9, BY11, BY13, BY14] = MULTIPLES as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

export class Aes128 {
  readonly #keys: Uint8Array;

  /** @param key 16 bytes. */
  constructor(key: Uint8Array) {
    this.#keys = expandKey(key);
  }

  encrypt(block: Uint8Array): Uint8Array {
    let state = this.#addKey(block, 0);
    for (let round = 1; round <= ROUNDS; round++) {
      const shifted = new Uint8Array(AES_BLOCK);
      for (let i = 0; i < AES_BLOCK; i++) shifted[i] = SBOX[state[(i + 4 * (i % 4)) % AES_BLOCK]!]!;
      state = this.#addKey(round === ROUNDS ? shifted : mixed(shifted, BY2, BY3, undefined, undefined), round);
    }
    return state;
  }

  decrypt(block: Uint8Array): Uint8Array {
    let state = this.#addKey(block, ROUNDS);
    for (let round = ROUNDS - 1; round >= 0; round--) {
      const shifted = new Uint8Array(AES_BLOCK);
      for (let i = 0; i < AES_BLOCK; i++) shifted[(i + 4 * (i % 4)) % AES_BLOCK] = INVERSE_SBOX[state[i]!]!;
      state = this.#addKey(shifted, round);
      if (round > 0) state = mixed(state, BY14, BY11, BY13, BY9);
    }
    return state;
  }

  #addKey(state: Uint8Array, round: number): Uint8Array {
    return state.map((byte, i) => byte ^ this.#keys[round * AES_BLOCK + i]!);
  }
}

/** MixColumns and its inverse (sections 5.1.3, 5.3.3): each column times a circulant matrix; undefined stands for 1. */
function mixed(
  state: Uint8Array,
  own: Uint8Array,
  next: Uint8Array,
  second: Uint8Array | undefined,
  third: Uint8Array | undefined,
): Uint8Array {
  const out = new Uint8Array(AES_BLOCK);
  for (let column = 0; column < AES_BLOCK; column += 4) {
    for (let row = 0; row < 4; row++) {
      const byte = (step: number): number => state[column + ((row + step) & 3)]!;
      out[column + row] =
        own[byte(0)]! ^ next[byte(1)]! ^ (second?.[byte(2)] ?? byte(2)) ^ (third?.[byte(3)] ?? byte(3));
    }
  }
  return out;
}

/** Section 5.2. */
function expandKey(key: Uint8Array): Uint8Array {
  const keys = new Uint8Array(AES_BLOCK * (ROUNDS + 1));
  keys.set(key.subarray(0, KEY_BYTES));
  let roundConstant = 1;
  for (let at = KEY_BYTES; at < keys.length; at += 4) {
    const word = keys.slice(at - 4, at);
    if (at % KEY_BYTES === 0) {
      word.set([SBOX[word[1]!]! ^ roundConstant, SBOX[word[2]!]!, SBOX[word[3]!]!, SBOX[word[0]!]!]);
      roundConstant = times2(roundConstant);
    }
    for (let i = 0; i < 4; i++) keys[at + i] = keys[at + i - KEY_BYTES]! ^ word[i]!;
  }
  return keys;
}
