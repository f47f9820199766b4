/** Everything the chip sent since power-up as the wire carried it, compactly, and what a receiver at a rate hears. */
import { SimClock } from "../world/clock.ts";
import type { WireByte } from "./contract.ts";
import { UartReceiver } from "./uart-receiver.ts";

export class ChipLog {
  #values = new Uint8Array(1024);
  #starts = new Float64Array(1024);
  #bitTimes = new Float32Array(1024);
  #count = 0;

  clear(): void {
    this.#count = 0;
  }

  add(byte: WireByte): void {
    if (this.#count === this.#values.length) this.#grow();
    this.#values[this.#count] = byte.value;
    this.#starts[this.#count] = byte.startAt;
    this.#bitTimes[this.#count] = byte.bitTime;
    this.#count++;
  }

  /** What a receiver at this rate would have heard, one character per byte (Latin-1). */
  heard(baud: number): string {
    const clock = new SimClock();
    const heard: string[] = [];
    const receiver = new UartReceiver(clock, 1e6 / baud, (value) => heard.push(String.fromCharCode(value)));
    for (let i = 0; i < this.#count; i++) {
      const startAt = this.#starts[i]!;
      clock.runInternal(startAt);
      receiver.frame({ value: this.#values[i]!, startAt, bitTime: this.#bitTimes[i]! });
    }
    clock.runInternal(clock.now + 1e6);
    return heard.join("");
  }

  #grow(): void {
    const size = this.#values.length * 2;
    const values = new Uint8Array(size);
    values.set(this.#values);
    const starts = new Float64Array(size);
    starts.set(this.#starts);
    const bitTimes = new Float32Array(size);
    bitTimes.set(this.#bitTimes);
    this.#values = values;
    this.#starts = starts;
    this.#bitTimes = bitTimes;
  }
}
