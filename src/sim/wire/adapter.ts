/**
 * A USB to serial adapter with its driver: bytes gathered into packets on their way to the computer, a buffer on the
 * way out, control transfers that take a USB frame, a port that appears some time after plugging in and vanishes at
 * once. Towards the plug it is a UART and two control lines. Knows nothing of what is wired to it.
 *
 * All that reaches host code goes through SimClock.hostAt.
 */
import { PlugsmithError } from "../../core/errors.ts";
import type { AdapterIdentity } from "../../engine/ports.ts";
import type { SimClock } from "../world/clock.ts";
import type { AdapterKind } from "./adapter-kinds.ts";
import type { WireByte } from "./contract.ts";
import { UartReceiver } from "./uart-receiver.ts";

/** A full-speed USB frame: control transfers and outgoing packets take about this long, µs. */
const USB_FRAME_US = 1000;
/** Bytes the driver takes before a write has to wait: one page, as Linux' usb-serial has it. */
const DRIVER_BUFFER_BYTES = 4096;

export interface AdapterSettings {
  readonly kind: AdapterKind;
  readonly latencyMs: number;
  readonly enumerationMs: number;
  readonly serialNumber: string;
  /** Where the port is at first and after each re-plugging, in turn. */
  readonly paths: readonly string[];
  /** Rates the driver refuses. */
  readonly refusesBauds: readonly number[];
  /** The wire's highest rate, whatever the driver says it has set. */
  readonly clampsAboveBaud: number;
}

interface Sending {
  readonly bytes: Uint8Array;
  /** When its USB transfer has brought it to the adapter. */
  readonly arrivesAt: number;
  /** Bytes that have left the buffer. */
  sent: number;
  accepted: () => void;
  failed: (error: PlugsmithError) => void;
  /** Bytes that did not yet fit the driver's buffer. */
  waiting: boolean;
}

/** What happens in order with the bytes: a change of rate waits until all before it has left. */
type Outgoing = { readonly send: Sending } | { readonly act: () => void };

/** Host code that has the port open. Called inside a host event of the clock. */
export interface PortUser {
  bytes(chunk: Uint8Array, at: number): void;
  lost(): void;
  reappeared(identity: AdapterIdentity): void;
}

export class UsbAdapter {
  /** Set by the harness: a frame has left TXD; called as its stop bit ends. */
  onTransmit: ((byte: WireByte) => void) | undefined;
  /** Set by the harness: DTR, RTS or the adapter's own power changed. */
  onOutputs: (() => void) | undefined;
  readonly #clock: SimClock;
  readonly #settings: AdapterSettings;
  readonly #receiver: UartReceiver;
  /** Who has the port open now. */
  readonly users: Set<PortUser> = new Set();
  #identity: AdapterIdentity;
  #plugged = false;
  #present = false;
  #pluggings = 0;
  #cancelEnumeration: (() => void) | undefined;
  #baud = 115200;
  #dtr = false;
  #rts = false;
  #outgoing: Outgoing[] = [];
  /** End of the last USB transfer towards the adapter. */
  #transferAt = 0;
  #transmitting: (() => void) | undefined;
  #received: number[] = [];
  #receivedAt: number[] = [];
  #cancelPacket: (() => void) | undefined;
  #lastPacketAt = 0;
  #deliveries = new Set<() => void>();

  constructor(clock: SimClock, settings: AdapterSettings) {
    this.#clock = clock;
    this.#settings = settings;
    this.#identity = this.#identityAt(0);
    this.#receiver = new UartReceiver(clock, this.#bitTime, (value, at) => this.#take(value, at));
  }

  get identity(): AdapterIdentity {
    return this.#identity;
  }

  get present(): boolean {
    return this.#present;
  }

  /** The rate the driver says it has set. */
  get baud(): number {
    return this.#baud;
  }

  /** µs, as it is on the wire. */
  get #bitTime(): number {
    return 1e6 / Math.min(this.#baud, this.#settings.clampsAboveBaud);
  }

  /** Whether it is in its USB socket: then it has power, and its TXD idles high. */
  get plugged(): boolean {
    return this.#plugged;
  }

