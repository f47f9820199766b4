/**
 * A USB to serial adapter with its driver: bytes gathered into packets on their way to the computer, a buffer on the
 * way out, control transfers that take a USB frame, a port that appears some time after plugging in and vanishes at
 * once. Towards the plug it is a UART and two control lines. Knows nothing of what is wired to it.
 *
 * All that reaches host code goes through SimClock.hostAt.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { AdapterIdentity } from "../../engine/ports.ts";
import type { SimClock } from "../world/clock.ts";
import type { AdapterKind } from "./adapter-kinds.ts";
import { AdapterOutput, USB_FRAME_US } from "./adapter-output.ts";
import type { FrameFormat, WireByte } from "./contract.ts";
import { FORMAT_8N1 } from "./frame-format.ts";
import { UartReceiver } from "./uart-receiver.ts";

/**
 * Who may stop the adapter's output. "rts-cts": CTS lies at ground, as on the six-pin headers of many boards, so the
 * output never waits for it; RTS stays as the port's user sets it. "xon-xoff": the driver stops at an XOFF and goes on at
 * an XON, and keeps both to itself (termios IXON), which no binary protocol survives.
 */
export type FlowControl = "none" | "rts-cts" | "xon-xoff";

const XON = 0x11;
const XOFF = 0x13;

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
  readonly #output: AdapterOutput;
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
  #format: FrameFormat = FORMAT_8N1;
  #flow: FlowControl = "none";
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
    this.#output = new AdapterOutput(
      clock,
      () => ({ bitTime: this.#bitTime, format: this.#format, transferUs: settings.kind.transferUs ?? USB_FRAME_US }),
      (byte) => this.onTransmit?.(byte),
    );
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
    const tellUnsent = this.#output.drop(lineLost);
    this.#forgetReceived();
    this.#receiver.clear();
    const wasPresent = this.#present;
    this.#present = false;
    this.onOutputs?.();
    if (!wasPresent) return;
    this.#clock.hostAt(this.#clock.now, () => {
      tellUnsent();
      for (const user of [...this.users]) user.lost();
    });
  }

  /** A frame on RXD begins; `copies` as in UartReceiver.frame. */
  frame(byte: WireByte, copies = 1): void {
    if (this.#plugged) this.#receiver.frame(byte, copies);
  }

  /** @param owner whose bytes they are, for `discard`. */
  write(bytes: Uint8Array, owner: object): Promise<void> {
    return this.present ? this.#output.write(bytes, owner) : Promise.reject(lineLost());
  }

  /** Throws away what waits to be sent, all of it or one owner's. */
  discardUnsent(owner?: object): void {
    this.#output.discard(owner);
  }

  /** Throws away what was received and has not reached the computer yet. */
  discardReceived(): void {
    this.#forgetReceived();
    this.#lastPacketAt = this.#clock.now;
  }

  get format(): FrameFormat {
    return this.#format;
  }

  /** For both directions, once all that was written before has left the wire. */
  setFormat(format: FrameFormat): Promise<void> {
    return this.#inOrder(() => {
      this.#format = format;
      this.#receiver.format = format;
    });
  }

  get flow(): FlowControl {
    return this.#flow;
  }

  setFlow(flow: FlowControl): Promise<void> {
    return this.#control(() => {
      this.#flow = flow;
      this.#output.hold(false);
    });
  }

  get breaking(): boolean {
    return this.#output.breaking;
  }

  /** A break begins once all that was written before has left the wire (tty_ioctl, TIOCSBRK), and ends at once. */
  setBreak(on: boolean): Promise<void> {
    return on ? this.#inOrder(() => this.#output.break(true)) : this.#control(() => this.#output.break(false));
  }

  setBaud(baud: number): Promise<void> {
    if (!(baud > 0)) {
      return Promise.reject(new PlugsmithError("bad-argument", { message: say`${baud} is not a baud rate.` }));
    }
    return this.#inOrder(() => {
      if (this.#settings.refusesBauds.includes(baud)) throw refusedRate(baud);
      this.#baud = baud;
      this.#receiver.bitTime = this.#bitTime;
    });
  }

  setControlLines(lines: { dtr?: boolean | undefined; rts?: boolean | undefined }): Promise<void> {
    return this.#control(() => {
      this.#dtr = lines.dtr ?? this.#dtr;
      this.#rts = lines.rts ?? this.#rts;
      this.onOutputs?.();
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
      serialNumber: kind.hasSerialNumber ? serialNumber : undefined,
      manufacturer: kind.manufacturer,
      usbPath: "1-2",
      label: `${kind.label} (virtual)`,
    };
  }

  // ---- towards the plug

  #inOrder(action: () => void): Promise<void> {
    return this.#whilePresent(action, (apply) => this.#output.inOrder(apply));
  }

  /** A control transfer: it passes by what waits to be sent. */
  #control(action: () => void): Promise<void> {
    return this.#whilePresent(action, (apply) => this.#clock.hostAt(this.#clock.now + USB_FRAME_US, apply));
  }

  #whilePresent(action: () => void, when: (apply: () => void) => void): Promise<void> {
    if (!this.present) return Promise.reject(lineLost());
    return new Promise((resolve, reject) => {
      when(() => {
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
      });
    });
  }

  // ---- towards the computer

  #take(value: number, at: number): void {
    if (!this.#plugged) return;
    if (this.#flow === "xon-xoff" && (value === XON || value === XOFF)) {
      this.#output.hold(value === XOFF);
      return;
    }
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

  #forgetReceived(): void {
    this.#cancelPacket?.();
    this.#cancelPacket = undefined;
    for (const cancel of this.#deliveries) cancel();
    this.#deliveries.clear();
    this.#received = [];
    this.#receivedAt = [];
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
    message: say`The virtual adapter does not take ${baud} baud.`,
    nextStep: say`Choose another rate.`,
  });
}

function lineLost(): PlugsmithError {
  return new PlugsmithError("line-lost", {
    message: say`The virtual adapter is not plugged in.`,
    nextStep: say`Plug the adapter in again.`,
  });
}
