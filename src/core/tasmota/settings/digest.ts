/**
 * The two digests of a settings sector.
 * Source: Tasmota tasmota/tasmota_support/settings.ino (GetSettingsCrc, GetCfgCrc32).
 */

const POLYNOMIAL = 0xedb88320;

const TABLE: readonly number[] = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value >>> 0;
});

/** CRC-32 as the firmware computes it: reflected 0xEDB88320, start value 0, inverted at the end. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 0xff]!;
  return ~crc >>> 0;
}

/** Bytes under the old sum: the first 3584, or all in versions 6.6.0.7 to 6.6.0.10. */
const OLD_SPAN = 3584;

/** The 16-bit weighted sum that old firmware checks: byte i counts i + 1 times, the sum's own place is left out. */
export function weightedSum(bytes: Uint8Array, span: number = OLD_SPAN): number {
  let sum = 0;
  for (let i = 0; i < span; i++) if (i !== 14 && i !== 15) sum = (sum + bytes[i]! * (i + 1)) & 0xffff;
  return sum;
}
