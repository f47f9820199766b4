import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { pureCodec } from "../../engine/codec.ts";
import { codeLikeBytes } from "../../sim/bench/code-like-bytes.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { nodeCodec } from "./system.ts";

test.each([0, 1, 4096, 70_001])(
  "Node's sums over %i bytes are those of the house, and its stream unpacks",
  (length) => {
    const bytes = codeLikeBytes(length, new SeededRandom(length));
    expect(nodeCodec.md5(bytes)).toBe(pureCodec.md5(bytes));
    expect(nodeCodec.sha256(bytes)).toBe(pureCodec.sha256(bytes));
    const running = nodeCodec.startMd5();
    for (let at = 0; at < length; at += 1000) running.update(bytes.subarray(at, at + 1000));
    expect(running.hex()).toBe(pureCodec.md5(bytes));
    for (const codec of [nodeCodec, pureCodec]) {
      expect(Buffer.compare(inflateSync(codec.deflate(bytes)), bytes)).toBe(0);
    }
  },
);
