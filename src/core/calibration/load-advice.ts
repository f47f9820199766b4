/** Which load would do: the smallest power at which the meter's steps no longer spoil the accuracy asked for. */
import { BL0937 } from "./meter.ts";
import { COVERAGE_FACTOR, rectangular } from "./uncertainty.ts";

export type LoadAdvice =
  | { readonly possible: true; readonly smallestPower: number; readonly words: string }
  | { readonly possible: false; readonly smallestPower: undefined; readonly words: string };

/** Loads that people have, W. */
const HOUSEHOLD: readonly { readonly power: number; readonly what: string }[] = [
  { power: 40, what: "a 40 W filament bulb" },
  { power: 60, what: "a 60 W filament bulb" },
  { power: 100, what: "a 100 W filament bulb" },
  { power: 400, what: "a small heater of 400 W" },
  { power: 1000, what: "an iron or heater of 1000 W" },
  { power: 2000, what: "a kettle or heater of 2000 W" },
];

/**
 * @param target expanded relative uncertainty (k = 2) that the person wants.
 * @param others combined relative standard uncertainty of everything that does not depend on the load's size.
 * @param voltage V; current's step weighs more than power's at low power.
 * @param maximum W that the plug may carry.
 */
export function adviseLoad(target: number, others: number, voltage: number, maximum: number): LoadAdvice {
  const left = (target / COVERAGE_FACTOR) ** 2 - others ** 2;
  if (left <= 0) {
    return {
      possible: false,
      smallestPower: undefined,
      words:
        `No load reaches ${percent(target)}: reference and scatter alone give ${percent(COVERAGE_FACTOR * others)}. ` +
        "A better reference instrument is needed, or the load's power measured instead of read from its label.",
    };
  }
  const byPower = rectangular(BL0937.power.step / 2) / Math.sqrt(left);
  const byCurrent = (rectangular(BL0937.current.step / 2) / Math.sqrt(left)) * voltage;
  const smallestPower = Math.max(byPower, byCurrent);
  if (smallestPower > maximum) {
    return {
      possible: false,
      smallestPower: undefined,
      words: `${percent(target)} would need ${Math.ceil(smallestPower)} W, more than the plug may carry (${maximum} W).`,
    };
  }
  const example = HOUSEHOLD.find(({ power }) => power >= smallestPower && power <= maximum);
  return {
    possible: true,
    smallestPower,
    words: `A purely resistive load of ${Math.ceil(smallestPower)} W or more${example ? `, for example ${example.what}` : ""}.`,
  };
}

function percent(relative: number): string {
  return `±${(100 * relative).toPrecision(2)} %`;
}
