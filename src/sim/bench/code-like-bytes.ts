/**
 * Bytes with the statistics of compiled ESP8266 code, made from nothing: an order-0 entropy of about 6.9 bits a byte
 * and a deflated size of about 0.73. (Espressif's flasher stub, 11,456 bytes of compiled code: 6.89 and 0.728.) Short
 * and long instructions with mostly low registers, literals, texts, and stretches that come again.
 */
import type { SeededRandom } from "../world/seeded-random.ts";

const WORDS =
  "wifi state connect failed timeout config read write flash sector timer init start stop error value null heap free task mqtt publish relay power led key update version %d %s %08x\n";

/** How often a stretch seen before comes again, and how long such stretches are. */
const REPEAT_CHANCE = 0.05;
const REPEAT_MIN = 4;
const REPEAT_SPREAD = 14;

export function codeLikeBytes(count: number, random: SeededRandom): Uint8Array {
  const bytes = new Uint8Array(count);
  const words = WORDS.split(" ");
  let at = 0;
  const put = (value: number): void => {
    if (at < count) bytes[at++] = value;
  };
  while (at < count) {
    if (at > 64 && random.chance(REPEAT_CHANCE)) {
      const from = Math.max(0, at - 1 - random.below(Math.min(at, 30_000)));
      const length = REPEAT_MIN + random.below(REPEAT_SPREAD);
      for (let i = 0; i < length; i++) put(bytes[from + i]!);
      continue;
    }
    const kind = random.unit();
    if (kind < 0.02) {
      for (let i = random.below(6) + 2; i > 0; i--) {
        for (const letter of words[random.below(words.length)]!) put(letter.charCodeAt(0));
        put(i === 1 ? 0 : 0x20);
      }
    } else if (kind < 0.08) {
      // A literal: an address in RAM, flash or a peripheral.
      put(random.uint32() & 0xfc);
      put(random.below(256));
      put([0xfe, 0xff, 0x20, 0x21, 0x10, 0x00][random.below(6)]!);
      put([0x3f, 0x40, 0x60][random.below(3)]!);
    } else if (kind < 0.5) {
      // A narrow instruction: opcode and registers, mostly the low ones.
      put((lowRegister(random) << 4) | [0x8, 0x9, 0xa, 0xb, 0xc, 0xd][random.below(6)]!);
      put((Math.min(random.below(16), random.below(16)) << 4) | lowRegister(random));
    } else {
      put((lowRegister(random) << 4) | [0x0, 0x1, 0x2, 0x2, 0x5, 0x6, 0x7][random.below(7)]!);
      put((lowRegister(random) << 4) | lowRegister(random));
      put(thirdByte(random));
    }
  }
  return bytes;
}

function lowRegister(random: SeededRandom): number {
  return Math.min(random.below(16), random.below(16), random.below(16), random.below(16));
}

/** Immediates and jump distances: often nothing, a little, or minus a little. */
function thirdByte(random: SeededRandom): number {
  const kind = random.unit();
  if (kind < 0.3) return 0;
  if (kind < 0.42) return 0xff - random.below(4);
  return kind < 0.7 ? random.below(16) : random.below(256);
}

/** Order-0 entropy, bits a byte. */
export function entropyOf(bytes: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = counts[byte]! + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length);
  return bits;
}
