/** How far a reading is off after its constant was set. */
import type { NewConstant } from "../calibration/constants.ts";

/** What rounding the constant to a whole number leaves of the error, relative. */
export function residual({ before, after, errorBefore }: NewConstant): number {
  return (1 + errorBefore) * (after / before) - 1;
}