  /** Asserted control lines; both false while there is no port. */
  get controlLines(): { readonly dtr: boolean; readonly rts: boolean } {
    return { dtr: this.#present && this.#dtr, rts: this.#present && this.#rts };
  }

  /** @param atOnce the port is there already, as when the world begins. */
  plugIn(atOnce = false): void {
    if (this.#plugged) return;
    this.#plugged = true;
    this.#identity = this.#identityAt(this.#pluggings++);
    this.#receiver.clear();
    this.onOutputs?.();
    if (atOnce) {
      this.#present = true;
      return;
    }
    this.#cancelEnumeration = this.#clock.hostAt(this.#clock.now + this.#settings.enumerationMs * 1000, () => {
      this.#cancelEnumeration = undefined;
      this.#present = true;
      this.#lastPacketAt = this.#clock.now;
      this.onOutputs?.();
      for (const user of [...this.users]) user.reappeared(this.#identity);
    });
  }

  pullOut(): void {
    if (!this.#plugged) return;
    this.#plugged = false;
    this.#cancelEnumeration?.();
    this.#cancelEnumeration = undefined;
    this.#transmitting?.();
    this.#transmitting = undefined;
    this.#cancelPacket?.();
    this.#cancelPacket = undefined;
    for (const cancel of this.#deliveries) cancel();
    this.#deliveries.clear();
    this.#received = [];
    this.#receivedAt = [];
    this.#receiver.clear();
    const wasPresent = this.#present;
    this.#present = false;
    this.onOutputs?.();
    if (!wasPresent) return;
    const unsent = this.#outgoing;
    this.#outgoing = [];
    this.#clock.hostAt(this.#clock.now, () => {
      for (const item of unsent) {
        if ("send" in item) item.send.failed(lineLost());
        else item.act();
      }
      for (const user of [...this.users]) user.lost();
    });
  }

  /** A frame on RXD begins; `copies` as in UartReceiver.frame. */
  frame(byte: WireByte, copies = 1): void {
    if (this.#plugged) this.#receiver.frame(byte, copies);
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!this.present) return Promise.reject(lineLost());
    if (bytes.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      // Data written while a transfer is under way goes with the next one: two writes never reach the wire as one.
      this.#transferAt = Math.max(this.#clock.now, this.#transferAt) + USB_FRAME_US;
      const arrivesAt = this.#transferAt;
      const send = { bytes: bytes.slice(), arrivesAt, sent: 0, accepted: resolve, failed: reject, waiting: true };
      this.#outgoing.push({ send });
      this.#acceptWhatFits();
      this.#startSending();
    });
  }

