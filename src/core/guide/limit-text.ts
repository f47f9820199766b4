/** A guide's limits and units as people read them. */
import { say, type Text } from "../text/text.ts";
import type { GuideMeasurement, GuideUnit } from "./guide.ts";

/** "at least 1 MΩ", "3 to 3.6 V". */
export function limitText({ atLeast, atMost, measure }: GuideMeasurement): Text {
  const unit = unitText(measure);
  if (atLeast !== undefined && atMost !== undefined) return say`${atLeast} to ${atMost} ${unit}`;
  return atLeast !== undefined ? say`at least ${atLeast} ${unit}` : say`at most ${String(atMost)} ${unit}`;
}

export function unitText(unit: GuideUnit): string {
  return unit === "ohm" ? "Ω" : unit === "Mohm" ? "MΩ" : unit;
}
