/**
 * The ESP8266's address space as the core sees it.
 *
 * Sources: ESP8266 Technical Reference (memory layout), the linker scripts of Espressif's ESP8266 SDK (dram0_0_seg,
 * iram1_0_seg, irom0_0_seg), and the memory map in the esp8266.com wiki, whose authors read every hole of a real chip.
 */

/** Data RAM: 80 KB for programs, then 16 KB shared by the ROM and the SDK. Bytes, half words and words. */
export const DRAM_BASE = 0x3ffe8000;
export const DRAM_SIZE = 0x18000;

/** Mask ROM. Code and 32-bit data. */
export const ROM_BASE = 0x40000000;
export const ROM_SIZE = 0x10000;

/** Instruction RAM: 32 KB, then two banks of 16 KB that are RAM while the flash cache does not use them. 32-bit data. */
export const IRAM_BASE = 0x40100000;
export const IRAM_SIZE = 0x10000;

/** The window through which cached flash is seen, 1 MB of it at a time. Code and 32-bit data, read-only. */
export const FLASH_WINDOW_BASE = 0x40200000;
export const FLASH_WINDOW_SIZE = 0x100000;

/** Everything that can be executed lies between these: ROM, IRAM, the flash window. */
export const CODE_BASE = 0x40000000;
export const CODE_SIZE: number = FLASH_WINDOW_BASE + FLASH_WINDOW_SIZE - CODE_BASE;

/** What a word reads as where nothing answers ("repeated pattern of 00 80 00 00", esp8266.com wiki). */
export const UNMAPPED_WORD = 0x00008000;

/** Registers: DPORT and the Wi-Fi MAC, then the peripheral bus. Half-open ranges. */
export const MMIO_RANGES = [
  { start: 0x3ff00000, end: 0x3ffc0000 },
  { start: 0x60000000, end: 0x60100000 },
] as const;

/**
 * Access attribute of the 512 MB region that an address lies in, as the ROM sets up the region protection at reset: 15
 * nothing allowed, 1 cached (write-through), 2 not cached (ISA Reference Manual, region protection option; the regions
 * as read on a chip by the esp8266-re wiki, Boot Process).
 */
export function regionAttribute(address: number): 1 | 2 | 15 {
  const region = address >>> 29;
  return region === 0 ? 15 : region < 3 ? 1 : 2;
}

/**
 * Whether the region protection lets through what goes there. Otherwise it is a "prohibited" exception (causes 20, 28,
 * 29), which is what programs meet that follow a null pointer.
 */
export function isPermitted(address: number): boolean {
  return address >>> 29 !== 0;
}
