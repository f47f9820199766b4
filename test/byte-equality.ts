/** Bytes are compared as bytes: the general comparison of the assertion library takes half a second for a whole flash. */
import { expect } from "vitest";

expect.addEqualityTesters([
  (left: unknown, right: unknown): boolean | undefined => {
    if (!(left instanceof Uint8Array) || !(right instanceof Uint8Array)) return undefined;
    // Where the kinds differ (Buffer, Uint8Array) the general comparison decides, as before.
    if (left.constructor !== right.constructor) return undefined;
    return Buffer.compare(left, right) === 0;
  },
]);
