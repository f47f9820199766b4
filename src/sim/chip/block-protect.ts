/**
 * Which part of an 8 Mbit flash the status register protects. Source: GD25Q80C datasheet, "Data Protection", table of
 * protected areas (BP4…BP0, CMP = 0 and CMP = 1); larger parts of the family scale the fractions.
 */

/** Half-open byte range, or undefined for none. */
export interface ProtectedRange {
  readonly from: number;
  readonly to: number;
}

/** @param status SR1 in bits 7:0, SR2 in bits 15:8. */
export function protectedRange(status: number, size: number): ProtectedRange | undefined {
  const range = plain((status >> 2) & 0x1f, size);
  if ((status & 0x4000) === 0) return range;
  if (range === undefined) return { from: 0, to: size };
  if (range.from === 0) return range.to === size ? undefined : { from: range.to, to: size };
  return { from: 0, to: range.from };
}

function plain(bp: number, size: number): ProtectedRange | undefined {
  const low = bp & 7;
  if (low === 0) return undefined;
  if ((low & 6) === 6 || bp === 0x05 || bp === 0x0d) return { from: 0, to: size };
  const bottom = (bp & 8) !== 0;
  // BP4 selects 4K…32K at the very edge instead of sixteenths of the chip.
  const length = (bp & 0x10) === 0 ? (size / 16) << (low - 1) : Math.min(0x1000 << (low - 1), 0x8000);
  return bottom ? { from: 0, to: length } : { from: size - length, to: size };
}
