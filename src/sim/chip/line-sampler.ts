/**
 * A UART receiver's view of its RXD line: the bit stream as the sender made it, sampled with the receiver's own bit
 * time. A small mismatch is harmless, a larger one gives wrong bytes and framing errors, never silence.
 * ESP8266 Technical Reference, "UART frame": start bit, 8 data bits LSB first, stop bit. Each bit is read in its middle.
 */
import type { WireByte } from "../wire/contract.ts";
import { FORMAT_8N1, frameShape, isBreak, isReadAlike, levelOf } from "../wire/frame-format.ts";

export interface ReceivedFrame {
  readonly value: number;
  /** The stop bit was read as 0. */
  readonly framingError: boolean;
  /** All ten bits were read as 0. */
  readonly isBreak: boolean;
}

interface Edge {
  readonly at: number;
  readonly level: 0 | 1;
}

/** Below this mismatch every sample falls into its bit: 9.5 bits × 3 % is less than a third of a bit. */
const HARMLESS = 0.03;
const BITS = 10;

export class LineSampler {
  /** Level changes not yet passed by the receiver, in order of time; the line is high before the first one. */
  #edges: Edge[] = [];
  #level: 0 | 1 = 1;
  /** The receiver is looking for a start bit from here on. */
  #searchFrom = 0;

  /** Forgets everything: power-up, or the receiver was reset. The line is taken to be idle. */
  reset(now: number): void {
    this.#edges = [];
    this.#level = 1;
    this.#searchFrom = now;
  }

  /**
   * The usual case done in one step: matching rates and no frame half received.
   * @returns undefined if it has to be sampled; use `feed` and `take` then.
   */
  shortcut(byte: WireByte, bitTime: number): ReceivedFrame | undefined {
    const plain =
      this.#edges.length === 0 &&
      byte.startAt >= this.#searchFrom &&
      !isBreak(byte) &&
      isReadAlike(byte.format ?? FORMAT_8N1, FORMAT_8N1) &&
      Math.abs(byte.bitTime / bitTime - 1) <= HARMLESS;
    if (!plain) return undefined;
    // The next start bit is looked for from the middle of this stop bit.
    this.#searchFrom = byte.startAt + 9 * byte.bitTime;
    return { value: byte.value, framingError: false, isBreak: false };
  }

  /** Adds a frame to the bit stream. */
  feed(byte: WireByte): void {
    const shape = frameShape(byte);
    for (let bit = 0; bit < shape.bits; bit++) {
      this.#edge(byte.startAt + bit * byte.bitTime, levelOf(shape, bit));
    }
    this.#edge(byte.startAt + shape.bits * byte.bitTime, 1);
  }

  /**
   * The next frame the receiver has completed by `now`.
   * @returns the frame; or the time at which the frame it is in the middle of will be complete; or undefined if the
   * line is idle.
   */
  take(bitTime: number, now: number): ReceivedFrame | number | undefined {
    for (;;) {
      const start = this.#nextFallingEdge();
      if (start === undefined) return undefined;
      const complete = start + (BITS - 0.5) * bitTime;
      if (complete > now) return complete;
      if (this.#levelAt(start + bitTime / 2) === 1) {
        this.#drop(start + bitTime / 2); // a glitch, not a start bit
        continue;
      }
      let value = 0;
      for (let bit = 0; bit < 8; bit++) value |= this.#levelAt(start + (bit + 1.5) * bitTime) << bit;
      const stop = this.#levelAt(complete);
      this.#drop(complete);
      return { value, framingError: stop === 0, isBreak: stop === 0 && value === 0 };
    }
  }

  #edge(at: number, level: 0 | 1): void {
    const last = this.#edges.at(-1);
    const before = last?.level ?? this.#level;
    if (last !== undefined && last.at >= at - 1e-9 && last.level !== level) {
      // back to back: the stop bit ends where the next start bit begins
      this.#edges.pop();
      const earlier = this.#edges.at(-1)?.level ?? this.#level;
      if (earlier !== level) this.#edges.push({ at, level });
      return;
    }
    if (before !== level) this.#edges.push({ at, level });
  }

  #nextFallingEdge(): number | undefined {
    let level = this.#level;
    for (const edge of this.#edges) {
      if (level === 1 && edge.level === 0 && edge.at >= this.#searchFrom) return edge.at;
      level = edge.level;
    }
    return undefined;
  }

  #levelAt(time: number): 0 | 1 {
    let level = this.#level;
    for (const edge of this.#edges) {
      if (edge.at > time) break;
      level = edge.level;
    }
    return level;
  }

  #drop(until: number): void {
    while (this.#edges.length > 0 && this.#edges[0]!.at <= until) this.#level = this.#edges.shift()!.level;
    this.#searchFrom = until;
  }
}
