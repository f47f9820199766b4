/**
 * The MAC's 25 keys: which is valid is a bit in a register of its own. An entry is ten words: the peer's address, what
 * the key is for, and up to 32 bytes of key (libpp.a: wDev_Insert_KeyEntry, wDev_remove_KeyEntry).
 */
import { toHex } from "../../hex.ts";

const ENTRIES = 25;
const ENTRY_WORDS = 10;
const KEY_WORD = 2;
const CCMP_KEY_BYTES = 16;
const CCMP = 3;
/** Kinds of a key in word 1, bits 23:21. */
const PAIRWISE = 2;

export interface MacKey {
  readonly entry: number;
  /** 12 hex digits. */
  readonly address: string;
  readonly isPairwise: boolean;
  readonly keyId: number;
  /** 0: station, 1: access point. */
  readonly interface: 0 | 1;
  /** 16 bytes where the cipher is CCMP; undefined for WEP and TKIP, which the virtual MAC does not have. */
  readonly ccmp: Uint8Array | undefined;
}

/** @param words the key memory. @param valid a bit per entry. */
export function readKeys(words: Uint32Array, valid: number): readonly MacKey[] {
  const keys: MacKey[] = [];
  for (let entry = 0; entry < ENTRIES; entry++) {
    if (((valid >>> entry) & 1) === 0) continue;
    const own = words.slice(entry * ENTRY_WORDS, (entry + 1) * ENTRY_WORDS);
    const bytes = new Uint8Array(own.buffer);
    const use = own[1]!;
    keys.push({
      entry,
      address: toHex(bytes.subarray(0, 6)),
      isPairwise: ((use >>> 21) & 7) === PAIRWISE,
      keyId: use >>> 30,
      interface: ((use >>> 24) & 1) as 0 | 1,
      ccmp: ((use >>> 18) & 7) === CCMP ? bytes.slice(4 * KEY_WORD, 4 * KEY_WORD + CCMP_KEY_BYTES) : undefined,
    });
  }
  return keys;
}
