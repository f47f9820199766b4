import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { pureComputing } from "../../engine/computing.ts";
import { codeLikeBytes } from "../../sim/bench/code-like-bytes.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { nodeComputing } from "./system.ts";

test.each([0, 1, 4096, 70_001])(
  "Node's sums over %i bytes are those of the house, and its stream unpacks",
  (length) => {
    const bytes = codeLikeBytes(length, new SeededRandom(length));
    expect(nodeComputing.md5(bytes)).toBe(pureComputing.md5(bytes));
    expect(nodeComputing.sha256(bytes)).toBe(pureComputing.sha256(bytes));
    const running = nodeComputing.startMd5();
    for (let at = 0; at < length; at += 1000) running.update(bytes.subarray(at, at + 1000));
    expect(running.hex()).toBe(pureComputing.md5(bytes));
    for (const computing of [nodeComputing, pureComputing]) {
      expect(Buffer.compare(inflateSync(computing.deflate(bytes)), bytes)).toBe(0);
    }
  },
);
