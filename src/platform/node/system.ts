/** What Node has by itself: time, randomness, sums, and its own queue of things to do. */
import { createHash, randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { Clock, Codec, Random } from "../../engine/ports.ts";

/** The monotonic clock of the process, the system's wall clock, and timers that do not outlive their cancel. */
export const nodeClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

/** Randomness from the operating system. */
export const nodeRandom: Random = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
};

/** zlib's largest; it costs memory only (zlib manual, deflateInit2). */
const MEMORY_LEVEL = 9;

const hexOf = (name: "md5" | "sha256", bytes: Uint8Array): string => createHash(name).update(bytes).digest("hex");

/** Sums by Node's own libraries: a tenth of the time, and zlib packs a little tighter than what runs everywhere. */
export const nodeCodec: Codec = {
  md5: (bytes) => hexOf("md5", bytes),
  sha256: (bytes) => hexOf("sha256", bytes),
  startMd5: () => {
    const hash = createHash("md5");
    return { update: (bytes) => hash.update(bytes), hex: () => hash.digest("hex") };
  },
  deflate: (bytes) => deflateSync(bytes, { level: 9, memLevel: MEMORY_LEVEL }),
};

/** Lets everything that is runnable in this process run: promise reactions and what they schedule with setImmediate. */
export async function drain(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
