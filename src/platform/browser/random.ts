/** Randomness from the browser. */
import type { Random } from "../../engine/ports.ts";

export const browserRandom: Random = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
};
