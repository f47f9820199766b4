/**
 * A chip of another maker where an Espressif one was expected: it boots its own firmware whatever GPIO0 says, talks on
 * its serial pin at 115200 baud, and answers nothing that an ESP8266's loader would. Boot messages in the shape in which
 * people have published them for plugs with an RTL8710BN and a BK7231T; the later lines are invented.
 */
import type { BenchChip } from "../bench/bench-chip.ts";
import type { WireByte } from "../wire/contract.ts";
import type { SimClock } from "../world/clock.ts";

export type ForeignChipName = "RTL8710BN" | "BK7231T";

const BAUD = 115_200;
/** What it says, ms after power-up. */
export const FOREIGN_CHIPS: Readonly<Record<ForeignChipName, readonly (readonly [number, string])[]>> = {
  RTL8710BN: [
    [4, "ROM:[V0.1]\r\nFLASHRATE:4\r\nBOOT TYPE:0 XTAL:40000000\r\nIMG1 DATA[1128:10002000]\r\nIMG1 ENTER\r\n"],
    [1600, "[01-01 00:00:00 TUYA Notice][tuya_device.c:157] rtlbn_plug:1.0.3\r\n"],
    [4100, "[01-01 00:00:02 TUYA Notice][sf.c:33] unactivated, waiting\r\n"],
  ],
  // Its second serial port carries the log: on the pins that take the place of an ESP's it says this and no more.
  BK7231T: [[20, "\r\nV:BK7231S_1.0.5\r\nCPSR:000000D3\r\nR0:BFF7DFFF\r\nR1:FBDEFC77\r\nJ 0x10000\r\n"]],
};

export class ForeignChip implements BenchChip {
  /** Lies there untouched: what the chip runs is not looked at. */
  readonly flash: Uint8Array;
  readonly mac: Uint8Array;
  readonly incidents: readonly string[] = [];
  onTransmit: ((byte: WireByte) => void) | undefined;
  readonly #clock: SimClock;
  readonly #name: ForeignChipName;
  #powered = false;
  #reset: 0 | 1 = 1;
  #cancel: (() => void)[] = [];

  constructor(name: ForeignChipName, clock: SimClock, { mac, flash }: Pick<BenchChip, "mac" | "flash">) {
    this.#name = name;
    this.#clock = clock;
    this.mac = mac;
    this.flash = flash;
  }

  /** It hears, and has nothing to say to it. */
  receive(): void {}

  setGpio0(): void {}

  /** Nobody gets as far as its flash. */
  weakenFlash(): void {}

  setPower(on: boolean): void {
    this.#powered = on;
    this.#boot();
  }

  setReset(level: 0 | 1): void {
    if (level === this.#reset) return;
    this.#reset = level;
    this.#boot();
  }

  #boot(): void {
    for (const cancel of this.#cancel) cancel();
    this.#cancel = [];
    if (!this.#powered || this.#reset === 0) return;
    const bitTime = 1e6 / BAUD;
    for (const [after, words] of FOREIGN_CHIPS[this.#name]) {
      for (const [index, value] of new TextEncoder().encode(words).entries()) {
        const startAt = this.#clock.now + after * 1000 + index * 10 * bitTime;
        this.#cancel.push(this.#clock.at(startAt, () => this.onTransmit?.({ value, startAt, bitTime })));
      }
    }
  }
}
