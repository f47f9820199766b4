/**
 * The always-on corner of the chip: reset cause, software reset, the slow counter, sleep with its alarm, scratch words,
 * GPIO16's registers (as storage) and 1 KiB of memory that outlives every reset but not the power. ESP8266 Technical
 * Reference, "RTC"; NONOS SDK, eagle_soc.h; for sleep pvvx/esp8266web, app/ld_lib/bios/rtc_dtm.c.
 */
import type { ResetCause } from "../board/firmware.ts";
import type { SeededRandom } from "../world/seeded-random.ts";
import type { ChipTime } from "./chip-time.ts";
import { RTC } from "./registers.ts";

const SOFTWARE_RESET = 0x8000_0000;
/** In RTC.sleep: go to sleep now. */
const SLEEP_NOW = 1 << 20;
/** In RTC.wakeSource: the alarm wakes. */
const BY_ALARM = 1 << 3;
/** In RTC.powerDown, as the SDK's system_deep_sleep sets it: core and RAM. Light sleep leaves it clear. */
const CORE_OFF = 1 << 5;
/** In RTC.intSt: woken. (Bit 1: the sleep was refused. The SDK's start waits for one of the two.) */
const WOKEN = 1 << 0;
/** The slow clock, as the SDK's calibration finds it on common chips: about 170 kHz. */
export const SLOW_CLOCK_HZ = 170_000;
const SLOW_TICKS_PER_US: number = SLOW_CLOCK_HZ / 1e6;
const MEMORY_BYTES = 0x400;
/** eagle_soc.h / system_rtc_mem_read: user blocks begin 512 bytes into the RTC memory. */
const USER_MEMORY = 0x200;

export interface RtcWiring {
  /** Bit 31 of RTC_CTL was written. */
  softwareReset(): void;
  /** Core and RAM lose their power; they come back at this time (µs), or never. */
  deepSleep(until: number | undefined): void;
  interrupt(asserted: boolean): void;
}

export class Rtc {
  readonly memory: Uint8Array = new Uint8Array(MEMORY_BYTES);
  readonly #words: Uint32Array = new Uint32Array(this.memory.buffer);
  readonly #registers: Uint32Array = new Uint32Array(64);
  readonly #time: ChipTime;
  readonly #wiring: RtcWiring;
  #raised = 0;
  #cancelAlarm: (() => void) | undefined;
  cause: ResetCause = 1;

  constructor(time: ChipTime, wiring: RtcWiring) {
    this.#time = time;
    this.#wiring = wiring;
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

  /** The rest of the chip is reset: registers and memory stay. */
  reset(): void {
    this.#cancelAlarm?.();
    this.#cancelAlarm = undefined;
    this.#raised = 0;
  }

  read(offset: number): number {
    switch (offset) {
      case RTC.resetCause:
        return this.cause;
      case RTC.counter:
        this.#time.touched();
        return this.#counter();
      case RTC.intSt:
        return this.#raised;
      default:
        return this.#registers[offset >> 2] ?? 0;
    }
  }

  write(offset: number, value: number): void {
    this.#time.touched();
    if (offset === RTC.control && value & SOFTWARE_RESET) {
      this.#wiring.softwareReset();
      return;
    }
    if (offset === RTC.intClr) {
      this.#raised &= ~value;
      this.#updateInterrupt();
      return;
    }
    this.#registers[offset >> 2] = value;
    if (offset === RTC.sleep && value & SLEEP_NOW) this.#sleep();
    if (offset === RTC.intEna) this.#updateInterrupt();
  }

  readMemory(offset: number): number {
    return this.#words[offset >> 2] ?? 0;
  }

  writeMemory(offset: number, value: number): void {
    this.#time.touched();
    this.#words[offset >> 2] = value;
  }

  #counter(): number {
    return Math.floor(this.#time.now * SLOW_TICKS_PER_US) >>> 0;
  }

  /** In light sleep the core is not stopped: programs wait for the end of it. */
  #sleep(): void {
    this.#registers[RTC.sleep >> 2]! &= ~SLEEP_NOW;
    // An alarm that the counter has passed wakes at once.
    const ticks = Math.max(0, (this.#registers[RTC.alarm >> 2]! - this.#counter()) | 0);
    const wakes = (this.#registers[RTC.wakeSource >> 2]! & BY_ALARM) !== 0;
    const until = this.#time.now + ticks / SLOW_TICKS_PER_US;
    if (this.#registers[RTC.powerDown >> 2]! & CORE_OFF) {
      this.#wiring.deepSleep(wakes ? until : undefined);
      return;
    }
    this.#cancelAlarm?.();
    if (!wakes) return;
    this.#cancelAlarm = this.#time.at(until, () => {
      this.#raised |= WOKEN;
      this.#updateInterrupt();
    });
  }

  #updateInterrupt(): void {
    this.#wiring.interrupt((this.#raised & this.#registers[RTC.intEna >> 2]!) !== 0);
  }
}
