/**
 * A UART's receiver as it looks at the wire: it waits for a falling edge and samples the middle of each bit of its own
 * length and format. Frames sent at another rate or in another format therefore come out as other bytes, several, or
 * fewer; never as silence. A wrong parity or stop bit is not told: a port that is not asked to check (termios without
 * INPCK, as programs open it) hands on what was read.
 * Knows nothing of what sits behind it.
 */
import type { SimClock } from "../world/clock.ts";
import type { FrameFormat, WireByte } from "./contract.ts";
import { FORMAT_8N1, frameShape, isBreak, isReadAlike, levelOf, sampledBits } from "./frame-format.ts";

export class UartReceiver {
  /** Length of one bit as this receiver counts it, µs. */
  bitTime: number;
  #format: FrameFormat = FORMAT_8N1;
  readonly #clock: SimClock;
  readonly #deliver: (value: number, at: number) => void;
  #frames: WireByte[] = [];
  #lookingFrom = 0;
  #cancelPending: (() => void) | undefined;

  /**
   * @param deliver called with each byte and the time its stop bit was sampled. That time may lie in the future (by
   * less than a frame) where the sender's rate matches; times never go backwards.
   */
  constructor(clock: SimClock, bitTime: number, deliver: (value: number, at: number) => void) {
    this.#clock = clock;
    this.bitTime = bitTime;
    this.#deliver = deliver;
  }

  get format(): FrameFormat {
    return this.#format;
  }

  set format(format: FrameFormat) {
    this.#format = format;
  }

  /**
   * A frame begins (or has just been) on the wire. Frames come in order and do not overlap.
   * @param copies how often a matching receiver takes it: a fault that doubles bytes asks for 2.
   */
  frame(byte: WireByte, copies = 1): void {
    if (this.#cancelPending === undefined && byte.startAt >= this.#lookingFrom && this.#matches(byte)) {
      this.#frames.length = 0;
      this.#lookingFrom = byte.startAt + this.#lastSample * this.bitTime;
      const value = byte.value & ((1 << this.#format.dataBits) - 1);
      for (let copy = 0; copy < copies; copy++) this.#deliver(value, this.#lookingFrom);
      return;
    }
    this.#frames.push(byte);
    if (this.#cancelPending === undefined) this.#hunt();
  }

  /** Forgets what is on the wire (the receiver was off). */
  clear(): void {
    this.#cancelPending?.();
    this.#cancelPending = undefined;
    this.#frames.length = 0;
    this.#lookingFrom = this.#clock.now;
  }

  /** The middle of the stop bit, in bits from the start bit's edge. */
  get #lastSample(): number {
    return sampledBits(this.#format) - 0.5;
  }

  /** Whether all samples fall into the bits they are meant for. */
  #matches(byte: WireByte): boolean {
    if (isBreak(byte) || !isReadAlike(byte.format ?? FORMAT_8N1, this.#format)) return false;
    return this.#lastSample * Math.abs(this.bitTime - byte.bitTime) < 0.5 * byte.bitTime;
  }

  #level(time: number): 0 | 1 {
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const frame = this.#frames[i]!;
      if (time >= frame.startAt) return levelOf(frameShape(frame), Math.floor((time - frame.startAt) / frame.bitTime));
    }
    return 1;
  }

  /** Finds the next falling edge and samples a frame from there. */
  #hunt(): void {
    const edge = this.#fallingEdge();
    if (edge === undefined) {
      this.#frames.length = 0;
      return;
    }
    const { bitTime } = this;
    const { dataBits } = this.#format;
    const end = edge + this.#lastSample * bitTime;
    this.#cancelPending = this.#clock.at(end, () => {
      this.#cancelPending = undefined;
      let value = 0;
      for (let bit = 0; bit < dataBits; bit++) value |= this.#level(edge + (bit + 1.5) * bitTime) << bit;
      this.#lookingFrom = end;
      this.#deliver(value, this.#lookingFrom);
      while (this.#frames.length > 0 && endOf(this.#frames[0]!) <= this.#lookingFrom) this.#frames.shift();
      this.#hunt();
    });
  }

  #fallingEdge(): number | undefined {
    for (const frame of this.#frames) {
      let before: 0 | 1 = 1;
      const shape = frameShape(frame);
      for (let bit = 0; bit < shape.bits; bit++) {
        const level = levelOf(shape, bit);
        const at = frame.startAt + bit * frame.bitTime;
        if (before === 1 && level === 0 && at >= this.#lookingFrom) return at;
        before = level;
      }
    }
    return undefined;
  }
}

function endOf(byte: WireByte): number {
  return byte.startAt + frameShape(byte).bits * byte.bitTime;
}
