/**
 * The chip's pins as wires: what the chip drives, what the world drives, and who wins. Numbers are GPIO numbers, 0 to
 * 16. GPIO0, 2 have pull-ups and GPIO15 has a pull-down on every ESP8266 board (they are the straps).
 *
 * Knows nothing of registers; gpio.ts and a firmware model drive it.
 */

export type Level = 0 | 1;

/** ESP8266 Technical Reference, "Boot mode": MTDO (15) must be low, GPIO2 high, GPIO0 decides. */
const IDLE_LOW = 1 << 15;
export const PIN_COUNT = 17;

export class Pins {
  /** Called when a pin's level may have changed: bit per GPIO that did. */
  onChange: ((changed: number) => void) | undefined;
  /** Called once per contention: the chip drives a pin against something outside that is stronger. */
  onContention: ((gpio: number, driven: Level) => void) | undefined;

  /** Bit per GPIO: outside drives it, and to what. */
  #heldMask = 0;
  #held = 0;
  #outputMask = 0;
  #output = 0;
  #levels: number = ~IDLE_LOW & 0x1ffff;
  #contended = 0;

  /** Level of every pin, bit per GPIO. An outside connection to a rail is stronger than the chip's driver. */
  get levels(): number {
    return this.#levels;
  }

  level(gpio: number): Level {
    return ((this.#levels >>> gpio) & 1) as Level;
  }

  /** What the world connects the pin to; undefined: nothing but the board's pull resistor. */
  hold(gpio: number, level: Level | undefined): void {
    const bit = 1 << gpio;
    this.#heldMask = level === undefined ? this.#heldMask & ~bit : this.#heldMask | bit;
    this.#held = level === 1 ? this.#held | bit : this.#held & ~bit;
    this.#update();
  }

  /** What the chip drives: bit per GPIO enabled as an output, and its value. */
  drive(outputMask: number, output: number): void {
    if (outputMask === this.#outputMask && output === this.#output) return;
    this.#outputMask = outputMask;
    this.#output = output;
    this.#update();
  }

  #update(): void {
    const floating = ~IDLE_LOW & 0x1ffff;
    const driven = (floating & ~this.#outputMask) | (this.#output & this.#outputMask);
    const levels = (driven & ~this.#heldMask) | (this.#held & this.#heldMask);
    const contended = this.#outputMask & this.#heldMask & (this.#output ^ this.#held);
    const changed = levels ^ this.#levels;
    const fresh = contended & ~this.#contended;
    this.#levels = levels;
    this.#contended = contended;
    for (let gpio = 0; gpio < PIN_COUNT; gpio++) {
      if (fresh & (1 << gpio)) this.onContention?.(gpio, ((this.#output >>> gpio) & 1) as Level);
    }
    if (changed !== 0) this.onChange?.(changed);
  }
}
