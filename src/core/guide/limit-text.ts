/** A guide's limits and units as people read them. */
import { quantity, say, type Text } from "../text/text.ts";
import type { GuideMeasurement, GuideUnit } from "./guide.ts";

/** "at least 1 MΩ", "3 to 3.6 V". */
export function limitText({ atLeast, atMost, measure }: GuideMeasurement): Text {
  const unit = unitText(measure);
  if (atLeast === undefined) return say`at most ${quantity(atMost ?? Number.NaN, unit)}`;
  return atMost === undefined ? say`at least ${quantity(atLeast, unit)}` : say`${atLeast} to ${quantity(atMost, unit)}`;
}

export function unitText(unit: GuideUnit): string {
  return unit === "ohm" ? "Ω" : unit === "Mohm" ? "MΩ" : unit;
}
