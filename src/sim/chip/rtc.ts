/**
 * The always-on corner of the chip: reset cause, software reset, the slow counter, four scratch words, GPIO16's
 * registers (as storage) and 1 KiB of memory that outlives every reset but not the power. ESP8266 Technical Reference,
 * "RTC"; NONOS SDK, eagle_soc.h.
 */
import type { ResetCause } from "../board/firmware.ts";
import type { SeededRandom } from "../world/seeded-random.ts";
import type { ChipTime } from "./chip-time.ts";

/** Offsets from 0x60000700. */
const CONTROL = 0x00;
const RESET_CAUSE = 0x14;
const COUNTER = 0x1c;
const SOFTWARE_RESET = 0x8000_0000;
/** Ticks per µs of the slow clock, as the SDK's calibration finds it: about 170 kHz. */
const SLOW_TICKS_PER_US = 0.17;
const MEMORY_BYTES = 0x400;
/** eagle_soc.h / system_rtc_mem_read: user blocks begin 512 bytes into the RTC memory. */
const USER_MEMORY = 0x200;

export class Rtc {
  readonly memory: Uint8Array = new Uint8Array(MEMORY_BYTES);
  readonly #words: Uint32Array = new Uint32Array(this.memory.buffer);
  readonly #registers: Uint32Array = new Uint32Array(64);
  readonly #time: ChipTime;
  readonly #softwareReset: () => void;
  cause: ResetCause = 1;

  /** @param softwareReset bit 31 of RTC_CTL was written. */
  constructor(time: ChipTime, softwareReset: () => void) {
    this.#time = time;
    this.#softwareReset = softwareReset;
  }

  /** The 512 bytes that firmware may use. */
  get userMemory(): Uint8Array {
    return this.memory.subarray(USER_MEMORY);
  }

  /** What RAM holds after the power came is chance. */
  powerUp(random: SeededRandom): void {
    for (let word = 0; word < this.#words.length; word++) this.#words[word] = random.uint32();
    this.#registers.fill(0);
  }

  read(offset: number): number {
    if (offset === RESET_CAUSE) return this.cause;
    if (offset === COUNTER) {
      this.#time.touched();
      return Math.floor(this.#time.now * SLOW_TICKS_PER_US) >>> 0;
    }
    return this.#registers[offset >> 2] ?? 0;
  }

  write(offset: number, value: number): void {
    this.#time.touched();
    if (offset === CONTROL && value & SOFTWARE_RESET) {
      this.#softwareReset();
      return;
    }
    this.#registers[offset >> 2] = value;
  }

  readMemory(offset: number): number {
    return this.#words[offset >> 2] ?? 0;
  }

  writeMemory(offset: number, value: number): void {
    this.#time.touched();
    this.#words[offset >> 2] = value;
  }
}
