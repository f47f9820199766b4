/**
 * The digests plugsmith works with: MD5 because the chip's stub speaks it, SHA-256 for people and manifests, both
 * incremental and with no platform API. MD5 here is a check against accidents, never against an adversary.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "./bytes.ts";

export interface RunningDigest {
  update(bytes: Uint8Array): RunningDigest;
  /** Lower-case hex. Ends it. */
  hex(): string;
}

function running(create: () => { update(bytes: Uint8Array): unknown; digest(): Uint8Array }): () => RunningDigest {
  return () => {
    const hash = create();
    const self: RunningDigest = {
      update(bytes) {
        hash.update(bytes);
        return self;
      },
      hex: () => toHex(hash.digest()),
    };
    return self;
  };
}

export const startMd5: () => RunningDigest = running(() => md5.create());

export function md5Hex(bytes: Uint8Array): string {
  return toHex(md5(bytes));
}

export function sha256Hex(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}
