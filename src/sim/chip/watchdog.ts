/**
 * The hardware watchdog (NONOS SDK, eagle_soc.h: PERIPHS_WDT_BASEADDR, WDT_CTL, WDT_OP, WDT_OP_ND, WDT_RST). It has
 * two stages: the first raises an interrupt, where that is enabled (the SDK notes there what the core was doing, for the
 * restart's reason), the second resets the chip. Not fed for the sum of both, it resets. The SDK's "soft" watchdog is
 * another thing: it hangs on the MAC's timer (libpp.a, pp_soft_wdt_init).
 */
import type { ChipTime, ClockDomains } from "./chip-time.ts";

/** Offsets from 0x60000900. */
const CONTROL = 0x00;
const STAGE0 = 0x04;
const STAGE1 = 0x08;
const FEED = 0x14;
const ENABLE = 1;
const FEED_WORD = 0x73;
/**
 * A stage lasts 2^n times this many APB clocks. The SDK programs 11 and 13 at 80 MHz, and its users see the reset
 * about 8 s after the last feed (ESP8266 Arduino core documentation, "Watchdog"): 1.7 s + 6.7 s.
 */
const UNIT_CLOCKS = 0x10000;

export class Watchdog {
  readonly #time: ChipTime;
  readonly #clocks: ClockDomains;
  readonly #bark: () => void;
  readonly #bite: () => void;
  readonly #registers: Uint32Array = new Uint32Array(8);
  #cancel: (() => void) | undefined;

  /**
   * @param bark the first stage has run out: an interrupt where it is enabled.
   * @param bite the second has run out, too.
   */
  constructor(time: ChipTime, clocks: ClockDomains, bark: () => void, bite: () => void) {
    this.#time = time;
    this.#clocks = clocks;
    this.#bark = bark;
    this.#bite = bite;
  }

  reset(): void {
    this.#registers.fill(0);
    this.#cancel?.();
    this.#cancel = undefined;
  }

  read(offset: number): number {
    return this.#registers[offset >> 2] ?? 0;
  }

  write(offset: number, value: number): void {
    this.#time.touched();
    if (offset === FEED) {
      if ((value & 0xff) === FEED_WORD) this.#arm();
      return;
    }
    if (offset >> 2 < this.#registers.length) this.#registers[offset >> 2] = value;
    if (offset === CONTROL || offset === STAGE0 || offset === STAGE1) this.#arm();
  }

  #arm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if ((this.read(CONTROL) & ENABLE) === 0) return;
    const stage = (offset: number): number => (UNIT_CLOCKS * 2 ** (this.read(offset) & 0xf) * 1e6) / this.#clocks.apbHz;
    this.#cancel = this.#time.at(this.#time.now + stage(STAGE0), () => {
      this.#cancel = this.#time.at(this.#time.now + stage(STAGE1), () => {
        this.#cancel = undefined;
        this.#bite();
      });
      this.#bark();
    });
  }
}
