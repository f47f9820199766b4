/**
 * A UART's receiver as it looks at the wire: it waits for a falling edge and samples the middle of ten bits of its own
 * length. Frames sent at another rate therefore come out as other bytes, several, or fewer; never as silence.
 * Knows nothing of what sits behind it.
 */
import type { SimClock } from "../world/clock.ts";
import type { WireByte } from "./contract.ts";

/** Level of the wire during bit `index` of a frame: start bit, 8 data bits, stop bit; idle high outside. */
function bitLevel(value: number, index: number): 0 | 1 {
  if (index === 0) return 0;
  if (index < 0 || index > 8) return 1;
  return ((value >> (index - 1)) & 1) as 0 | 1;
}

export class UartReceiver {
  /** Length of one bit as this receiver counts it, µs. */
  bitTime: number;
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

  /**
   * A frame begins (or has just been) on the wire. Frames come in order and do not overlap.
   * @param copies how often a matching receiver takes it: a fault that doubles bytes asks for 2.
   */
  frame(byte: WireByte, copies = 1): void {
    if (this.#cancelPending === undefined && byte.startAt >= this.#lookingFrom && this.#matches(byte)) {
      this.#frames.length = 0;
      this.#lookingFrom = byte.startAt + 9.5 * this.bitTime;
      for (let copy = 0; copy < copies; copy++) this.#deliver(byte.value, this.#lookingFrom);
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

  /** Whether all ten samples, the last at 9.5 bits, fall into the bits they are meant for. */
  #matches(byte: WireByte): boolean {
    return 9.5 * Math.abs(this.bitTime - byte.bitTime) < 0.5 * byte.bitTime;
  }

  #level(time: number): 0 | 1 {
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const frame = this.#frames[i]!;
      if (time >= frame.startAt) return bitLevel(frame.value, Math.floor((time - frame.startAt) / frame.bitTime));
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
    const bitTime = this.bitTime;
    this.#cancelPending = this.#clock.at(edge + 9.5 * bitTime, () => {
      this.#cancelPending = undefined;
      let value = 0;
      for (let bit = 0; bit < 8; bit++) value |= this.#level(edge + (bit + 1.5) * bitTime) << bit;
      this.#lookingFrom = edge + 9.5 * bitTime;
      this.#deliver(value, this.#lookingFrom);
      while (this.#frames.length > 0 && endOf(this.#frames[0]!) <= this.#lookingFrom) this.#frames.shift();
      this.#hunt();
    });
  }

  #fallingEdge(): number | undefined {
    for (const frame of this.#frames) {
      let before: 0 | 1 = 1;
      for (let bit = 0; bit < 10; bit++) {
        const level = bitLevel(frame.value, bit);
        const at = frame.startAt + bit * frame.bitTime;
        if (before === 1 && level === 0 && at >= this.#lookingFrom) return at;
        before = level;
      }
    }
    return undefined;
  }
}

function endOf(byte: WireByte): number {
  return byte.startAt + 10 * byte.bitTime;
}
