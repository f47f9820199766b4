/** What a calibration and a check came to, in lines for people. */
import {
  asText,
  COVERAGE_FACTOR,
  joined,
  type MeterCheck,
  type MeterConstants,
  type NewConstant,
  say,
  type Text,
} from "../../core/index.ts";
import type { Calibrated, MeterVerification } from "../../engine/index.ts";

const UNITS = { voltage: "V", current: "A", power: "W" } as const;
const DECIMALS = { voltage: 1, current: 3, power: 1 } as const;

const signed = (relative: number): string => `${relative < 0 ? "−" : "+"}${(100 * Math.abs(relative)).toFixed(2)} %`;

const within = (relative: number): string => `±${(100 * relative).toFixed(2)} %`;

export function constantLines(results: readonly NewConstant[], indent = ""): Text[] {
  return results.map(({ command, before, after, errorBefore, budget }) =>
    joined(
      [indent, say`${command} ${before} → ${after} (was ${signed(errorBefore)}, now ${within(budget.expanded)})`],
      "",
    ),
  );
}

/** The line below every statement of an uncertainty. */
export const COVERAGE: Text = say`Uncertainties with k = ${COVERAGE_FACTOR}, about 95 %.`;

export function calibratedLines({ results, resistive }: Calibrated): Text[] {
  return [...constantLines(results), COVERAGE, say`Load: ${resistive}.`];
}

export function constantsLine({ power, voltage, current }: MeterConstants, word: string): Text {
  return say`${word}: PowerCal ${power}, VoltageCal ${voltage}, CurrentCal ${current}.`;
}

/** What the plug showed beside what was true, and what that means. */
export function verificationLines({ checks, verdict }: MeterVerification): Text[] {
  return [...checks.map(checkLine), COVERAGE, asText(verdict)];
}

function checkLine({ quantity, reading, reference, error, expanded }: MeterCheck): Text {
  const shown = (value: number): string => `${value.toFixed(DECIMALS[quantity])} ${UNITS[quantity]}`;
  return say`${quantity}: reads ${shown(reading)}, reference ${shown(reference)}: ${signed(error)} (${within(expanded)})`;
}
