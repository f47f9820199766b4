/**
 * How long things may take, as data. Bounds, not expectations: they decide when silence means loss.
 *
 * Sources: GD25Q80 and P25Q80H data sheets (maximum erase and program times), esptool's per-megabyte bounds for MD5,
 * erase and write.
 */

/** Any reply beyond the line's own time: an adapter's latency twice, a network bridge, the chip's own work. ms */
export const EXCHANGE_MS = 500;
/** How long to look for a chip that stopped answering before it counts as gone, ms. */
export const RECOVER_MS = 3000;
/** Tries of an act beyond the first. */
export const RETRIES = 4;

/** Time on the wire, ms: 10 bits a byte (8N1). */
export function wireMs(bytes: number, baud: number): number {
  return (bytes * 10_000) / baud;
}

/** The stub's MD5 over a range: 8 s a megabyte (esptool) is the bound, a tenth of it is usual. */
export function md5Ms(length: number): number {
  return 50 + (length * 8000) / 0x100000;
}

/** Erasing: 400 ms a sector at worst (GD25Q80, tSE max), never more than a chip erase at worst for each megabyte. */
export function eraseMs(length: number): number {
  return 1000 + Math.min((length / 0x1000) * 400, (length / 0x100000) * 60_000 + 2000);
}

/** Erasing, inflating and programming so much: 40 s a megabyte (esptool), with room for one block erase. */
export function writeMs(length: number): number {
  return 2500 + (length * 40_000) / 0x100000;
}
