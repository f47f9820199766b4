/** Numbers for people: sizes, rates, durations. */

/** Bytes in binary units: "512 B", "41.2 KiB", "1 MiB". */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  if (bytes < 1024 * 1024) return `${shortNumber(bytes / 1024)} KiB`;
  return `${shortNumber(bytes / (1024 * 1024))} MiB`;
}

/** @param rate bytes per second. */
export function rateText(rate: number): string {
  return `${sizeText(rate)}/s`;
}

/** "0.4 s", "12 s", "2 min 05 s", "1 h 04 min". */
export function durationText(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${pad(Math.floor(seconds / 60) % 60)} min`;
}

/** Remaining time in whole seconds, and whole minutes beyond one: an estimate is no better, and more would flicker. */
export function leftText(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds <= 60 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`;
}

/** Whole percent, never 100 before all is done. */
export function percent(done: number, total: number): number {
  return total <= 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
}

function shortNumber(value: number): string {
  return value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1);
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
