/** A chart one line high. The numbers stand beside it; it only shows how they moved. */

const BARS = "▁▂▃▄▅▆▇█";

/**
 * The last `width` values between their own least and greatest. A flat line stays in the middle: scatter below
 * `flat` (relative) is not blown up to the full height.
 */
export function sparkline(values: readonly number[], width: number, flat = 0.01): string {
  const shown = values.slice(-width);
  if (shown.length === 0) return "";
  const low = Math.min(...shown);
  const high = Math.max(...shown);
  const span = Math.max(high - low, Math.abs(high) * flat, Number.MIN_VALUE);
  const base = (low + high - span) / 2;
  return shown
    .map((value) => BARS[Math.min(BARS.length - 1, Math.max(0, Math.floor(((value - base) / span) * BARS.length)))]!)
    .join("");
}
