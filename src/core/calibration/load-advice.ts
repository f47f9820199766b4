/** Which load would do: the smallest power at which the meter's steps no longer spoil the accuracy asked for. */
import { quantity, say, significant, type Text } from "../text/text.ts";
import { BL0937 } from "./meter.ts";
import { COVERAGE_FACTOR, rectangular } from "./uncertainty.ts";

export type LoadAdvice =
  | { readonly possible: true; readonly smallestPower: number; readonly words: Text }
  | { readonly possible: false; readonly smallestPower: undefined; readonly words: Text };

/** Loads that people have, W. */
const HOUSEHOLD: readonly { readonly power: number; readonly what: Text }[] = [
  { power: 40, what: say`a 40 W filament bulb` },
  { power: 60, what: say`a 60 W filament bulb` },
  { power: 100, what: say`a 100 W filament bulb` },
  { power: 400, what: say`a small heater of 400 W` },
  { power: 1000, what: say`an iron or heater of 1000 W` },
  { power: 2000, what: say`a kettle or heater of 2000 W` },
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
      words: say`No load achieves ${percent(target)}: the reference and the scatter alone contribute ${percent(COVERAGE_FACTOR * others)}. Use a better reference instrument, or measure the power of the load instead of using its label.`,
    };
  }
  const byPower = rectangular(BL0937.power.step / 2) / Math.sqrt(left);
  const byCurrent = (rectangular(BL0937.current.step / 2) / Math.sqrt(left)) * voltage;
  const smallestPower = Math.max(byPower, byCurrent);
  if (smallestPower > maximum) {
    return {
      possible: false,
      smallestPower: undefined,
      words: say`${percent(target)} would need a load of ${quantity(Math.ceil(smallestPower), "W")}, which is more than the plug is rated for (${quantity(maximum, "W")}).`,
    };
  }
  const example = HOUSEHOLD.find(({ power }) => power >= smallestPower && power <= maximum);
  return {
    possible: true,
    smallestPower,
    words:
      example === undefined
        ? say`A purely resistive load of ${quantity(Math.ceil(smallestPower), "W")} or more.`
        : say`A purely resistive load of ${quantity(Math.ceil(smallestPower), "W")} or more, for example ${example.what}.`,
  };
}

function percent(relative: number): Text {
  return say`±${significant(100 * relative, 2, "%")}`;
}
