/**
 * The MAC's receiver: frames from the air into a ring of descriptors that the driver has laid out in memory. A descriptor
 * is three words: size [11:0], length [23:12], end of frame 30, owner 31; the buffer; the next one. A buffer gets twelve
 * bytes about the frame (RxControl), the frame, and four for its check sequence. Encrypted frames are decrypted in place:
 * CCMP header and MIC stay, and the driver skips them (libpp.a, wDev_ProcessRxSucData; libnet80211.a, ccmp_decap).
 *
 * The last descriptor of a chain is never filled: it is where the driver hangs returned ones behind (wDev_AppendRxBlocks),
 * and the driver stops for ever where it finds one filled that has no next (an assertion in wDev_ProcessFiq).
 */

import type { CpuPort } from "../../cpu/contract.ts";
import { ccmpDecrypt, ccmpKeyId } from "../../crypto/ccmp.ts";
import { toHex } from "../../hex.ts";
import type { ChipTime } from "../chip-time.ts";
import { isGroup, letsIn, matchOf } from "./address-filter.ts";
import type { MacKey } from "./key-memory.ts";
import { RATES, WDEV } from "./registers.ts";

const LENGTH_SHIFT = 12;
const SIZE_MASK = 0xfff;
const END_OF_FRAME = 1 << 30;
/** The descriptor is the hardware's. */
const OWNED: number = 1 << 31;
const RX_CONTROL_BYTES = 12;
const FCS_BYTES = 4;
const PROTECTED = 0x40;
const TRANSMITTER = 10;
/** What the signal is counted from, dBm (RxControl's first byte). */
const SIGNAL_ZERO = 96;
/**
 * The driver takes one frame per interrupt; the next waits in the receiver's FIFO until the driver, which switches the
 * MAC's interrupts off while it serves one, has switched them on again. µs between looks.
 */
const RETRY_US = 100;
const NEXT_US = 150;
/** Frames that wait at most; more are lost. */
const FIFO_FRAMES = 32;

export interface ReceiverPorts {
  readonly time: ChipTime;
  readonly memory: Pick<CpuPort, "read32" | "write32" | "writeBlock">;
  /** The MAC's registers. */
  readonly words: Uint32Array;
  keys(): readonly MacKey[];
  /**
   * The interrupt for the frame before is still to be served, or is being served: wDev_ProcessFiq clears it first, then
   * looks which descriptor was filled last. A frame in between would be taken with the one before, and its interrupt find a
   * descriptor that has been given back: the driver stops for ever.
   */
  isBusy(): boolean;
  readonly received: () => void;
}

export interface Heard {
  readonly bytes: Uint8Array;
  /** Mbit/s. */
  readonly rate: number;
  readonly channel: number;
  /** dBm. */
  readonly signal: number;
}

export class Receiver {
  readonly #ports: ReceiverPorts;
  #waiting: Heard[] = [];
  #cancel: (() => void) | undefined;

  constructor(ports: ReceiverPorts) {
    this.#ports = ports;
  }

  reset(): void {
    this.#waiting = [];
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** A frame has ended. @returns whether it is for this chip alone, which then acknowledges it. */
  hear(heard: Heard): boolean {
    const match = matchOf(this.#ports.words, heard.bytes);
    if (!letsIn(heard.bytes, match)) return false;
    if (this.#waiting.length < FIFO_FRAMES) this.#waiting.push(heard);
    if (this.#cancel === undefined) this.#serve();
    return !isGroup(heard.bytes);
  }

  #serve(): void {
    this.#cancel = undefined;
    if (this.#waiting.length === 0) return;
    const later = (us: number): void => {
      this.#cancel = this.#ports.time.at(this.#ports.time.now + us, () => this.#serve());
    };
    if (this.#ports.isBusy()) {
      later(RETRY_US);
      return;
    }
    const heard = this.#waiting.shift()!;
    const frame = (heard.bytes[1]! & PROTECTED) === 0 ? heard.bytes : this.#decrypted(heard.bytes);
    if (frame !== undefined) this.#store(heard, frame);
    if (this.#waiting.length > 0) later(NEXT_US);
  }

  /** With no descriptor free the frame is lost. */
  #store(heard: Heard, frame: Uint8Array): void {
    const { memory, words, received } = this.#ports;
    const descriptor = words[WDEV.rxNext >> 2]!;
    if (descriptor === 0) return;
    const next = memory.read32(descriptor + 8) >>> 0;
    const flags = memory.read32(descriptor);
    if (next === 0 || (flags & OWNED) === 0) return;
    const size = flags & SIZE_MASK;
    const length = RX_CONTROL_BYTES + frame.length + FCS_BYTES;
    if (length > size) return;
    const buffer = new Uint8Array(length);
    buffer.set(rxControl(heard, frame, matchOf(words, frame)));
    buffer.set(frame, RX_CONTROL_BYTES);
    memory.writeBlock(memory.read32(descriptor + 4), buffer);
    memory.write32(descriptor, (size | (length << LENGTH_SHIFT) | END_OF_FRAME) >>> 0);
    words[WDEV.rxLast >> 2] = words[WDEV.rxLastAgain >> 2] = descriptor;
    words[WDEV.rxNext >> 2] = next;
    received();
  }

  /** Undefined where no key fits or the MIC is wrong: the MAC drops such frames. */
  #decrypted(frame: Uint8Array): Uint8Array | undefined {
    const keyId = ccmpKeyId(frame);
    const from = toHex(frame.subarray(TRANSMITTER, TRANSMITTER + 6));
    const group = isGroup(frame);
    const key = this.#ports
      .keys()
      .find((one) => one.keyId === keyId && one.isPairwise !== group && (group || one.address === from));
    return key?.ccmp === undefined ? undefined : ccmpDecrypt(key.ccmp, frame);
  }
}

/** Signal, rate [11:8], group 12, length with FCS [27:16], match [31:28]; a word of nothing; the channel. */
function rxControl({ signal, rate, channel }: Heard, frame: Uint8Array, match: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(RX_CONTROL_BYTES));
  const code = Math.max(0, RATES.indexOf(rate));
  const group = isGroup(frame) ? 1 : 0;
  const word =
    ((signal + SIGNAL_ZERO) & 0xff) | (code << 8) | (group << 12) | ((frame.length + FCS_BYTES) << 16) | (match << 28);
  view.setUint32(0, word >>> 0, true);
  view.setUint32(8, channel << 16, true);
  return new Uint8Array(view.buffer);
}
