/**
 * Room on a 1 MiB chip: for the program, and beside it for the next one. An upgrade is laid down whole between the
 * running program and the settings before it takes its place, so what counts is the file as it travels.
 * Sources: Tasmota boards/esp8266_1M.json (maximum_size); Arduino core for ESP8266 Updater.cpp (begin: free space from
 * the sketch's end, rounded up to a sector, to FS_start) and tools/sdk/ld/eagle.flash.1m.ld (FS_start 0x402FB000).
 */

/** Bytes of flash below the settings. */
export const PROGRAM_SPACE_1MIB = 0xf3000;
/** Where an upgrade that waits to be installed ends. */
const STAGING_END = 0xfb000;
const SECTOR = 0x1000;

/** Bytes that an upgrade may have beside a program of this many bytes. */
export function roomBeside(programBytes: number): number {
  return STAGING_END - Math.ceil(programBytes / SECTOR) * SECTOR;
}
