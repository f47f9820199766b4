/**
 * The two digests of a settings sector. Written for the firmware model alone; the host has its own.
 * Source: Tasmota tasmota_support/settings.ino (GetCfgCrc32, GetCfgCrc16).
 */

/** CRC-32, reflected polynomial EDB88320, register starting at 0, inverted at the end; over all but the last word. */
export function sectorCrc32(sector: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < sector.length - 4; i++) {
    crc ^= sector[i]!;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Bytes that the old digest covers, and the two of it that are left out because they hold it. */
const LEGACY_LENGTH = 3584;
const LEGACY_FIELD = 0x00e;

/** Weighted 16-bit sum kept for firmware before 6.6.0.11. */
export function sectorLegacySum(sector: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < LEGACY_LENGTH; i++) {
    if (i === LEGACY_FIELD || i === LEGACY_FIELD + 1) continue;
    sum += sector[i]! * (i + 1);
  }
  return sum & 0xffff;
}
