/**
 * What a certificate says first: four checks, each passed, failed or not done. Only what is on record and still holds
 * passes; everything else is named for what it is.
 */
import { BL0937, type MeterQuantity } from "../calibration/meter.ts";
import type { Guide, GuideMeasurement } from "../guide/guide.ts";
import { limitText, unitText } from "../guide/limit-text.ts";
import type { AnsweredEntry } from "../journal/entries.ts";
import type { SafetyMeasurement } from "../journal/step-data.ts";
import { residual } from "./constant-error.ts";
import { amount, plusMinus, signedPercent } from "./format.ts";
import { say } from "./say.ts";
import type { Standing } from "./standing.ts";

export type CheckName = "earth" | "insulation" | "meter" | "lock";
export type CheckState = "passed" | "failed" | "not-done";

export interface ReportVerdictItem {
  readonly check: CheckName;
  readonly state: CheckState;
  /** What was found, e.g. "0.12 Ω"; undefined where nothing was. */
  readonly value: string | undefined;
  readonly limit: string;
  /** What has to be known besides: how it was measured, or why it is not passed. */
  readonly note: string | undefined;
}

export interface Verdict {
  readonly items: readonly ReportVerdictItem[];
  /** Items of the closing list that hold, and how many there are. */
  readonly closing: { readonly done: number; readonly total: number; readonly at: string | undefined };
  /** All four checks passed and every item of the closing list done. */
  readonly passed: boolean;
}

export interface VerdictFacts {
  readonly guide: Guide;
  /** The closing list, unless wires or a restore have voided it since. */
  readonly closing:
    | {
        readonly at: string | undefined;
        readonly confirmed: readonly string[];
        readonly measured: readonly SafetyMeasurement[];
      }
    | undefined;
  /** Whether what is on record still meets the guide. */
  readonly meets: (item: GuideMeasurement, measured: SafetyMeasurement) => boolean;
  readonly answers: readonly AnsweredEntry[];
  readonly standing: Standing;
  readonly vendorSince: string | undefined;
}

export function verdictOf(facts: VerdictFacts): Verdict {
  const items = [measuredItem(facts, "earth"), measuredItem(facts, "insulation"), meterItem(facts), lockItem(facts)];
  const closing = closingOf(facts);
  return {
    items,
    closing,
    passed: items.every(({ state }) => state === "passed") && closing.done === closing.total,
  };
}

function closingOf({ guide, closing, meets }: VerdictFacts): Verdict["closing"] {
  const done = guide.closing.filter((item) => {
    if ("confirm" in item) return closing?.confirmed.includes(item.id) === true;
    const measured = closing?.measured.find(({ id }) => id === item.id);
    return measured !== undefined && meets(item, measured);
  });
  return { done: done.length, total: guide.closing.length, at: closing?.at };
}

/** The closing list's last measurement of the kind: what was measured before the glue may have moved since. */
function measuredItem(facts: VerdictFacts, check: "earth" | "insulation"): ReportVerdictItem {
  const { guide, closing, meets } = facts;
  const measurements = guide.closing.filter((each): each is GuideMeasurement => "measure" in each);
  const id = check === "earth" ? /earth-resistance$/ : /^insulation$/;
  const item = measurements.findLast((each) => id.test(each.id));
  if (item === undefined) {
    return {
      check,
      state: "not-done",
      value: undefined,
      limit: "",
      note: say`The guide of this device has no such check.`,
    };
  }
  const limit = limitText(item).replace(/ (?=\S+$)/, "\u00a0");
  const measured = closing?.measured.find((each) => each.id === item.id);
  if (measured === undefined)
    return { check, state: "not-done", value: undefined, limit, note: notMeasured(facts, item.id) };
  const value =
    measured.value === null ? say`beyond the tester’s range` : amount(measured.value, unitText(measured.unit));
  if (!meets(item, measured)) return { check, state: "failed", value, limit, note: say`Do not use it at mains.` };
  const volts = closing?.measured.find((each) => each.id === "insulation-voltage")?.value;
  const how = {
    earth: item.id.startsWith("final-") ? say`after gluing` : undefined,
    insulation: typeof volts === "number" ? say`at ${amount(volts, "V")}\u00a0DC` : undefined,
  };
  return { check, state: "passed", value, limit, note: how[check] };
}

/** Why there is no measurement that counts, with the last reading where one was taken. */
function notMeasured({ closing, answers, vendorSince }: VerdictFacts, id: string): string {
  if (closing !== undefined) return say`Not measured.`;
  const reading = answers.findLast((each) => each.id === id && each.answer !== undefined);
  if (reading === undefined || vendorSince !== undefined) return say`Not measured since the case was open.`;
  const shown =
    typeof reading.answer === "number"
      ? amount(reading.answer, reading.unit === undefined ? "" : unitText(reading.unit)).trim()
      : say`beyond the range`;
  return say`Not passed: the last reading was ${shown}, and the closing list was not finished after it.`;
}

const NAMES: Readonly<Record<MeterQuantity, string>> = { voltage: "volts", power: "watts", current: "amperes" };

function meterItem({ standing }: VerdictFacts): ReportVerdictItem {
  const { calibration, check: later } = standing;
  const item = { check: "meter", limit: say`off by no more (95\u00a0%)` } as const;
  const results = calibration?.results ?? [];
  const main = results.find(({ quantity }) => quantity === "power") ?? results[0];
  if (calibration === undefined || main === undefined) {
    return {
      ...item,
      state: "not-done",
      value: undefined,
      note: say`Not calibrated: its readings may be off by 10 % and more.`,
    };
  }
  const value = plusMinus(main.budget.expanded);
  const rest = results
    .filter((each) => each !== main)
    .map((each) => `${NAMES[each.quantity]} ${plusMinus(each.budget.expanded)}`);
  const shown = [NAMES[main.quantity], ...rest].join(", ");
  if (later?.sameConstants === false) {
    return {
      ...item,
      state: "failed",
      value,
      note: say`A later check found other constants in the plug than this calibration set.`,
    };
  }
  if (later !== undefined && later.off.length > 0) {
    const off = later.off.map(({ quantity, error }) => `${NAMES[quantity]} ${signedPercent(error)}`).join(", ");
    return { ...item, state: "failed", value, note: say`A later check found it off: ${off}.` };
  }
  const state = results.every((each) => Math.abs(residual(each)) <= each.budget.expanded) ? "passed" : "failed";
  return { ...item, state, value, note: shown };
}

function lockItem({ standing: { refused }, vendorSince }: VerdictFacts): ReportVerdictItem {
  const item = { check: "lock", limit: say`tries without the password refused` } as const;
  if (refused !== undefined && refused > 0) {
    return {
      ...item,
      state: "passed",
      value: say`${refused} of ${refused}`,
      note: say`tries without the password were refused`,
    };
  }
  const note =
    vendorSince === undefined ? say`Not proven: a password may not be set.` : say`It runs its maker’s firmware again.`;
  return { ...item, state: "not-done", value: undefined, note };
}

/** The quantities of a calibration in words, e.g. for a table: "Volts". */
export function quantityTitle(quantity: MeterQuantity): string {
  const name = NAMES[quantity];
  return `${name[0]!.toUpperCase()}${name.slice(1)}`;
}

export const unitOf = (quantity: MeterQuantity): string => BL0937[quantity].unit;
