/** What is to be done with a plug: the three scenarios, with what they read and write. */
import { zlibSync } from "fflate";
import { firmwareLikeImage } from "../../src/sim/bench/firmware-like-image.ts";
import { vendorImage } from "../../src/sim/bench/vendor-image.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";

export interface Job {
  readonly name: "a" | "b" | "c";
  readonly title: string;
  /** What the flash holds before. */
  readonly before: Uint8Array;
  readonly image: Uint8Array;
  /** Whether the whole flash is read and kept first. */
  readonly backup: boolean;
  /** The image is no firmware. */
  readonly raw: boolean;
}

const FLASH = 0x100000;
const CHANGED_SECTOR = 0x57000;

export function makeJobs(): readonly Job[] {
  const random = new SeededRandom(11);
  const firmware = firmwareLikeImage({ random: random.fork("firmware") });
  const blank = new Uint8Array(FLASH).fill(0xff);
  blank.set(firmware);
  // Each change twice: the image's checksum, an XOR over all bytes, stays right.
  const changed = firmware.slice();
  for (const [i, byte] of random.fork("change").bytes(200).entries()) {
    for (const at of [1000, 2000]) changed[CHANGED_SECTOR + at + i]! ^= byte;
  }
  return [
    {
      name: "a",
      title: "(a) random 1 MiB over random 1 MiB, with backup",
      before: random.fork("before").bytes(FLASH),
      image: random.fork("image").bytes(FLASH),
      backup: true,
      raw: true,
    },
    {
      name: "b",
      title: "(b) backup of a vendor-like image, then firmware-like 640 KiB",
      before: vendorImage(random.fork("vendor"), FLASH),
      image: firmware,
      backup: true,
      raw: false,
    },
    {
      name: "c",
      title: "(c) 640 KiB that differ in one sector, without backup",
      before: blank,
      image: changed,
      backup: false,
      raw: false,
    },
  ];
}

/** Shannon entropy of single bytes, bits per byte. */
export function entropy(bytes: Uint8Array): number {
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes) counts[byte]!++;
  return counts.reduce((sum, n) => (n === 0 ? sum : sum - (n / bytes.length) * Math.log2(n / bytes.length)), 0);
}

export const deflatedLength = (bytes: Uint8Array): number => zlibSync(bytes, { level: 9 }).length;