  setBaud(baud: number): Promise<void> {
    if (!(baud > 0)) {
      return Promise.reject(new PlugsmithError("bad-argument", { message: `${baud} is not a baud rate.` }));
    }
    return this.#inOrder(() => {
      if (this.#settings.refusesBauds.includes(baud)) throw refusedRate(baud);
      this.#baud = baud;
      this.#receiver.bitTime = this.#bitTime;
    });
  }

  setControlLines(lines: { dtr?: boolean; rts?: boolean }): Promise<void> {
    if (!this.present) return Promise.reject(lineLost());
    return new Promise((resolve, reject) => {
      this.#clock.hostAt(this.#clock.now + USB_FRAME_US, () => {
        if (!this.present) {
          reject(lineLost());
          return;
        }
        this.#dtr = lines.dtr ?? this.#dtr;
        this.#rts = lines.rts ?? this.#rts;
        this.onOutputs?.();
        resolve();
      });
    });
  }

  /** Resolves when all that was written before has left the wire. */
  drained(): Promise<void> {
    return this.#inOrder(() => {});
  }

  #identityAt(plugging: number): AdapterIdentity {
    const { kind, serialNumber, paths } = this.#settings;
    return {
      path: paths[plugging % paths.length]!,
      vendorId: kind.vendorId,
      productId: kind.productId,
      ...(kind.hasSerialNumber ? { serialNumber } : {}),
      manufacturer: kind.manufacturer,
      usbPath: "1-2",
      label: `${kind.label} (virtual)`,
    };
  }

  // ---- towards the plug

  #inOrder(action: () => void): Promise<void> {
    if (!this.present) return Promise.reject(lineLost());
    return new Promise((resolve, reject) => {
      const apply = (): void => {
        if (!this.present) {
          reject(lineLost());
          return;
        }
        try {
          action();
          resolve();
        } catch (error) {
          reject(error);
        }
      };
      this.#outgoing.push({ act: apply });
      this.#startSending();
    });
  }

  /** Resolves writes whose last byte has found room in the driver's buffer. */
  #acceptWhatFits(): void {
    let buffered = 0;
    for (const item of this.#outgoing) {
      if (!("send" in item)) continue;
      const { send } = item;
      buffered += send.bytes.length - send.sent;
      if (buffered > DRIVER_BUFFER_BYTES) return;
      if (!send.waiting) continue;
      send.waiting = false;
      this.#clock.hostAt(this.#clock.now, () => send.accepted());
    }
  }

  #startSending(): void {
    if (this.#transmitting !== undefined || this.#outgoing.length === 0) return;
    const item = this.#outgoing[0]!;
    if ("act" in item) {
      this.#transmitting = this.#clock.hostAt(this.#clock.now + USB_FRAME_US, () => {
        this.#transmitting = undefined;
        this.#outgoing.shift();
        item.act();
        this.#startSending();
      });
      return;
    }
    const bitTime = this.#bitTime;
    const startAt = Math.max(this.#clock.now, item.send.arrivesAt);
    this.#transmitting = this.#clock.at(startAt + 10 * bitTime, () => {
      this.#transmitting = undefined;
      const { send } = item;
      const value = send.bytes[send.sent++]!;
      if (send.sent === send.bytes.length) this.#outgoing.shift();
      this.#acceptWhatFits();
      this.onTransmit?.({ value, startAt, bitTime });
      this.#startSending();
    });
  }

  // ---- towards the computer

  #take(value: number, at: number): void {
    if (!this.#plugged) return;
    this.#received.push(value);
    this.#receivedAt.push(at);
    const { packetBytes } = this.#settings.kind;
    if (this.#received.length % packetBytes === 0) {
      this.#sendPacketAt(at);
    } else if (this.#cancelPacket === undefined) {
      this.#cancelPacket = this.#clock.at(this.#timerExpiry(at), () => {
        this.#cancelPacket = undefined;
        this.#sendPacketAt(this.#clock.now);
      });
    }
  }

  /** The latency timer runs all the time and starts afresh with each packet (AN232B-04). */
  #timerExpiry(byteAt: number): number {
    const period = this.#settings.latencyMs * 1000;
    if (period <= 0) return byteAt;
    const periods = Math.max(1, Math.ceil((byteAt - this.#lastPacketAt) / period));
    return this.#lastPacketAt + periods * period;
  }

  #sendPacketAt(at: number): void {
    this.#cancelPacket?.();
    this.#cancelPacket = undefined;
    let count = 0;
    while (count < this.#receivedAt.length && this.#receivedAt[count]! <= at) count++;
    const chunk = Uint8Array.from(this.#received.splice(0, count));
    this.#receivedAt.splice(0, count);
    this.#lastPacketAt = at;
    if (this.#received.length > 0) {
      this.#cancelPacket = this.#clock.at(this.#timerExpiry(this.#receivedAt[0]!), () => {
        this.#cancelPacket = undefined;
        this.#sendPacketAt(this.#clock.now);
      });
    }
    if (chunk.length === 0 || !this.#present) return;
    const cancel = this.#clock.hostAt(at, () => {
      this.#deliveries.delete(cancel);
      for (const user of [...this.users]) user.bytes(chunk.slice(), this.#clock.now / 1000);
    });
    this.#deliveries.add(cancel);
  }
}

function refusedRate(baud: number): PlugsmithError {
  return new PlugsmithError("port-failed", {
    message: `The virtual adapter does not take ${baud} baud.`,
    nextStep: "Choose another rate.",
  });
}

function lineLost(): PlugsmithError {
  return new PlugsmithError("line-lost", {
    message: "The virtual adapter is not plugged in.",
    nextStep: "Plug the adapter in again.",
  });
}
