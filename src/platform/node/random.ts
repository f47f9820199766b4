/** Randomness from the operating system. */
import { randomBytes } from "node:crypto";
import type { Random } from "../../engine/ports.ts";

export const nodeRandom: Random = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
};
