/** The compression function of MD5 (RFC 1321), on a state of four words. The simulator's own: it shares none with the host. */

/** The additive constants: floor(2^32 * |sin(i + 1)|) (RFC 1321, section 3.4). */
const SINES: Int32Array = Int32Array.from(
  { length: 64 },
  (_, i) => Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1))) | 0,
);
/** Rotations of the four rounds, each repeated four times. */
const ROTATIONS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** RFC 1321, section 3.3. */
export const MD5_INITIAL_STATE: readonly number[] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

/** Takes one block of 16 words (little-endian bytes) into the state, in place. */
export function md5Block(state: Int32Array, block: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let i = 0; i < 64; i++) {
    const round = i >> 4;
    let mixed: number;
    let index: number;
    if (round === 0) {
      mixed = (b & c) | (~b & d);
      index = i;
    } else if (round === 1) {
      mixed = (d & b) | (~d & c);
      index = (5 * i + 1) & 0xf;
    } else if (round === 2) {
      mixed = b ^ c ^ d;
      index = (3 * i + 5) & 0xf;
    } else {
      mixed = c ^ (b | ~d);
      index = (7 * i) & 0xf;
    }
    const sum = (a + mixed + SINES[i]! + block[index]!) | 0;
    const rotation = ROTATIONS[round]![i & 3]!;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << rotation) | (sum >>> (32 - rotation)))) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
}
