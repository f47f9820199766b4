/**
 * The CPU of the virtual ESP8285: Tensilica's LX106 with the ESP8266's memory around it. It knows registers on buses
 * only through the Mmio port, and time only as cycles.
 *
 * Sources: Xtensa Instruction Set Architecture Reference Manual (XEA2), the ESP8266 Technical Reference.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { CpuPort, Mmio, RomHook } from "./contract.ts";
import { Core } from "./core.ts";
import { deliverInterrupt, raiseAt, TIMER_INTERRUPT } from "./exceptions.ts";
import { execute } from "./interpreter.ts";
import { Memory } from "./memory.ts";
import { FLASH_WINDOW_BASE, FLASH_WINDOW_SIZE, ROM_SIZE } from "./memory-map.ts";
import { PredecodedCode } from "./predecoded-code.ts";
import { ccount } from "./special-registers.ts";

export interface Lx106Options {
  readonly mmio: Mmio;
  /** The NOR array itself, not a copy: cached flash shows what is in it. After changing it call `flashChanged`. */
  readonly flash: Uint8Array;
  /** A dump of the mask ROM, 64 KB, from the owner's own chip. Without it the ROM reads as 0 and lives by hooks. */
  readonly rom?: Uint8Array | undefined;
  /** Multiplies every cycle cost, 0.25 to 8. Default 1. */
  readonly costScale?: number | undefined;
}

export class Lx106 extends Core implements CpuPort {
  /** Whether a ROM dump is there, so that its own code runs and no function of it may be hooked. */
  readonly hasRom: boolean;
  #sliceEnd = 0;

  constructor(options: Lx106Options) {
    const memory = new Memory(options.mmio, options.flash);
    const costScale = options.costScale ?? 1;
    if (!(costScale >= 0.25 && costScale <= 8)) {
      throw new PlugsmithError("bad-argument", {
        message: say`the scale of cycle costs is 0.25 to 8, not ${costScale}`,
      });
    }
    super(memory, new PredecodedCode(memory, costScale), costScale);
    this.hasRom = options.rom !== undefined;
    if (options.rom !== undefined) {
      if (options.rom.length !== ROM_SIZE) {
        throw new PlugsmithError("bad-argument", {
          message: say`a ROM dump has ${ROM_SIZE} bytes, this one ${options.rom.length}`,
        });
      }
      memory.rom.set(options.rom);
    }
  }

  /**
   * Executes until `cycles` reaches `limit` (the last instruction may overshoot it by what it costs) or someone calls
   * yieldSoon. Waiting for an interrupt passes at once.
   */
  run(limit: number): void {
    this.yielding = false;
    while (this.cycles < limit && !this.yielding) {
      if (this.cycles >= this.timerDue) {
        this.latched |= 1 << TIMER_INTERRUPT;
        this.timerDue += 2 ** 32;
      }
      deliverInterrupt(this);
      if (this.waiting) {
        this.cycles = Math.min(limit, this.timerDue);
        continue;
      }
      this.attention = false;
      this.#sliceEnd = Math.min(limit, this.timerDue);
      execute(this, this.#sliceEnd);
    }
  }

  passTime(until: number): boolean {
    const reached = until <= this.#sliceEnd;
    this.cycles = Math.max(this.cycles, reached ? until : this.#sliceEnd);
    return reached;
  }

  raise(cause: number, address: number): void {
    raiseAt(this, cause, address | 0);
  }

  yieldSoon(): void {
    this.yielding = true;
    this.attention = true;
  }

  setInterruptLevel(line: number, asserted: boolean): void {
    const mask = 1 << line;
    this.levels = asserted ? this.levels | mask : this.levels & ~mask;
    this.attention = true;
  }

  latchInterrupt(line: number): void {
    this.latched |= 1 << line;
    this.attention = true;
  }

  get pendingInterrupts(): number {
    return (this.levels | this.latched) & this.intenable;
  }

  clearLatchedInterrupts(mask: number): void {
    // The timer's is cleared by writing CCOMPARE0 only.
    this.latched &= ~mask | (1 << TIMER_INTERRUPT);
    this.attention = true;
  }

  /**
   * Puts a function in the place of the code at an address. It must set `cpu.pc` (to a0, for a function that returns)
   * and add what it costs to `cpu.cycles`.
   */
  hook(address: number, hook: RomHook): void {
    this.code.hook(address, () => hook(this));
  }

  /** The same for every address of the ROM that no hook covers. Not with a ROM dump. */
  hookRestOfRom(hook: RomHook): void {
    this.code.hookRestOfRom(() => hook(this));
  }

  /** Undoes `hook`. */
  unhook(address: number): void {
    this.code.unhook(address);
  }

  /** Bytes of the NOR array have changed (program, erase). Units: bytes from the start of the flash chip. */
  flashChanged(offset: number, length: number): void {
    const { flashWindow } = this.memory;
    if (flashWindow === undefined) return;
    const start = Math.max(0, offset - flashWindow);
    const end = Math.min(FLASH_WINDOW_SIZE, offset + length - flashWindow);
    if (end > start) this.invalidate(FLASH_WINDOW_BASE + start, end - start);
  }

  /** Code bytes changed at these addresses in another way than by the core's own stores and this object's writes. */
  invalidate(address: number, length: number): void {
    this.code.invalidate(address, length);
  }

  /** Which megabyte of the flash the window shows: offset of its first byte, or undefined with the cache off. */
  mapFlash(offset: number | undefined): void {
    if (offset === this.memory.flashWindow) return;
    this.memory.flashWindow = offset;
    // L32R reaches backwards only, so code before the window has no literals in it, unless LITBASE points there.
    if (this.litbase === 0) this.invalidate(FLASH_WINDOW_BASE, FLASH_WINDOW_SIZE);
    else this.code.invalidateAll();
    this.attention = true;
  }

  get ccount(): number {
    return ccount(this);
  }

  read8(address: number): number {
    return this.memory.read8(address);
  }

  read32(address: number): number {
    return this.memory.word(address & ~3);
  }

  write8(address: number, value: number): void {
    const shift = (address & 3) * 8;
    const span = this.memory.span(address, 1, true);
    if (span === undefined) this.write32(address & ~3, (value & 0xff) << shift);
    else {
      span.bytes[span.offset] = value;
      this.invalidate(address, 1);
    }
  }

  write32(address: number, value: number): void {
    if (this.memory.store32(address & ~3, value) >= 0) this.invalidate(address & ~3, 4);
  }

  readBlock(address: number, length: number): Uint8Array {
    const span = this.#span(address, length, false);
    return span.bytes.slice(span.offset, span.offset + length);
  }

  writeBlock(address: number, bytes: Uint8Array): void {
    const span = this.#span(address, bytes.length, true);
    span.bytes.set(bytes, span.offset);
    this.invalidate(address, bytes.length);
  }

  #span(address: number, length: number, forWriting: boolean): { bytes: Uint8Array; offset: number } {
    const span = this.memory.span(address, length, forWriting);
    if (span !== undefined) return span;
    throw new PlugsmithError("internal", {
      message: say`block of ${length} bytes at 0x${(address >>> 0).toString(16)} lies outside the virtual chip's memory`,
    });
  }
}
