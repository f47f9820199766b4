/** ChipTime for tests of single blocks: the clock's own time, and counts of what a core would have noticed. */
import type { ChipTime, ClockDomains } from "../../src/sim/chip/chip-time.ts";
import { SimClock } from "../../src/sim/world/clock.ts";

export class BlockTime implements ChipTime {
  readonly clock: SimClock = new SimClock();
  touches = 0;
  wakes = 0;

  get now(): number {
    return this.clock.now;
  }

  at(time: number, action: () => void): () => void {
    return this.clock.at(time, action);
  }

  wake(): void {
    this.wakes++;
  }

  touched(): void {
    this.touches++;
  }

  /** Lets µs pass. */
  pass(us: number): void {
    this.clock.runInternal(this.clock.now + us);
  }
}

/** The boot ROM's clocks: twice the 26 MHz crystal. */
export const ROM_CLOCKS: ClockDomains = { apbHz: 52e6, cpuHz: 52e6 };
