/**
 * SHA-1, key derivation and key unwrapping, which the SDK's WPA2 takes from the ROM. The functions and their arguments
 * are those of wpa_supplicant (sha1.c, sha1-pbkdf2.c, aes_wrap.c), from which Espressif made them; their addresses are in
 * eagle.rom.addr.v6.ld.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import type { CpuPort } from "../../cpu/contract.ts";
import { unwrapKey } from "../../crypto/key-wrap.ts";
import { load, loadString, type RomFunction, romFunction, store } from "./rom-function.ts";

const SHA1_BYTES = 20;
/** A key of a longer wrap than any that exists, in blocks of 8 bytes: a lost argument. */
const LONGEST_WRAP = 64;
const WRAP_KEY_BYTES = 16;
const FAILED = -1;
/**
 * PBKDF2 with its 8192 HMACs of short inputs takes about 117 million cycles in the ROM; an HMAC of a short message four
 * blocks of SHA-1.
 */
const CYCLES_PER_HMAC = 14_300;
const CYCLES_PER_BLOCK = 3_600;
const CYCLES_PER_UNWRAP_STEP = 2_500;

const blocksOf = (length: number): number => Math.ceil((length + 9) / 64);

/** The pieces of a vector call: how many, their addresses, their lengths. */
function gather(cpu: CpuPort, count: number, addresses: number, lengths: number): Uint8Array {
  const pieces = Array.from({ length: count }, (_, i) =>
    load(cpu, cpu.read32(addresses + 4 * i), cpu.read32(lengths + 4 * i)),
  );
  return concatenated(...pieces);
}

function concatenated(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function hmacSha1(cpu: CpuPort, key: Uint8Array, message: Uint8Array): Uint8Array {
  cpu.cycles += CYCLES_PER_HMAC + Math.max(0, blocksOf(message.length) - 1) * CYCLES_PER_BLOCK;
  return hmac(sha1, key, message);
}

/** sha1_prf(key, key_len, label, data, data_len, buf, buf_len): IEEE 802.11, "PRF". The last argument is on the stack. */
function prf(cpu: CpuPort, a: Int32Array): number {
  const key = load(cpu, a[2]!, a[3]!);
  const label = loadString(cpu, a[4]!);
  const data = load(cpu, a[5]!, a[6]!);
  const wanted = cpu.read32(a[1]!) >>> 0;
  const out: Uint8Array[] = [];
  for (let counter = 0; counter * SHA1_BYTES < wanted; counter++) {
    out.push(hmacSha1(cpu, key, concatenated(label, Uint8Array.of(0), data, Uint8Array.of(counter))));
  }
  store(cpu, a[7]!, concatenated(...out).subarray(0, wanted));
  return 0;
}

/** pbkdf2_sha1(passphrase, ssid, ssid_len, iterations, buf, buf_len). */
function deriveKey(cpu: CpuPort, a: Int32Array): number {
  const [passphrase, ssid] = [loadString(cpu, a[2]!), load(cpu, a[3]!, a[4]!)];
  const [iterations, length] = [a[5]! >>> 0, a[7]! >>> 0];
  if (iterations === 0 || length === 0) return 0;
  cpu.cycles += Math.ceil(length / SHA1_BYTES) * iterations * CYCLES_PER_HMAC;
  store(cpu, a[6]!, pbkdf2(sha1, passphrase, ssid, { c: iterations, dkLen: length }));
  return 0;
}

/** aes_unwrap(kek, n, cipher, plain): n blocks of 8 bytes and the one that proves them. */
function unwrap(cpu: CpuPort, a: Int32Array): number {
  const blocks = a[3]! >>> 0;
  if (blocks > LONGEST_WRAP) return FAILED;
  cpu.cycles += 6 * blocks * CYCLES_PER_UNWRAP_STEP;
  const plain = unwrapKey(load(cpu, a[2]!, WRAP_KEY_BYTES), load(cpu, a[4]!, 8 * (blocks + 1)));
  if (plain === undefined) return FAILED;
  store(cpu, a[5]!, plain);
  return 0;
}

export const CRYPTO_FUNCTIONS: ReadonlyMap<number, RomFunction> = new Map([
  [0x4000b840, romFunction("pbkdf2_sha1", 100, deriveKey)],
  [
    0x4000ba28,
    romFunction("hmac_sha1", 100, (cpu, a) => {
      store(cpu, a[6]!, hmacSha1(cpu, load(cpu, a[2]!, a[3]!), load(cpu, a[4]!, a[5]!)));
      return 0;
    }),
  ],
  [
    0x4000b8b4,
    romFunction("hmac_sha1_vector", 100, (cpu, a) => {
      store(cpu, a[7]!, hmacSha1(cpu, load(cpu, a[2]!, a[3]!), gather(cpu, a[4]!, a[5]!, a[6]!)));
      return 0;
    }),
  ],
  [
    0x4000a2ec,
    romFunction("sha1_vector", 100, (cpu, a) => {
      const message = gather(cpu, a[2]!, a[3]!, a[4]!);
      cpu.cycles += blocksOf(message.length) * CYCLES_PER_BLOCK;
      store(cpu, a[5]!, sha1(message));
      return 0;
    }),
  ],
  [0x4000ba48, romFunction("sha1_prf", 100, prf)],
  [0x40009410, romFunction("aes_unwrap", 100, unwrap)],
]);
