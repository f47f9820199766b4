/** What a calibration and a check came to, in lines for people. */
import {
  asText,
  COVERAGE_FACTOR,
  type MeterCheck,
  type MeterConstants,
  type NewConstant,
  QUANTITY_TEXTS,
  type Quantity,
  quantity,
  say,
  type Text,
} from "../../core/index.ts";
import type { Calibrated, MeterVerification } from "../../engine/index.ts";
import { type AnswerLine, indented } from "../render/answer.ts";
import { signedPercent } from "../render/quantity.ts";

const UNITS = { voltage: "V", current: "A", power: "W" } as const;
const DECIMALS = { voltage: 1, current: 3, power: 1 } as const;

const signed = (relative: number): Text => signedPercent(relative, 2);

const within = (relative: number): Text => say`±${quantity(100 * relative, "%", 2)}`;

export function constantLines(results: readonly NewConstant[]): AnswerLine[] {
  return results.map(({ command, before, after, errorBefore, budget }) =>
    indented(
      command,
      `${before} → ${after}`,
      say`error before: ${signed(errorBefore)}`,
      say`now within ${within(budget.expanded)}`,
    ),
  );
}

/** The line below every statement of an uncertainty. */
export const COVERAGE: Text = say`Uncertainties are for k = ${COVERAGE_FACTOR} (about 95 %).`;

export function calibratedLines({ results, resistive }: Calibrated): AnswerLine[] {
  return [...constantLines(results), COVERAGE, say`Load: ${resistive}.`];
}

/** How the constants came to be what they are. */
export type ConstantsChange = "restored" | "set again";

export function constantsLine({ power, voltage, current }: MeterConstants, change: ConstantsChange): Text {
  return change === "restored"
    ? say`Restored the constants: PowerCal ${power}, VoltageCal ${voltage}, CurrentCal ${current}.`
    : say`Set the recorded constants again: PowerCal ${power}, VoltageCal ${voltage}, CurrentCal ${current}.`;
}

/** What the plug showed beside what was true, and what that means. */
export function verificationLines({ checks, verdict }: MeterVerification): AnswerLine[] {
  return [...checks.map(checkRow), COVERAGE, asText(verdict)];
}

function checkRow({ quantity: measured, reading, reference, error, expanded }: MeterCheck): AnswerLine {
  const shown = (value: number): Quantity => quantity(value, UNITS[measured], DECIMALS[measured]);
  return indented(
    QUANTITY_TEXTS[measured],
    say`plug ${shown(reading)}`,
    say`reference ${shown(reference)}`,
    say`error ${signed(error)} (${within(expanded)})`,
  );
}
