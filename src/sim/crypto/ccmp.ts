/**
 * CCMP: how WPA2 encrypts frames (IEEE 802.11-2016, 12.5.3, with CCM from RFC 3610: M = 8, L = 2). The CCMP header with
 * the packet number is in the frame; cipher text and MIC take the place of what follows it.
 */
import { AES_BLOCK, Aes128 } from "./aes.ts";

export const CCMP_HEADER = 8;
export const CCMP_MIC = 8;
/** Address 2, and where the sequence control lies behind three addresses. */
const ADDRESS_1 = 4;
const ADDRESS_2 = 10;
const SEQUENCE = 22;
const ADDRESS_BYTES = 6;
const FRAGMENT = 0x0f;
const TID = 0x0f;
/** Frame control: to and from the distribution system; a data frame with QoS control. */
const BOTH_DS = 0x03;
const QOS_DATA = 0x88;
const QOS_MASK = 0x8c;
/** What the additional data leaves of the two bytes of frame control (subtype bits 6:4, retry, power, more data are 0). */
const CONTROL_KEPT = 0x8f;
const FLAGS_KEPT = 0xc7;
const ORDER = 0x80;
const PROTECTED = 0x40;

interface Header {
  readonly length: number;
  readonly hasQos: boolean;
  readonly hasFour: boolean;
}

function headerOf(frame: Uint8Array): Header {
  const hasFour = (frame[1]! & BOTH_DS) === BOTH_DS;
  const hasQos = (frame[0]! & QOS_MASK) === QOS_DATA;
  return { length: 24 + (hasFour ? ADDRESS_BYTES : 0) + (hasQos ? 2 : 0), hasQos, hasFour };
}

/** Length of a data or management frame's header. */
export const macHeaderLength = (frame: Uint8Array): number => headerOf(frame).length;

/** The key id that the CCMP header names. */
export const ccmpKeyId = (frame: Uint8Array): number => frame[headerOf(frame).length + 3]! >> 6;

/**
 * @param frame header, CCMP header and plain text.
 * @returns the frame with cipher text and MIC.
 */
export function ccmpEncrypt(key: Uint8Array, frame: Uint8Array): Uint8Array {
  const from = headerOf(frame).length + CCMP_HEADER;
  const aes = new Aes128(key);
  const plain = frame.subarray(from);
  const out = new Uint8Array(frame.length + CCMP_MIC);
  out.set(frame.subarray(0, from));
  out.set(counted(aes, frame, plain), from);
  out.set(micOf(aes, frame, plain), frame.length);
  return out;
}

/**
 * @param frame header, CCMP header, cipher text and MIC.
 * @returns the same with plain text in the middle; undefined where the MIC is not right.
 */
export function ccmpDecrypt(key: Uint8Array, frame: Uint8Array): Uint8Array | undefined {
  const from = headerOf(frame).length + CCMP_HEADER;
  const to = frame.length - CCMP_MIC;
  const aes = new Aes128(key);
  const plain = counted(aes, frame, frame.subarray(from, to));
  const mic = micOf(aes, frame, plain);
  if (mic.some((byte, i) => byte !== frame[to + i])) return undefined;
  const out = frame.slice();
  out.set(plain, from);
  return out;
}

/** Flags (priority), address 2, packet number, most significant byte first (12.5.3.3.4). */
function nonceOf(frame: Uint8Array): Uint8Array {
  const { length, hasQos } = headerOf(frame);
  const nonce = new Uint8Array(13);
  nonce[0] = hasQos ? frame[length - 2]! & TID : 0;
  nonce.set(frame.subarray(ADDRESS_2, ADDRESS_2 + ADDRESS_BYTES), 1);
  for (const [index, at] of [7, 6, 5, 4, 1, 0].entries()) nonce[7 + index] = frame[length + at]!;
  return nonce;
}

/** Additional authenticated data (12.5.3.3.3). */
function additionalData(frame: Uint8Array): Uint8Array {
  const { length, hasQos, hasFour } = headerOf(frame);
  const flags = (frame[1]! & FLAGS_KEPT) | PROTECTED;
  return Uint8Array.from([
    frame[0]! & CONTROL_KEPT,
    hasQos ? flags & ~ORDER : flags,
    ...frame.subarray(ADDRESS_1, SEQUENCE),
    frame[SEQUENCE]! & FRAGMENT,
    0,
    ...(hasFour ? frame.subarray(24, 30) : []),
    ...(hasQos ? [frame[length - 2]! & TID, 0] : []),
  ]);
}

/** RFC 3610, 2.3: the text, one block of key stream after the other. */
function counted(aes: Aes128, frame: Uint8Array, text: Uint8Array): Uint8Array {
  const counter = counterBlock(frame);
  const out = text.slice();
  for (let at = 0, number = 1; at < out.length; at += AES_BLOCK, number++) {
    counter[14] = number >> 8;
    counter[15] = number & 0xff;
    const stream = aes.encrypt(counter);
    for (let i = 0; i < AES_BLOCK && at + i < out.length; i++) out[at + i]! ^= stream[i]!;
  }
  return out;
}

/** Flags with L - 1 = 1, nonce, block number 0. */
function counterBlock(frame: Uint8Array): Uint8Array {
  const block = new Uint8Array(AES_BLOCK);
  block[0] = 1;
  block.set(nonceOf(frame), 1);
  return block;
}

/** RFC 3610, 2.2: CBC-MAC over nonce and length, additional data, text; encrypted with block 0 of the key stream. */
function micOf(aes: Aes128, frame: Uint8Array, text: Uint8Array): Uint8Array {
  let state: Uint8Array = new Uint8Array(AES_BLOCK);
  const take = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; at += AES_BLOCK) {
      for (let i = 0; i < AES_BLOCK; i++) state[i]! ^= bytes[at + i] ?? 0;
      state = aes.encrypt(state);
    }
  };
  const first = new Uint8Array(AES_BLOCK);
  // Additional data is there, (M - 2) / 2 = 3, L - 1 = 1.
  first[0] = 0x40 | (3 << 3) | 1;
  first.set(nonceOf(frame), 1);
  first[14] = text.length >> 8;
  first[15] = text.length & 0xff;
  take(first);
  const additional = additionalData(frame);
  take(Uint8Array.from([additional.length >> 8, additional.length & 0xff, ...additional]));
  take(text);
  const stream = aes.encrypt(counterBlock(frame));
  return state.slice(0, CCMP_MIC).map((byte, i) => byte ^ stream[i]!);
}
