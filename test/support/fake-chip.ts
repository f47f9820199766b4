/** A chip small enough to see through, for tests of the bench: it records what its pins meet and sends what it is told. */

import type { BenchChip } from "../../src/sim/bench/bench-chip.ts";
import type { FirmwareHost, FirmwareModel, RunningFirmware } from "../../src/sim/board/firmware.ts";
import type { WireByte } from "../../src/sim/wire/contract.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";

export class FakeChip implements BenchChip {
  readonly flash: Uint8Array = new Uint8Array(4096).fill(0xff);
  readonly mac: Uint8Array = Uint8Array.from([0xc4, 0x4f, 0x33, 1, 2, 3]);
  readonly incidents: string[] = [];
  readonly received: WireByte[] = [];
  readonly pins: string[] = [];
  onTransmit: ((byte: WireByte) => void) | undefined;
  /** Sent at every boot, at the ROM's 74880 baud. */
  greeting = "";
  /** Booted like an image in flash, where there is one; it gets nothing but the clock. */
  firmware: FirmwareModel | undefined;
  powered = false;
  reset: 0 | 1 = 1;
  gpio0: 0 | undefined;
  readonly #clock: SimClock;
  #running: RunningFirmware | undefined;
  #freeAt = 0;
  #sending: (() => void)[] = [];

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  receive(byte: WireByte, copies = 1): void {
    for (let copy = 0; copy < copies; copy++) this.received.push(byte);
  }

  weakenFlash(): void {}

  setPower(on: boolean): void {
    this.pins.push(on ? "power on" : "power off");
    this.powered = on;
    this.#boot();
  }

  setReset(level: 0 | 1): void {
    if (level === this.reset) return;
    this.pins.push(`reset ${level}`);
    this.reset = level;
    this.#boot();
  }

  setGpio0(level: 0 | undefined): void {
    this.gpio0 = level;
  }

  send(bytes: readonly number[], baud: number): void {
    const bitTime = 1e6 / baud;
    for (const value of bytes) {
      const startAt = Math.max(this.#clock.now, this.#freeAt);
      this.#freeAt = startAt + 10 * bitTime;
      this.#sending.push(this.#clock.at(startAt, () => this.onTransmit?.({ value, startAt, bitTime })));
    }
  }

  #boot(): void {
    this.#running?.stop();
    this.#running = undefined;
    for (const cancel of this.#sending) cancel();
    this.#sending = [];
    this.#freeAt = 0;
    if (!this.powered || this.reset === 0) return;
    this.pins.push(`boot with gpio0 ${this.gpio0 ?? 1}`);
    this.#running = this.firmware?.boot({ clock: this.#clock } as FirmwareHost);
    this.send(
      Array.from(this.greeting, (letter) => letter.charCodeAt(0)),
      74880,
    );
  }
}
