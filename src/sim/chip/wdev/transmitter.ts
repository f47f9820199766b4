/**
 * The MAC's transmitter: slots of registers, each with the chain of descriptors that holds a frame. Setting bits 31 and 30
 * of a slot's second word sends it; both are cleared when it has been sent, and the outcome stands in one register for
 * all slots. Buffers include room for the check sequence and, where the frame is to be encrypted, for the MIC before it;
 * the driver has put the CCMP header in (libpp.a, lmacSetTxFrame, lmacTxFrame; libnet80211.a, ccmp_encap).
 */

import type { CpuPort } from "../../cpu/contract.ts";
import { CCMP_MIC, ccmpEncrypt } from "../../crypto/ccmp.ts";
import type { ChipTime } from "../chip-time.ts";
import type { MacKey } from "./key-memory.ts";
import { FIRST_OFDM_RATE, RATES, TX_OUTCOME, TX_SLOT, TX_SLOT_BYTES, WDEV } from "./registers.ts";

const GO = 0xc000_0000;
/** First word of a slot's PLCP: low bits of the descriptor's address in data RAM; kind of answer expected. */
const DESCRIPTOR_LOW = 0x3ffff;
const DESCRIPTOR_BASE = 0x3ffc0000;
const EXPECTED_SHIFT = 24;
const EXPECTS_ACK = 1;
/** Second word: length [11:0], rate [15:12], key [20:16]. */
const RATE_SHIFT = 12;
const KEY_SHIFT = 16;
const KEY_MASK = 0x1f;
/** A descriptor's first word: length [23:12], last of the frame 30. */
const LENGTH_SHIFT = 12;
const LENGTH_MASK = 0xfff;
const LAST = 1 << 30;
const LONGEST_CHAIN = 8;
const FCS_BYTES = 4;
const SHORTEST_FRAME = 10;
const PROTECTED = 0x40;
/** IEEE 802.11-2016: DIFS and a mean backoff; preambles; SIFS and the answer. µs. */
const ACCESS_US = 60;
const LONG_PREAMBLE_US = 192;
const OFDM_PREAMBLE_US = 20;
const ANSWER_US = 60;

export interface TransmitterPorts {
  readonly time: ChipTime;
  readonly memory: Pick<CpuPort, "read32" | "readBlock">;
  /** The MAC's registers. */
  readonly words: Uint32Array;
  keys(): readonly MacKey[];
  /** The driver has still to look at the outcome of the frame before. */
  isBusy(): boolean;
  /** @returns whether it was acknowledged. */
  send(frame: Uint8Array, rate: number): boolean;
  readonly done: () => void;
}

export class Transmitter {
  readonly #ports: TransmitterPorts;
  #waiting: number[] = [];
  #cancel: (() => void) | undefined;

  constructor(ports: TransmitterPorts) {
    this.#ports = ports;
  }

  reset(): void {
    this.#waiting = [];
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** A slot's second word was written. @param before what it was. */
  written(slot: number, before: number): void {
    const goes = (value: number): boolean => (value & GO) >>> 0 === GO;
    if (!goes(this.#word(slot, TX_SLOT.plcp0)) || goes(before)) return;
    this.#waiting.push(slot);
    this.#next();
  }

  /** The driver has looked. */
  next(): void {
    this.#next();
  }

  /** One frame after the other: they share the air, and the register of the outcome. */
  #next(): void {
    if (this.#cancel !== undefined || this.#waiting.length === 0 || this.#ports.isBusy()) return;
    const slot = this.#waiting.shift()!;
    const plcp = this.#word(slot, TX_SLOT.plcp1);
    const code = (plcp >>> RATE_SHIFT) & 0xf;
    const frame = this.#frame(slot, (plcp >>> KEY_SHIFT) & KEY_MASK);
    const expectsAck = ((this.#word(slot, TX_SLOT.plcp0) >>> EXPECTED_SHIFT) & 7) === EXPECTS_ACK;
    const us = airTime(frame.length + FCS_BYTES, code) + (expectsAck ? ANSWER_US : 0);
    this.#cancel = this.#ports.time.at(this.#ports.time.now + us, () => {
      this.#cancel = undefined;
      const answered = frame.length < SHORTEST_FRAME || this.#ports.send(frame, RATES[code]!);
      this.#finish(slot, expectsAck && !answered ? TX_OUTCOME.noAck : TX_OUTCOME.sent);
    });
  }

  #finish(slot: number, outcome: number): void {
    const { words, done } = this.#ports;
    words[this.#index(slot, TX_SLOT.plcp0)]! &= ~GO;
    words[WDEV.txStatus >> 2] = ((slot << 12) | (outcome << 28)) >>> 0;
    done();
  }

  /** Without the room for the FCS, encrypted where it is to be. */
  #frame(slot: number, keyEntry: number): Uint8Array {
    const frame = this.#gathered(slot);
    const bytes = frame.subarray(0, Math.max(0, frame.length - FCS_BYTES));
    if (bytes.length < SHORTEST_FRAME || (bytes[1]! & PROTECTED) === 0) return bytes;
    const key = this.#ports.keys().find(({ entry }) => entry === keyEntry)?.ccmp;
    return key === undefined ? bytes : ccmpEncrypt(key, bytes.subarray(0, bytes.length - CCMP_MIC));
  }

  #gathered(slot: number): Uint8Array {
    const { memory } = this.#ports;
    const parts: number[] = [];
    let descriptor = DESCRIPTOR_BASE | (this.#word(slot, TX_SLOT.plcp0) & DESCRIPTOR_LOW);
    for (let count = 0; descriptor !== 0 && count < LONGEST_CHAIN; count++) {
      const flags = memory.read32(descriptor);
      const length = (flags >>> LENGTH_SHIFT) & LENGTH_MASK;
      parts.push(...memory.readBlock(memory.read32(descriptor + 4), length));
      if (flags & LAST) break;
      descriptor = memory.read32(descriptor + 8);
    }
    return Uint8Array.from(parts);
  }

  #index(slot: number, register: number): number {
    return (WDEV.txSlot - TX_SLOT_BYTES * slot + register) >> 2;
  }

  #word(slot: number, register: number): number {
    return this.#ports.words[this.#index(slot, register)]!;
  }
}

function airTime(bytes: number, code: number): number {
  const preamble = code >= FIRST_OFDM_RATE ? OFDM_PREAMBLE_US : LONG_PREAMBLE_US;
  return ACCESS_US + preamble + (bytes * 8) / RATES[code]!;
}
