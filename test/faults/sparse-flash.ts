/** A vendor's flash for stories that must be short. */
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import type { SeededRandom } from "../../src/sim/world/seeded-random.ts";

const SECTOR = 0x1000;

/** A whole plug's flash with little in it, so that a story is short: code at the start, settings near the end. */
export function sparseFlash(random: SeededRandom): Uint8Array {
  const flash = new Uint8Array(0x100000).fill(0xff);
  for (const sector of [0, 1, 2, 3, 9, 64, 65, 129, 200, 251, 252, 253]) {
    flash.set(codeLikeBytes(SECTOR, random), sector * SECTOR);
  }
  return flash;
}
