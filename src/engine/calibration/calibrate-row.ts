/**
 * A row of plugs against one reference, one after the other, nobody typing anything. Electrically a chain: the wall,
 * then either the reference and the plugs, or the plugs and the reference, then the load.
 */
import type { Quantity } from "../../core/calibration/uncertainty.ts";
import { type ErrorCode, isPlugsmithError, type PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { ListedItem, Operator } from "../ports.ts";
import { type Calibrated, calibrate } from "./calibrate.ts";
import type { ReferencePlug } from "./reference-plug.ts";
import { type CalibrationParts, refuseWired } from "./steady-load.ts";

export interface RowRequest {
  readonly reference: ReferencePlug;
  /** "before": the reference is nearest the wall; "after": nearest the load. */
  readonly position: "before" | "after";
  readonly ownConsumption: Quantity;
  readonly samples: number;
  readonly target?: number | undefined;
  readonly maximumPower: number;
}

export interface RowPlug {
  readonly name: string;
  /** Or why it cannot be talked to: it stands in the circuit all the same. */
  readonly parts: CalibrationParts | PlugsmithError;
}

export interface RowResult {
  readonly name: string;
  readonly outcome: Calibrated | PlugsmithError;
}

/** Concern the row as a whole, whichever plug they came up at: nobody to answer, a no, Ctrl-C. */
const ENDS_ROW: readonly ErrorCode[] = ["aborted", "unsafe", "needs-input"];

/**
 * @param row the plugs in electrical order, from the wall to the load, each with its own parts.
 * A plug that cannot be calibrated is reported and the others go on; `aborted`, `unsafe` and `needs-input` end the row.
 * All of them hang on one mains: wires on record of any of them refuse the row before the first is measured.
 */
export async function calibrateRow(row: readonly RowPlug[], request: RowRequest): Promise<readonly RowResult[]> {
  const results: RowResult[] = [];
  const { reference, position, ownConsumption, samples, target, maximumPower } = request;
  const confirmed = new Map<string, string>();
  for (const { name, parts } of row) {
    if (!isPlugsmithError(parts)) await refuseWired(parts, name);
  }
  for (const [index, { name, parts }] of row.entries()) {
    if (isPlugsmithError(parts)) {
      results.push({ name, outcome: parts });
      continue;
    }
    // A plug takes its own supply before its meter. From a reference at the wall, the supplies of all plugs up to and
    // including this one lie between; from one at the load, those of the plugs after it and the reference's own.
    const between = position === "before" ? index + 1 : row.length - index;
    const { events, clock, operator } = parts;
    const started = clock.now();
    events({ type: "step-started", step: "calibrate", title: say`${name}, plug ${index + 1} of ${row.length}` });
    try {
      const outcome = await calibrate(
        { ...parts, operator: askingOnce(operator, confirmed) },
        {
          method: { kind: "reference-plug", plug: reference, chain: { position, between, ownConsumption } },
          samples,
          maximumPower,
          target,
        },
      );
      results.push({ name, outcome });
      events({ type: "step-finished", step: "calibrate", durationMs: clock.now() - started, summary: say`calibrated` });
    } catch (error) {
      if (!isPlugsmithError(error) || ENDS_ROW.includes(error.code)) throw error;
      results.push({ name, outcome: error });
      events({ type: "notice", level: "warning", text: say`${name} is not calibrated: ${error.texts.message}` });
    }
  }
  return results;
}

/** The row is put together once and confirmed once: what was answered for the first plug holds for the others. */
function askingOnce(operator: Operator, answers: Map<string, string>): Operator {
  return {
    act: (action, signal) => operator.act(action, signal),
    measure: (quantity, signal) => operator.measure(quantity, signal),
    read: (readings, signal) => operator.read(readings, signal),
    provide: (what, signal) => operator.provide(what, signal),
    async check(list, signal) {
      const open = list.items.filter(({ id }) => answers.get(id) !== "confirmed");
      if (open.length === 0) return { confirmed: list.items.map(({ id }) => id) };
      const answer = await operator.check({ ...list, items: open }, signal);
      for (const id of answer.confirmed) answers.set(id, "confirmed");
      const isConfirmed = ({ id }: ListedItem): boolean => answers.get(id) === "confirmed";
      return { ...answer, confirmed: list.items.filter(isConfirmed).map(({ id }) => id) };
    },
    async choose(choice, signal) {
      const known = answers.get(choice.id);
      if (known !== undefined) return known;
      const answer = await operator.choose(choice, signal);
      answers.set(choice.id, answer);
      return answer;
    },
  };
}
