/**
 * EAPOL-Key frames of the RSN kind (IEEE 802.11-2016, 12.7.2), the keys that protect them (12.7.1.2, 12.7.1.3), and the
 * element that carries a group key (12.7.2, "GTK KDE").
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { wrapKey } from "../../crypto/key-wrap.ts";
import { compare, concatenated, equal } from "./bytes.ts";

export const KEY_INFO = {
  pairwise: 0x0008,
  install: 0x0040,
  ack: 0x0080,
  mic: 0x0100,
  secure: 0x0200,
  encrypted: 0x1000,
} as const;

/** HMAC-SHA1 for the MIC, AES key wrap for the data. */
const DESCRIPTOR_VERSION = 2;
const RSN_DESCRIPTOR = 2;
const EAPOL_KEY = 3;
const CCMP_KEY_BYTES = 16;
const AT = { info: 5, keyLength: 7, replay: 9, nonce: 17, rsc: 65, mic: 81, dataLength: 97, data: 99 } as const;
const NONCE_BYTES = 32;
const MIC_BYTES = 16;
const EAPOL_HEADER = 4;
const PRF_LABEL = "Pairwise key expansion";
const PTK_BYTES = 48;
const ITERATIONS = 4096;

export interface PairwiseKeys {
  /** Confirms EAPOL-Key frames. */
  readonly kck: Uint8Array;
  /** Wraps their data. */
  readonly kek: Uint8Array;
  /** Encrypts everything else. */
  readonly temporal: Uint8Array;
}

export interface KeyMessage {
  readonly info: number;
  readonly replay: number;
  readonly nonce?: Uint8Array | undefined;
  /** Number of the last group frame, six bytes, little-endian. */
  readonly sequence?: Uint8Array | undefined;
  readonly data?: Uint8Array | undefined;
}

/** Pairwise master key of a passphrase and a network's name. */
export const masterKey = (passphrase: string, ssid: string): Uint8Array =>
  pbkdf2(sha1, passphrase, ssid, { c: ITERATIONS, dkLen: 32 });

/** @param addresses and nonces of both sides, in any order. */
export function pairwiseKeys(
  master: Uint8Array,
  addresses: readonly [Uint8Array, Uint8Array],
  nonces: readonly [Uint8Array, Uint8Array],
): PairwiseKeys {
  const data = concatenated(...[...addresses].sort(compare), ...[...nonces].sort(compare));
  const label = new TextEncoder().encode(PRF_LABEL);
  const blocks = [0, 1, 2].map((counter) => hmac(sha1, master, concatenated(label, [0], data, [counter])));
  const key = concatenated(...blocks).subarray(0, PTK_BYTES);
  return { kck: key.slice(0, 16), kek: key.slice(16, 32), temporal: key.slice(32) };
}

/** @param kck confirms it; undefined: the first message carries no MIC. */
export function keyFrame(message: KeyMessage, kck?: Uint8Array): Uint8Array {
  const { data = new Uint8Array(0) } = message;
  const bytes = new Uint8Array(AT.data + data.length);
  const view = new DataView(bytes.buffer);
  // Version 1, as the SDK answers.
  bytes.set([1, EAPOL_KEY]);
  view.setUint16(2, bytes.length - EAPOL_HEADER);
  bytes[EAPOL_HEADER] = RSN_DESCRIPTOR;
  view.setUint16(AT.info, message.info | DESCRIPTOR_VERSION);
  view.setUint16(AT.keyLength, CCMP_KEY_BYTES);
  view.setBigUint64(AT.replay, BigInt(message.replay));
  bytes.set(message.nonce ?? [], AT.nonce);
  bytes.set(message.sequence ?? [], AT.rsc);
  view.setUint16(AT.dataLength, data.length);
  bytes.set(data, AT.data);
  if (kck !== undefined) bytes.set(micOf(kck, bytes), AT.mic);
  return bytes;
}

/** Undefined where it is no EAPOL-Key frame. */
export function readKeyFrame(bytes: Uint8Array): KeyMessage | undefined {
  if (bytes.length < AT.data || bytes[1] !== EAPOL_KEY) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    info: view.getUint16(AT.info),
    replay: Number(view.getBigUint64(AT.replay)),
    nonce: bytes.slice(AT.nonce, AT.nonce + NONCE_BYTES),
    sequence: bytes.slice(AT.rsc, AT.rsc + 6),
    data: bytes.slice(AT.data, AT.data + view.getUint16(AT.dataLength)),
  };
}

/** Whether the frame's MIC was made with this key. */
export function isConfirmed(kck: Uint8Array, bytes: Uint8Array): boolean {
  const cleared = bytes.slice();
  const mic = bytes.slice(AT.mic, AT.mic + MIC_BYTES);
  cleared.fill(0, AT.mic, AT.mic + MIC_BYTES);
  return equal(mic, micOf(kck, cleared));
}

/** Elements padded and wrapped as a message's encrypted data. */
export function wrappedData(kek: Uint8Array, elements: Uint8Array): Uint8Array {
  const missing = elements.length % 8 === 0 ? 0 : 8 - (elements.length % 8);
  const padded = new Uint8Array(elements.length + missing);
  padded.set(elements);
  if (missing > 0) padded[elements.length] = 0xdd;
  return wrapKey(kek, padded);
}

export const groupKeyElement = (keyId: number, key: Uint8Array): Uint8Array =>
  concatenated([0xdd, 6 + key.length, 0, 0x0f, 0xac, 1, keyId, 0], key);

const micOf = (kck: Uint8Array, bytes: Uint8Array): Uint8Array => hmac(sha1, kck, bytes).subarray(0, MIC_BYTES);
