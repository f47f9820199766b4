/**
 * The clock tree. After reset everything runs from the doubled 26 MHz crystal: 52 MHz. Software programs the PLL
 * through an internal I²C master (register 0x60000d10: block, register, data; block 67h registers 1 and 2), as every
 * SDK does first thing with 88h and 91h; from then on APB has 80 MHz and the core 80 or 160. The registers of the ADC lie
 * in the same block.
 */
import type { Block } from "./bus.ts";
import type { ClockDomains } from "./chip-time.ts";
import { SAR_ADC, SarAdc } from "./sar-adc.ts";

export const CRYSTAL_HZ = 26_000_000;
const PLL_APB_HZ = 80_000_000;
/** Offset in the I²C master's block; the command's fields. */
const HOST4 = 0x10;
const WRITE = 1 << 24;
const BUSY = 1 << 25;
const PLL_BLOCK = 0x67;
/** Values for a 26 MHz crystal. */
const PLL_SETTINGS = new Map([
  [1, 0x88],
  [2, 0x91],
]);

const isAdc = (offset: number): boolean => offset >= SAR_ADC.first && offset <= SAR_ADC.last;

export class Pll implements Block, ClockDomains {
  apbHz: number = 2 * CRYSTAL_HZ;
  cpuHz: number = 2 * CRYSTAL_HZ;
  readonly #programmed: Map<number, number> = new Map();
  readonly #words: Uint32Array = new Uint32Array(64);
  readonly #adc: SarAdc = new SarAdc();
  readonly #changing: () => () => void;
  #doubled = false;

  /** @param changing called before the clocks change; what it returns is called after. */
  constructor(changing: () => () => void) {
    this.#changing = changing;
  }

  reset(): void {
    this.#programmed.clear();
    this.#adc.reset();
    this.#words.fill(0);
    this.#doubled = false;
    this.#update();
  }

  doubleCpuClock(on: boolean): void {
    this.#doubled = on;
    this.#update();
  }

  read(offset: number): number {
    if (isAdc(offset)) return this.#adc.read(offset);
    // A read of an analog register gives all ones; the master is never busy.
    return (this.#words[offset >> 2]! | 0x00ff_0000) & ~BUSY;
  }

  write(offset: number, value: number): void {
    if (isAdc(offset)) {
      this.#adc.write(offset, value);
      return;
    }
    this.#words[offset >> 2] = value;
    if (offset !== HOST4 || (value & WRITE) === 0 || (value & 0xff) !== PLL_BLOCK) return;
    this.#programmed.set((value >>> 8) & 0xff, (value >>> 16) & 0xff);
    this.#update();
  }

  #update(): void {
    const locked = [...PLL_SETTINGS].every(([register, data]) => this.#programmed.get(register) === data);
    const apbHz = locked ? PLL_APB_HZ : 2 * CRYSTAL_HZ;
    const cpuHz = apbHz * (this.#doubled ? 2 : 1);
    if (apbHz === this.apbHz && cpuHz === this.cpuHz) return;
    const changed = this.#changing();
    this.apbHz = apbHz;
    this.cpuHz = cpuHz;
    changed();
  }
}
