/**
 * The ESP8266's memory as an image must use it.
 * Sources: ESP8266 memory map (Espressif, linker scripts eagle.app.v6.ld and eagle.rom.addr.v6.ld of the NONOS SDK:
 * dram0_0_seg ends where the ROM's own data begin, 0x3fffc000); ESP8266 Arduino core, bootloaders/eboot/eboot.ld and
 * eboot.c (what it loads, and where it runs itself).
 */
export interface MemoryRange {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export const DATA_RAM: MemoryRange = { from: 0x3ffe8000, to: 0x3fffc000 };
/** The upper end of data RAM: variables and stack of the boot ROM, shared with the SDK. */
export const ROM_DATA_RAM: MemoryRange = { from: 0x3fffc000, to: 0x40000000 };
export const INSTRUCTION_RAM: MemoryRange = { from: 0x40100000, to: 0x40110000 };
/** What a second-stage loader fills; itself it runs in the last 4 KiB. */
export const APPLICATION_RAM: MemoryRange = { from: 0x40100000, to: 0x4010c000 };
export const LOADER_RAM: MemoryRange = { from: 0x4010f000, to: 0x40110000 };
/** The first megabyte of flash, once a program has switched the cache on. */
export const MAPPED_FLASH: MemoryRange = { from: 0x40200000, to: 0x40300000 };

export function holds({ from, to }: MemoryRange, address: number): boolean {
  return address >= from && address < to;
}
