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

const { LOAD_PROHIBITED, STORE_PROHIBITED } = CAUSE;

// Copies of what other modules export: reading it there costs a call in modules transformed for a test runner.
const DATA_START = DRAM_BASE;
const DATA_BYTES = DRAM_SIZE;
const IRAM_START = IRAM_BASE;
const IRAM_BYTES = IRAM_SIZE;
const UNMAPPED = UNMAPPED_WORD;
const permitted = isPermitted;
const [SYSTEM_REGISTERS, PERIPHERALS] = MMIO_RANGES;

const PAGE_SHIFT = 15;
const PAGE_MASK = 0x7fff;
const PAGE_WORDS = 0x2000;
const FIRST_PAGE = DRAM_BASE >>> PAGE_SHIFT;
const PAGES = ((FLASH_WINDOW_BASE + FLASH_WINDOW_SIZE) >>> PAGE_SHIFT) - FIRST_PAGE;

/** A page without words: all of it reads as 0. */
const NOTHING = new Int32Array(0);

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
  /** The words of RAM, ROM and the flash window, by 32 KB of address space from the start of data RAM. */
  readonly #pages: (Int32Array | undefined)[] = new Array(PAGES).fill(undefined);
  #flashWindow: number | undefined;
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
    this.#showPages(DRAM_BASE, this.dram32);
    this.#showPages(IRAM_BASE, this.iram32);
    this.#showPages(ROM_BASE, this.rom32);
    this.flashWindow = 0;
  }

  /** Where in the flash the window begins, in bytes; undefined while the cache is off. */
  get flashWindow(): number | undefined {
    return this.#flashWindow;
  }

  set flashWindow(offset: number | undefined) {
    this.#flashWindow = offset;
    // With the cache off, or beyond the chip's size, nothing drives the bus: zeros.
    this.#pages.fill(NOTHING, (FLASH_WINDOW_BASE >>> PAGE_SHIFT) - FIRST_PAGE);
    if (offset === undefined) return;
    this.#showPages(FLASH_WINDOW_BASE, this.flash32.subarray(offset >> 2, (offset + FLASH_WINDOW_SIZE) >> 2));
  }

  /** The word at a word-aligned address, as a load sees it. */
  word(address: number): number {
    const page = this.#pages[(address >>> PAGE_SHIFT) - FIRST_PAGE];
    if (page !== undefined) return page[(address & PAGE_MASK) >> 2] ?? 0;
    if (isMmio(address)) {
      this.touchedMmio = true;
      return this.mmio.read32((address & ~3) >>> 0) | 0;
    }
    return UNMAPPED;
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
    if (!this.#check(address, 3, LOAD_PROHIBITED)) return 0;
    return this.word(address);
  }

  load16(address: number): number {
    if (!this.#check(address, 1, LOAD_PROHIBITED) || !this.#checkWidth(address)) return 0;
    return (this.word(address & ~3) >>> ((address & 2) * 8)) & 0xffff;
  }

  load8(address: number): number {
    if (!this.#check(address, 0, LOAD_PROHIBITED) || !this.#checkWidth(address)) return 0;
    return this.read8(address);
  }

  /** @returns the IRAM byte offset that was written, or -1: code may have changed there */
  store32(address: number, value: number): number {
    if (!this.#check(address, 3, STORE_PROHIBITED)) return -1;
    const dram = (address - DATA_START) >>> 0;
    if (dram < DATA_BYTES) {
      this.dram32[dram >> 2] = value;
      return -1;
    }
    const iram = (address - IRAM_START) >>> 0;
    if (iram < IRAM_BYTES) {
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
    if (!this.#check(address, 1, STORE_PROHIBITED) || !this.#checkWidth(address)) return;
    const dram = (address - DATA_START) >>> 0;
    if (dram < DATA_BYTES) this.dram16[dram >> 1] = value;
    else this.#storeLane(address, value & 0xffff);
  }

  store8(address: number, value: number): void {
    if (!this.#check(address, 0, STORE_PROHIBITED) || !this.#checkWidth(address)) return;
    const dram = (address - DATA_START) >>> 0;
    if (dram < DATA_BYTES) this.dram[dram] = value;
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

  #showPages(base: number, words: Int32Array): void {
    const first = (base >>> PAGE_SHIFT) - FIRST_PAGE;
    for (let page = 0; page * PAGE_WORDS < words.length; page++) {
      this.#pages[first + page] = words.subarray(page * PAGE_WORDS, (page + 1) * PAGE_WORDS);
    }
  }

  #check(address: number, alignment: number, prohibited: number): boolean {
    this.touchedMmio = false;
    if ((address & alignment) === 0 && permitted(address)) {
      this.fault = -1;
      return true;
    }
    this.fault = (address & alignment) === 0 ? prohibited : CAUSE.UNALIGNED;
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
  return (
    (unsigned >= PERIPHERALS.start && unsigned < PERIPHERALS.end) ||
    (unsigned >= SYSTEM_REGISTERS.start && unsigned < SYSTEM_REGISTERS.end)
  );
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
