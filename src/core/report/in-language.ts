/** A report's data with every sentence that a journal kept as English found again, so that the page can be in any language. */
import type { Contribution } from "../calibration/uncertainty.ts";
import type { Catalogue } from "../text/catalogue.ts";
import { recordedText } from "../text/recorded.ts";
import type { Text } from "../text/text.ts";
import type { ReportCalibration, ReportData } from "./data.ts";

export function inLanguage(data: ReportData, catalogue: Catalogue): ReportData {
  const text = (words: Text | string): Text => recordedText(words, catalogue);
  const contribution = (each: Contribution): Contribution => ({
    ...each,
    name: text(each.name),
    basis: text(each.basis),
  });
  const calibration = (each: ReportCalibration): ReportCalibration => ({
    ...each,
    method: text(each.method),
    resistive: text(each.resistive),
    results: each.results.map((result) => ({
      ...result,
      budget: { ...result.budget, contributions: result.budget.contributions.map(contribution) },
    })),
  });
  const { firmware } = data;
  return {
    ...data,
    firmware:
      firmware === undefined
        ? undefined
        : { ...firmware, origin: text(firmware.origin), description: text(firmware.description) },
    measured: data.measured.map((each) => ({ ...each, limit: text(each.limit), source: text(each.source) })),
    answers: data.answers.map((each) => ({ ...each, question: text(each.question), words: text(each.words) })),
    calibrations: data.calibrations.map(calibration),
    checks: data.checks.map((each) => ({ ...each, verdict: text(each.verdict) })),
  };
}
