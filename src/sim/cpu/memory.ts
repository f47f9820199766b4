/**
 * RAM, ROM and cached flash of the chip, and the rules of its data bus. Registers are passed on to the Mmio port.
 * Knows nothing of instructions; faults are returned as causes, not thrown, because guest programs use them on purpose
 * (byte reads from flash are emulated in an exception handler).
 */
import type { Mmio } from "./contract.ts";
import {
  DRAM_BASE,
  DRAM_SIZE,
  FLASH_WINDOW_BASE,
  FLASH_WINDOW_SIZE,
  IRAM_BASE,
  IRAM_SIZE,
  isPermitted,
  MMIO_RANGES,
  ROM_BASE,
  ROM_SIZE,
  UNMAPPED_WORD,
} from "./memory-map.ts";

/** EXCCAUSE values (Xtensa ISA Reference Manual, table of exception causes). */
export const CAUSE = {
  ILLEGAL_INSTRUCTION: 0,
  SYSCALL: 1,
  FETCH_ERROR: 2,
  LOAD_STORE_ERROR: 3,
  LEVEL1_INTERRUPT: 4,
  UNALIGNED: 9,
  FETCH_PROHIBITED: 20,
  LOAD_PROHIBITED: 28,
  STORE_PROHIBITED: 29,
} as const;

export class Memory {
  readonly dram: Uint8Array = new Uint8Array(DRAM_SIZE);
  readonly dram16: Uint16Array;
  readonly dram32: Int32Array;
  readonly rom: Uint8Array = new Uint8Array(ROM_SIZE);
  readonly rom32: Int32Array;
  readonly iram: Uint8Array = new Uint8Array(IRAM_SIZE);
  readonly iram32: Int32Array;
  readonly flash: Uint8Array;
  readonly flash32: Int32Array;
  /** Where in the flash the window begins, in bytes; undefined while the cache is off. */
  flashWindow: number | undefined = 0;
  readonly mmio: Mmio;
  /** Cause of the fault that the last load or store met, or -1. */
  fault = -1;
  /** Whether the last load or store went to a register. */
  touchedMmio = false;

  /** @param flash the live NOR array; a multiple of 4 bytes long, 4-byte aligned in its buffer */
  constructor(mmio: Mmio, flash: Uint8Array) {
    this.mmio = mmio;
    this.flash = flash;
    this.dram16 = new Uint16Array(this.dram.buffer);
    this.dram32 = new Int32Array(this.dram.buffer);
    this.rom32 = new Int32Array(this.rom.buffer);
    this.iram32 = new Int32Array(this.iram.buffer);
    this.flash32 = new Int32Array(flash.buffer, flash.byteOffset, flash.byteLength >> 2);
  }

  /** The word at a word-aligned address, as a load sees it. */
  word(address: number): number {
    const dram = (address - DRAM_BASE) >>> 0;
    if (dram < DRAM_SIZE) return this.dram32[dram >> 2]!;
    const flash = (address - FLASH_WINDOW_BASE) >>> 0;
    if (flash < FLASH_WINDOW_SIZE) return this.#flashWord(flash);
    const iram = (address - IRAM_BASE) >>> 0;
    if (iram < IRAM_SIZE) return this.iram32[iram >> 2]!;
    const rom = (address - ROM_BASE) >>> 0;
    if (rom < ROM_SIZE) return this.rom32[rom >> 2]!;
    if (isMmio(address)) {
      this.touchedMmio = true;
      return this.mmio.read32((address & ~3) >>> 0) | 0;
    }
    return UNMAPPED_WORD;
  }

  /** 24 bits of code from any byte address, the first byte lowest; undefined where nothing can be fetched. */
  fetch(pc: number): number | undefined {
    if (!isExecutable(pc)) return undefined;
    const first = this.word(pc & ~3);
    const shift = (pc & 3) * 8;
    if (shift <= 8) return (first >>> shift) & 0xffffff;
    const rest = isExecutable(pc + 2) ? this.word((pc & ~3) + 4) : 0;
    return ((first >>> shift) | (rest << (32 - shift))) & 0xffffff;
  }

