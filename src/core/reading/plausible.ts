/**
 * What can be read at all when a quantity is asked for, and which slip explains a number that cannot. Wide on purpose:
 * what is bad but possible (5 V at an adapter's pin) is a matter of the limits, not of typing.
 */

import type { GuideUnit } from "../guide/guide.ts";
import { unitText } from "../guide/limit-text.ts";
import { joined, type Quantity, quantity, say, type Text } from "../text/text.ts";

interface Plausible {
  /** Outside of this a reading is asked back. 0 is never asked back. */
  readonly low: number;
  readonly high: number;
  /** Where the sound values lie; a slip is named only if it leads here. */
  readonly likely?: readonly [low: number, high: number];
  /** Powers of ten by which it is mistyped. Default: a decimal point or a prefix. */
  readonly slips?: readonly number[];
}

const BY_UNIT: Readonly<Record<GuideUnit, Plausible>> = {
  // The most that multimeters measure at mains: 1000 V (IEC 61010-1, measurement categories).
  V: { low: 0, high: 1000 },
  A: { low: 0, high: 100 },
  W: { low: 0, high: 10_000 },
  // Hand multimeters end at 40 to 200 MΩ.
  ohm: { low: 0, high: 2e8 },
  // Hand insulation testers end at 200 GΩ.
  Mohm: { low: 0, high: 2e5, likely: [1, 2e4], slips: [-3] },
};

/** By the question's id. */
const BY_ID: Readonly<Record<string, Plausible>> = {
  // USB has 5 V; signals and supplies of serial adapters are 1.8, 3.3 or 5 V.
  "adapter-vcc": { low: 1, high: 12, likely: [1.7, 5.5] },
  "adapter-tx": { low: 0, high: 12, likely: [1.7, 5.5] },
  // Test voltages of insulation testers: 50 to 1000 V (IEC 61557-2), and what they show when open, up to a quarter more.
  "insulation-voltage": { low: 50, high: 1250, likely: [250, 1250] },
  // Mains of the world: 100 to 240 V (IEC 60038), ±10 % and a little.
  "reference-voltage": { low: 80, high: 280, likely: [85, 265] },
  // A plug of 16 A at 250 V carries 4000 W; fuses let a little more through.
  "reference-power": { low: 4, high: 5000, likely: [5, 4000], slips: [3] },
  "reference-current": { low: 0.01, high: 20, likely: [0.02, 16], slips: [-3] },
};

const SLIPS: readonly number[] = [1, -1, 2, -2, 3, -3];

/** Why this can hardly be what the display shows; undefined if it may be. @param value in `unit`. */
export function plausibilityProblem(id: string, unit: GuideUnit, value: number): Text | undefined {
  const { low, high, likely, slips = SLIPS } = plausibleFor(id, unit);
  if (!Number.isFinite(value) || value <= 0 || (value >= low && value <= high)) return undefined;
  const text = unitText(unit);
  const slip = slips
    .map((power) => Number((value * 10 ** power).toPrecision(12)))
    .find((each) => likely !== undefined && each >= likely[0] && each <= likely[1]);
  const [typed, lowest, highest] = [value, low, high].map((each) => quantity(each, text)) as [
    Quantity,
    Quantity,
    Quantity,
  ];
  const problem =
    value < low
      ? say`${typed} is too low for this measurement (expected: ${lowest} to ${highest}).`
      : say`${typed} is too high for this measurement (expected: ${lowest} to ${highest}).`;
  const advice = say`Type what the display shows. If ${typed} is right, type it again.`;
  return joined(slip === undefined ? [problem, advice] : [problem, say`Did you mean ${quantity(slip, text)}?`, advice]);
}

/** Whether this many of the unit can be read here at all. */
export function isPlausible(id: string, unit: GuideUnit, value: number): boolean {
  const { low, high } = plausibleFor(id, unit);
  return value >= low && value <= high;
}

function plausibleFor(id: string, unit: GuideUnit): Plausible {
  return (Object.hasOwn(BY_ID, id) ? BY_ID[id] : undefined) ?? BY_UNIT[unit];
}

/** What an overload or a sign says about how the meter is connected; undefined for an ordinary number. */
export function connectionAdvice(unit: GuideUnit, value: number): Text | undefined {
  const resistance = unit === "ohm" || unit === "Mohm";
  if (value === Number.POSITIVE_INFINITY && !resistance) {
    return unit === "V"
      ? say`OL is not a voltage. Is the meter set to V, is the range large enough, and do both probes touch?`
      : say`OL means that the value is above the meter's range. Choose a larger range and read it again.`;
  }
  if (!(value < 0)) return undefined;
  if (unit === "V") return say`A negative voltage means that the two probes are swapped. Swap them and read it again.`;
  if (unit === "A")
    return say`A negative current means that the meter is connected the wrong way round. Swap its leads.`;
  if (unit === "W")
    return say`A negative power means that the power meter or its clamp is connected the wrong way round.`;
  return say`A resistance is never negative. Hold the probes together, zero the meter again, and make sure that there is no voltage.`;
}
