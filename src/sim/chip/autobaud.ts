/**
 * The baud-rate measurement of a UART (uart_register.h: UART_AUTOBAUD, LOWPULSE, HIGHPULSE, RXD_CNT): while it is
 * enabled it counts the edges on RXD and keeps the shortest low and the shortest high pulse, in APB clocks.
 */
import type { WireByte } from "../wire/contract.ts";
import { frameShape, levelOf } from "../wire/frame-format.ts";

/** The hardware's synchroniser and glitch filter swallow this much of each pulse: the ROM adds it back. */
const SWALLOWED_CLOCKS = 12;
const PULSE_MAX = 0xfffff;
const EDGES_MAX = 0x3ff;

export class Autobaud {
  /** UART_AUTOBAUD as written: bit 0 enables. */
  control = 0;
  edges = 0;
  /** Shortest pulses so far, APB clocks. */
  low: number = PULSE_MAX;
  high: number = PULSE_MAX;
  #levelSince = 0;
  #level = 1;

  get enabled(): boolean {
    return (this.control & 1) !== 0;
  }

  /** A change of the enable bit starts a new measurement. */
  write(value: number): void {
    const was = this.enabled;
    this.control = value;
    if (this.enabled === was) return;
    this.edges = 0;
    this.low = this.high = PULSE_MAX;
    this.#level = 1;
    this.#levelSince = Number.NEGATIVE_INFINITY;
  }

  observe(byte: WireByte, apbHz: number): void {
    if (!this.enabled) return;
    const shape = frameShape(byte);
    for (let bit = 0; bit < shape.bits; bit++) {
      this.#sample(levelOf(shape, bit), byte.startAt + bit * byte.bitTime, apbHz);
    }
    this.#sample(1, byte.startAt + shape.bits * byte.bitTime, apbHz);
  }

  #sample(level: number, at: number, apbHz: number): void {
    if (level === this.#level) return;
    const clocks = Math.round(((at - this.#levelSince) * apbHz) / 1e6) - SWALLOWED_CLOCKS;
    // the first falling edge ends a pulse of unknown length
    if (Number.isFinite(clocks)) {
      if (level === 1) this.low = Math.min(this.low, Math.max(0, clocks));
      else this.high = Math.min(this.high, Math.max(0, clocks));
    }
    this.edges = Math.min(EDGES_MAX, this.edges + 1);
    this.#level = level;
    this.#levelSince = at;
  }
}