  load32(address: number): number {
    if (!this.#check(address, 3, CAUSE.LOAD_PROHIBITED)) return 0;
    return this.word(address);
  }

  load16(address: number): number {
    if (!this.#check(address, 1, CAUSE.LOAD_PROHIBITED) || !this.#checkWidth(address)) return 0;
    return (this.word(address & ~3) >>> ((address & 2) * 8)) & 0xffff;
  }

  load8(address: number): number {
    if (!this.#check(address, 0, CAUSE.LOAD_PROHIBITED) || !this.#checkWidth(address)) return 0;
    return this.read8(address);
  }

  /** @returns the IRAM byte offset that was written, or -1: code may have changed there */
  store32(address: number, value: number): number {
    if (!this.#check(address, 3, CAUSE.STORE_PROHIBITED)) return -1;
    const dram = (address - DRAM_BASE) >>> 0;
    if (dram < DRAM_SIZE) {
      this.dram32[dram >> 2] = value;
      return -1;
    }
    const iram = (address - IRAM_BASE) >>> 0;
    if (iram < IRAM_SIZE) {
      this.iram32[iram >> 2] = value;
      return iram;
    }
    if (isMmio(address)) {
      this.touchedMmio = true;
      this.mmio.write32(address >>> 0, value >>> 0);
    } else if (isReadOnly(address)) this.fault = CAUSE.LOAD_STORE_ERROR;
    return -1;
  }

  store16(address: number, value: number): void {
    if (!this.#check(address, 1, CAUSE.STORE_PROHIBITED) || !this.#checkWidth(address)) return;
    const dram = (address - DRAM_BASE) >>> 0;
    if (dram < DRAM_SIZE) this.dram16[dram >> 1] = value;
    else this.#storeLane(address, value & 0xffff);
  }

  store8(address: number, value: number): void {
    if (!this.#check(address, 0, CAUSE.STORE_PROHIBITED) || !this.#checkWidth(address)) return;
    const dram = (address - DRAM_BASE) >>> 0;
    if (dram < DRAM_SIZE) this.dram[dram] = value;
    else this.#storeLane(address, value & 0xff);
  }

  /** A byte without any of the rules. */
  read8(address: number): number {
    return (this.word(address & ~3) >>> ((address & 3) * 8)) & 0xff;
  }

  /**
   * RAM and ROM behind an address range, for block access; flash is not writable through it.
   * @returns the memory's bytes and the offset in them, or undefined where the range leaves them
   */
  span(address: number, length: number, forWriting: boolean): { bytes: Uint8Array; offset: number } | undefined {
    const within = (base: number, size: number): boolean => {
      const offset = (address - base) >>> 0;
      return offset < size && offset + length <= size;
    };
    if (within(DRAM_BASE, DRAM_SIZE)) return { bytes: this.dram, offset: (address - DRAM_BASE) >>> 0 };
    if (within(IRAM_BASE, IRAM_SIZE)) return { bytes: this.iram, offset: (address - IRAM_BASE) >>> 0 };
    if (forWriting) return undefined;
    if (within(ROM_BASE, ROM_SIZE)) return { bytes: this.rom, offset: (address - ROM_BASE) >>> 0 };
    if (this.flashWindow !== undefined && within(FLASH_WINDOW_BASE, FLASH_WINDOW_SIZE)) {
      const offset = this.flashWindow + ((address - FLASH_WINDOW_BASE) >>> 0);
      if (offset + length <= this.flash.length) return { bytes: this.flash, offset };
    }
    return undefined;
  }

  /** Index into flash32 of a word in the window, or -1 where the cache shows nothing. */
  flashWordIndex(address: number): number {
    const offset = (address - FLASH_WINDOW_BASE) >>> 0;
    if (offset >= FLASH_WINDOW_SIZE || this.flashWindow === undefined) return -1;
    const index = (this.flashWindow + offset) >>> 2;
    return index < this.flash32.length ? index : -1;
  }

  #flashWord(offset: number): number {
    // With the cache off, or beyond the chip's size, nothing drives the bus.
    return this.flashWindow === undefined ? 0 : (this.flash32[(this.flashWindow + offset) >>> 2] ?? 0);
  }

  #check(address: number, alignment: number, prohibited: number): boolean {
    this.touchedMmio = false;
    if ((address & alignment) !== 0) this.fault = CAUSE.UNALIGNED;
    else if (!isPermitted(address)) this.fault = prohibited;
    else {
      this.fault = -1;
      return true;
    }
    return false;
  }

  /** ROM, IRAM and flash hang on the instruction bus, which moves whole words only. */
  #checkWidth(address: number): boolean {
    if (address >>> 29 !== 2) return true;
    this.fault = CAUSE.LOAD_STORE_ERROR;
    return false;
  }

  /** The peripheral bus has no byte enables: a narrow store writes the whole register, zero elsewhere. */
  #storeLane(address: number, value: number): void {
    if (!isMmio(address)) return;
    this.touchedMmio = true;
    this.mmio.write32((address & ~3) >>> 0, (value << ((address & 3) * 8)) >>> 0);
  }
}

function isMmio(address: number): boolean {
  const unsigned = address >>> 0;
  return MMIO_RANGES.some(({ start, end }) => unsigned >= start && unsigned < end);
}

function isReadOnly(address: number): boolean {
  return (address - ROM_BASE) >>> 0 < ROM_SIZE || (address - FLASH_WINDOW_BASE) >>> 0 < FLASH_WINDOW_SIZE;
}

function isExecutable(pc: number): boolean {
  return (
    (pc - ROM_BASE) >>> 0 < ROM_SIZE ||
    (pc - IRAM_BASE) >>> 0 < IRAM_SIZE ||
    (pc - FLASH_WINDOW_BASE) >>> 0 < FLASH_WINDOW_SIZE
  );
}
