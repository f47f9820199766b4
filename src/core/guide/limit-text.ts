/** A guide's limits and units as people read them. */
import type { GuideMeasurement, GuideUnit } from "./guide.ts";

/** "at least 1 MΩ", "3 to 3.6 V". */
export function limitText({ atLeast, atMost, measure }: GuideMeasurement): string {
  const unit = unitText(measure);
  if (atLeast !== undefined && atMost !== undefined) return `${atLeast} to ${atMost} ${unit}`;
  return atLeast !== undefined ? `at least ${atLeast} ${unit}` : `at most ${atMost} ${unit}`;
}

export function unitText(unit: GuideUnit): string {
  return unit === "ohm" ? "Ω" : unit === "Mohm" ? "MΩ" : unit;
}
