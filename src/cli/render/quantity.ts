/** Numbers for people: sizes, rates, durations, shares. */
import { type Quantity, quantity, say, type Text } from "../../core/index.ts";

/** Bytes in binary units: "512 B", "41.2 KiB", "1 MiB". */
export function sizeText(bytes: number): Text {
  return say`${size(bytes, "")}`;
}

function size(bytes: number, per: string): Quantity {
  if (bytes < 1024) return quantity(Math.round(bytes), `B${per}`);
  if (bytes < 1024 * 1024) return short(bytes / 1024, `KiB${per}`);
  return short(bytes / (1024 * 1024), `MiB${per}`);
}

/** @param rate bytes per second. */
export function rateText(rate: number): Text {
  return say`${size(rate, "/s")}`;
}

/** "0.4 s", "12 s", "2 min 05 s", "1 h 04 min". */
export function durationText(ms: number): Text {
  if (ms < 9_950) return say`${quantity(ms / 1000, "s", 1)}`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return say`${quantity(seconds, "s")}`;
  if (seconds < 3600) return say`${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  return say`${Math.floor(seconds / 3600)} h ${pad(Math.floor(seconds / 60) % 60)} min`;
}

/** A share with its sign: "+2.6 %". */
export function signedPercent(relative: number, digits: number): Text {
  const size = quantity(100 * Math.abs(relative), "%", digits);
  return relative < 0 ? say`−${size}` : say`+${size}`;
}

/** Remaining time in whole seconds, and whole minutes beyond one: an estimate is no better, and more would flicker. */
export function leftText(ms: number): Text {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds <= 60 ? say`${seconds} s left` : say`${Math.ceil(seconds / 60)} min left`;
}

/** Whole percent, never 100 before all is done. */
export function percent(done: number, total: number): number {
  return total <= 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
}

function short(value: number, unit: string): Quantity {
  return value >= 100 || Number.isInteger(value) ? quantity(Math.round(value), unit) : quantity(value, unit, 1);
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
