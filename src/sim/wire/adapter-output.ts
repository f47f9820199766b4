/**
 * What an adapter sends: the driver's buffer, the frames on TXD one after the other, and everything that happens in order
 * with them (a change of rate waits until all before it has left). Knows nothing of USB sockets, ports or what is wired.
 *
 * All that reaches host code goes through SimClock.hostAt.
 */
import type { PlugsmithError } from "../../core/errors.ts";
import type { SimClock } from "../world/clock.ts";
import type { FrameFormat, WireByte } from "./contract.ts";
import { BREAK, frameShape } from "./frame-format.ts";

/** A full-speed USB frame: control transfers and outgoing packets take about this long, µs. */
export const USB_FRAME_US = 1000;
/** Bytes the driver takes before a write has to wait: one page, as Linux' usb-serial has it. */
const DRIVER_BUFFER_BYTES = 4096;
/** A frame on the wire is finished when the rest is thrown away, unless it would last longer than this, µs. */
const LONG_FRAME_US = 20_000;
const BREAK_BITS = 10;

interface Sending {
  /** Shortened when what has not been sent is thrown away. */
  bytes: Uint8Array;
  /** Whose bytes they are. */
  readonly owner: object;
  /** When its USB transfer has brought it to the adapter. */
  readonly arrivesAt: number;
  /** Bytes that have left the buffer. */
  sent: number;
  readonly accepted: () => void;
  readonly failed: (error: PlugsmithError) => void;
  /** Bytes that did not yet fit the driver's buffer. */
  waiting: boolean;
}

type Outgoing = { readonly send: Sending } | { readonly act: () => void };

export interface OutputSettings {
  /** Length of one bit, µs. */
  readonly bitTime: number;
  readonly format: FrameFormat;
  /** What a transfer of bytes from the computer takes, µs. */
  readonly transferUs: number;
}

export class AdapterOutput {
  readonly #clock: SimClock;
  readonly #settings: () => OutputSettings;
  readonly #transmit: (byte: WireByte) => void;
  #queue: Outgoing[] = [];
  /** End of the last USB transfer towards the adapter. */
  #transferAt = 0;
  /** What is under way: a frame, or what happens in order with the frames. */
  #underWay: { readonly cancel: () => void; readonly frameEnds: number | undefined } | undefined;
  #held = false;
  #breakSince: number | undefined;

  /** @param transmit a frame has left TXD; called as its last stop bit ends. */
  constructor(clock: SimClock, settings: () => OutputSettings, transmit: (byte: WireByte) => void) {
    this.#clock = clock;
    this.#settings = settings;
    this.#transmit = transmit;
  }

  /** Resolves when the driver's buffer has taken the bytes. */
  write(bytes: Uint8Array, owner: object): Promise<void> {
    if (bytes.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      // Data written while a transfer is under way goes with the next one: two writes never reach the wire as one.
      this.#transferAt = Math.max(this.#clock.now, this.#transferAt) + this.#settings().transferUs;
      this.#queue.push({
        send: {
          bytes: bytes.slice(),
          owner,
          arrivesAt: this.#transferAt,
          sent: 0,
          accepted: resolve,
          failed: reject,
          waiting: true,
        },
      });
      this.#acceptWhatFits();
      this.#next();
    });
  }

  /** Runs `act` as a host event once all bytes written before have left the wire. */
  inOrder(act: () => void): void {
    this.#queue.push({ act });
    this.#next();
  }

  /** Throws away the bytes that have not started to leave, all of them or one owner's. What waits in order with them stays. */
  discard(owner?: object): void {
    const first = this.#queue[0];
    const ends = this.#underWay?.frameEnds;
    const kept: Outgoing[] = [];
    for (const item of this.#queue) {
      if (!("send" in item) || (owner !== undefined && item.send.owner !== owner)) {
        kept.push(item);
        continue;
      }
      const { send } = item;
      if (send.waiting) this.#clock.hostAt(this.#clock.now, () => send.accepted());
      send.waiting = false;
      if (item !== first || ends === undefined) continue;
      if (ends - this.#clock.now > LONG_FRAME_US) {
        this.#underWay?.cancel();
        this.#underWay = undefined;
      } else {
        send.bytes = send.bytes.subarray(0, send.sent + 1);
        kept.push(item);
      }
    }
    this.#queue = kept;
    this.#acceptWhatFits();
    this.#next();
  }

  /** Flow control: while held no further frame begins. What happens in order with the frames waits behind them. */
  hold(held: boolean): void {
    this.#held = held;
    this.#next();
  }

  get breaking(): boolean {
    return this.#breakSince !== undefined;
  }

  /** TXD is low from here on, whatever is sent, until it ends. The wire carries a break when it has ended. */
  break(on: boolean): void {
    const since = this.#breakSince;
    if (on) {
      this.#breakSince ??= this.#clock.now;
      return;
    }
    this.#breakSince = undefined;
    if (since === undefined || since === this.#clock.now) return;
    this.#transmit({ value: BREAK, startAt: since, bitTime: (this.#clock.now - since) / BREAK_BITS });
  }

  /** The adapter has lost its power: everything ends in its tracks. Returns what tells those who wait. */
  drop(error: () => PlugsmithError): () => void {
    this.#underWay?.cancel();
    this.#underWay = undefined;
    this.#held = false;
    this.#breakSince = undefined;
    const unsent = this.#queue;
    this.#queue = [];
    return () => {
      for (const item of unsent) {
        if ("send" in item) item.send.failed(error());
        else item.act();
      }
    };
  }

  /** Resolves writes whose last byte has found room in the driver's buffer. */
  #acceptWhatFits(): void {
    let buffered = 0;
    for (const item of this.#queue) {
      if (!("send" in item)) continue;
      const { send } = item;
      buffered += send.bytes.length - send.sent;
      if (buffered > DRIVER_BUFFER_BYTES) return;
      if (!send.waiting) continue;
      send.waiting = false;
      this.#clock.hostAt(this.#clock.now, () => send.accepted());
    }
  }

  #next(): void {
    const item = this.#queue[0];
    if (this.#underWay !== undefined || item === undefined) return;
    if ("act" in item) {
      const cancel = this.#clock.hostAt(this.#clock.now + USB_FRAME_US, () => {
        this.#underWay = undefined;
        this.#queue.shift();
        item.act();
        this.#next();
      });
      this.#underWay = { cancel, frameEnds: undefined };
      return;
    }
    if (!this.#held) this.#sendFrame(item.send);
  }

  #sendFrame(send: Sending): void {
    const { bitTime, format } = this.#settings();
    const startAt = Math.max(this.#clock.now, send.arrivesAt);
    const byte: WireByte = { value: send.bytes[send.sent]!, startAt, bitTime, format };
    const frameEnds = startAt + frameShape(byte).bits * bitTime;
    const cancel = this.#clock.at(frameEnds, () => {
      this.#underWay = undefined;
      send.sent++;
      if (send.sent === send.bytes.length) this.#queue.shift();
      this.#acceptWhatFits();
      if (!this.breaking) this.#transmit(byte);
      this.#next();
    });
    this.#underWay = { cancel, frameEnds };
  }
}
