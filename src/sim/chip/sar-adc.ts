/**
 * The analog-digital converter beside the I²C master (0x60000d50 to 0x60000d9f). Setting bit 1 of its first register
 * starts eight conversions, whose results lie inverted in eight registers: Espressif's adc_read as used by
 * cnlohr/esp8266ws2812i2s and its relatives (hs_adc), and embox's drivers/adc for the ESP8266. Knows one voltage, the
 * supply's.
 */
import type { Block } from "./bus.ts";

export const SAR_ADC = { first: 0x50, last: 0x9c } as const;
const CONTROL = 0x50;
const RESULTS = 0x80;
/** CONTROL[26:24]: 0 when the conversions are done: at once. */
const STATE = 7 << 24;
const RESULT_BITS = 0x7ff;
/** A code of this size is what the SDK's phy_get_vdd33 makes 3.3 V of (Tasmota shows it as Vcc). */
const SUPPLY_CODE = 0x5ea;

export class SarAdc implements Block {
  readonly #words: Uint32Array = new Uint32Array(64);

  reset(): void {
    this.#words.fill(0);
  }

  read(offset: number): number {
    if (offset >= RESULTS) return ~SUPPLY_CODE & RESULT_BITS;
    const word = this.#words[offset >> 2]!;
    return offset === CONTROL ? word & ~STATE : word;
  }

  write(offset: number, value: number): void {
    this.#words[offset >> 2] = value;
  }
}
