/** AES key wrap (RFC 3394): how an access point sends the group key. */
import { Aes128 } from "./aes.ts";

const HALF = 8;
const ROUNDS = 6;
/** RFC 3394, section 2.2.3.1. */
const INITIAL = 0xa6;

/** @param wrapped 8 bytes more than the key. @returns undefined where it was not wrapped with this key. */
export function unwrapKey(kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined {
  const aes = new Aes128(kek);
  const count = wrapped.length / HALF - 1;
  let check = wrapped.slice(0, HALF);
  const plain = wrapped.slice(HALF);
  for (let step = ROUNDS * count; step > 0; step--) {
    const at = ((step - 1) % count) * HALF;
    const block = new Uint8Array(2 * HALF);
    block.set(withStep(check, step));
    block.set(plain.subarray(at, at + HALF), HALF);
    const out = aes.decrypt(block);
    check = out.slice(0, HALF);
    plain.set(out.subarray(HALF), at);
  }
  return check.every((byte) => byte === INITIAL) ? plain : undefined;
}

/** @param key a multiple of 8 bytes. */
export function wrapKey(kek: Uint8Array, key: Uint8Array): Uint8Array {
  const aes = new Aes128(kek);
  const count = key.length / HALF;
  const out = new Uint8Array(key.length + HALF);
  out.fill(INITIAL, 0, HALF);
  out.set(key, HALF);
  for (let step = 1; step <= ROUNDS * count; step++) {
    const at = HALF * (1 + ((step - 1) % count));
    const block = new Uint8Array(2 * HALF);
    block.set(out.subarray(0, HALF));
    block.set(out.subarray(at, at + HALF), HALF);
    const turned = aes.encrypt(block);
    out.set(withStep(turned.subarray(0, HALF), step), 0);
    out.set(turned.subarray(HALF), at);
  }
  return out;
}

/** The step's number, big-endian, into the half block. */
function withStep(half: Uint8Array, step: number): Uint8Array {
  const out = half.slice();
  out[7]! ^= step & 0xff;
  out[6]! ^= (step >> 8) & 0xff;
  return out;
}
