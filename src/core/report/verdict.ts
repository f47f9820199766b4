/**
 * What a certificate says first: four checks, each passed, failed or not done. Only what is on
 * record and still valid passes; everything else says what it is.
 */
import { BL0937, type MeterQuantity } from "../calibration/meter.ts";
import type { Guide, GuideMeasurement } from "../guide/guide.ts";
import { limitText, unitText } from "../guide/limit-text.ts";
import type { AnsweredEntry } from "../journal/entries.ts";
import type { SafetyMeasurement } from "../journal/step-data.ts";
import { list, say, type Text } from "../text/text.ts";
import { residual } from "./constant-error.ts";
import { amount, plusMinus, signedPercent } from "./format.ts";
import type { Standing } from "./standing.ts";

export type CheckName = "earth" | "insulation" | "meter" | "lock";
export type CheckState = "passed" | "failed" | "not-done";

export interface ReportVerdictItem {
  readonly check: CheckName;
  readonly state: CheckState;
  /** What was found, e.g. "0.12 Ω"; undefined where nothing was. */
  readonly value: Text | string | undefined;
  readonly limit: Text | string;
  /** What else a reader needs to know: how it was measured, or why it did not pass. */
  readonly note: Text | string | undefined;
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
      note: say`This device’s guide does not have this check.`,
    };
  }
  const limit = limitText(item);
  const measured = closing?.measured.find((each) => each.id === item.id);
  if (measured === undefined)
    return { check, state: "not-done", value: undefined, limit, note: notMeasured(facts, item.id) };
  const value =
    measured.value === null ? say`above the tester’s range` : amount(measured.value, unitText(measured.unit));
  if (!meets(item, measured))
    return { check, state: "failed", value, limit, note: say`Do not connect the plug to mains.` };
  const volts = closing?.measured.find((each) => each.id === "insulation-voltage")?.value;
  const how = {
    earth: item.id.startsWith("final-") ? say`after gluing` : undefined,
    insulation: typeof volts === "number" ? say`at ${amount(volts, "V")}\u00a0DC` : undefined,
  };
  return { check, state: "passed", value, limit, note: how[check] };
}

/** Why there is no measurement that counts, with the last reading where one was taken. */
function notMeasured({ closing, answers, vendorSince }: VerdictFacts, id: string): Text {
  if (closing !== undefined) return say`Not measured.`;
  const reading = answers.findLast((each) => each.id === id && each.answer !== undefined);
  if (reading === undefined || vendorSince !== undefined) return say`Not measured since the case was last open.`;
  const shown =
    typeof reading.answer === "number"
      ? reading.unit === undefined
        ? reading.answer
        : amount(reading.answer, unitText(reading.unit))
      : say`out of range`;
  return say`Not passed: the last reading was ${shown}, and the closing list was not completed.`;
}

const NAMES: Readonly<Record<MeterQuantity, Text>> = { voltage: say`volts`, power: say`watts`, current: say`amperes` };
const TITLES: Readonly<Record<MeterQuantity, Text>> = {
  voltage: say`Voltage`,
  power: say`Power`,
  current: say`Current`,
};

function meterItem({ standing }: VerdictFacts): ReportVerdictItem {
  const { calibration, check: later } = standing;
  const item = { check: "meter", limit: say`largest error (95\u00a0%)` } as const;
  const results = calibration?.results ?? [];
  const main = results.find(({ quantity }) => quantity === "power") ?? results[0];
  if (calibration === undefined || main === undefined) {
    return {
      ...item,
      state: "not-done",
      value: undefined,
      note: say`Not calibrated: the readings may be wrong by 10 % or more.`,
    };
  }
  const value = plusMinus(main.budget.expanded);
  const rest = results
    .filter((each) => each !== main)
    .map((each) => say`${NAMES[each.quantity]} ${plusMinus(each.budget.expanded)}`);
  const shown = say`${list([NAMES[main.quantity], ...rest])}`;
  if (later?.sameConstants === false) {
    return {
      ...item,
      state: "failed",
      value,
      note: say`A later check found other constants in the plug than the ones this calibration set.`,
    };
  }
  if (later !== undefined && later.off.length > 0) {
    const off = later.off.map(({ quantity, error }) => say`${NAMES[quantity]} ${signedPercent(error)}`);
    return { ...item, state: "failed", value, note: say`A later check found an error: ${list(off)}.` };
  }
  const state = results.every((each) => Math.abs(residual(each)) <= each.budget.expanded) ? "passed" : "failed";
  return { ...item, state, value, note: shown };
}

function lockItem({ standing: { refused }, vendorSince }: VerdictFacts): ReportVerdictItem {
  const item = { check: "lock", limit: say`attempts without the password refused` } as const;
  if (refused !== undefined && refused > 0) {
    return {
      ...item,
      state: "passed",
      value: say`${refused} of ${refused}`,
      note: undefined,
    };
  }
  const note =
    vendorSince === undefined
      ? say`Not proven: perhaps no password is set.`
      : say`The plug runs the original firmware again.`;
  return { ...item, state: "not-done", value: undefined, note };
}

/** The heading of a quantity's row: "Voltage". */
export function quantityTitle(quantity: MeterQuantity): Text {
  return TITLES[quantity];
}

export const unitOf = (quantity: MeterQuantity): string => BL0937[quantity].unit;
