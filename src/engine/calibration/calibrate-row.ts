/**
 * A row of plugs against one reference, one after the other, nobody typing anything. Electrically a chain: the wall,
 * then either the reference and the plugs, or the plugs and the reference, then the load.
 */
import type { Quantity } from "../../core/calibration/uncertainty.ts";
import { isPlugsmithError, type PlugsmithError } from "../../core/errors.ts";
import type { Operator } from "../ports.ts";
import { type Calibrated, calibrate } from "./calibrate.ts";
import type { ReferencePlug } from "./reference-plug.ts";
import type { CalibrationParts } from "./steady-load.ts";

export interface RowRequest {
  readonly reference: ReferencePlug;
  /** "before": the reference is nearest the wall; "after": nearest the load. */
  readonly position: "before" | "after";
  readonly ownConsumption: Quantity;
  readonly samples: number;
  readonly target?: number;
  readonly maximumPower: number;
}

export interface RowResult {
  readonly name: string;
  readonly outcome: Calibrated | PlugsmithError;
}

/**
 * @param row the plugs in electrical order, from the wall to the load, each with its own parts.
 * A plug that cannot be calibrated is reported and the others go on; `aborted` and `unsafe` end the row.
 */
export async function calibrateRow(
  row: readonly { readonly name: string; readonly parts: CalibrationParts }[],
  request: RowRequest,
): Promise<readonly RowResult[]> {
  const results: RowResult[] = [];
  const { reference, position, ownConsumption, samples, target, maximumPower } = request;
  const confirmed = new Map<string, string>();
  for (const [index, { name, parts }] of row.entries()) {
    // A plug takes its own supply before its meter. From a reference at the wall, the supplies of all plugs up to and
    // including this one lie between; from one at the load, those of the plugs after it and the reference's own.
    const between = position === "before" ? index + 1 : row.length - index;
    try {
      const outcome = await calibrate(
        { ...parts, operator: askingOnce(parts.operator, confirmed) },
        {
          method: { kind: "reference-plug", plug: reference, chain: { position, between, ownConsumption } },
          samples,
          maximumPower,
          ...(target === undefined ? {} : { target }),
        },
      );
      results.push({ name, outcome });
    } catch (error) {
      if (!isPlugsmithError(error) || error.code === "aborted" || error.code === "unsafe") throw error;
      results.push({ name, outcome: error });
    }
  }
  return results;
}

/** The row is put together once and confirmed once: what was answered for the first plug holds for the others. */
function askingOnce(operator: Operator, answers: Map<string, string>): Operator {
  return {
    act: (action, signal) => operator.act(action, signal),
    measure: (quantity, signal) => operator.measure(quantity, signal),
    provide: (what, signal) => operator.provide(what, signal),
    async choose(choice, signal) {
      const known = answers.get(choice.id);
      if (known !== undefined) return known;
      const answer = await operator.choose(choice, signal);
      answers.set(choice.id, answer);
      return answer;
    },
  };
}
