/**
 * Where the ROM keeps its variables in data RAM, and what it puts there. Addresses and contents are facts of the chip,
 * seen while the ROM runs; uploaded programs and Espressif's SDK read some of them.
 */

export const ROM_DATA = {
  /** 64 words: handler of each exception cause. Shared with the SDK. */
  exceptionTable: 0x3fffc000,
  /** Pointer to, and the description of the flash: id, size, block, sector, page, status mask. */
  flashChipPointer: 0x3fffc714,
  flashChip: 0x3fffc718,
  /** What ets_delay_us takes the core's frequency to be, MHz. */
  cpuFrequency: 0x3fffc704,
  /** Pointer to, and the table of the radio functions (radio-functions.ts). */
  radioFunctionsPointer: 0x3fffc730,
  radioFunctions: 0x3fffc734,
  lowerHexDigits: 0x3fffd848,
  upperHexDigits: 0x3fffd85c,
  /** What main() calls in the end; 0 for none. */
  userStart: 0x3fffdcd0,
  /** The function that takes the characters which the ROM's functions print for a program. */
  putc1: 0x3fffdd48,
  /** The reply under construction: direction, op, size, value, status, error. 10 bytes. */
  reply: 0x3fffde00,
  /** The packet being received; it keeps what earlier packets left. */
  packet: 0x3fffa000,
  packetSize: 0x2000,
  stackTop: 0x3ffffff0,
} as const;

/** id, size, block, sector, page, status mask as the ROM starts with them. */
export const FLASH_CHIP_DEFAULTS: readonly number[] = [0x001640ef, 0x0040_0000, 0x1_0000, 0x1000, 0x100, 0xffff];
