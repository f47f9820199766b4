/**
 * The gates between wires and mains. They stand in the job: what they ask must be answered before the next step runs,
 * and nothing but their own proof opens the way to mains. Limits come from the device's guide, each with its source.
 */

import { PlugsmithError } from "../../core/errors.ts";
import type { Guide, GuideMeasurement, GuideTexts } from "../../core/guide/guide.ts";
import type { Operator } from "../ports.ts";

export interface SafetyMeasurement {
  readonly id: string;
  readonly value: number;
  readonly unit: GuideMeasurement["measure"];
  readonly limit: string;
  readonly source: string;
}

export interface SafetyRecord {
  /** Ids that the operator confirmed, in order. */
  readonly confirmed: readonly string[];
  readonly measured: readonly SafetyMeasurement[];
}

/**
 * Only closeCase makes one: the type is what lets a step onto mains. A proof is good for one assembly; any step that
 * attaches wires again must drop it.
 */
export interface ClosedCase extends SafetyRecord {
  readonly closedAt: string;
}

/** How often a measurement may be repeated before the job gives up: a bad contact is bent and measured again. */
const MEASURE_ATTEMPTS = 5;

/** Before the board gets its first power: no short, and 3.3 V where 3.3 V belongs. @throws unsafe */
export async function checkBeforePower(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  signal?: AbortSignal,
): Promise<SafetyRecord> {
  const measured: SafetyMeasurement[] = [];
  for (const item of guide.beforePower) measured.push(await within(item, texts, operator, "not powered", signal));
  return { confirmed: [], measured };
}

/** Goes through the closing list, item by item, in its order. @throws unsafe as soon as one is not met. */
export async function closeCase(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  at: string,
  signal?: AbortSignal,
): Promise<ClosedCase> {
  const confirmed: string[] = [];
  const measured: SafetyMeasurement[] = [];
  for (const item of guide.closing) {
    if ("confirm" in item) {
      const text = texts[item.id] ?? item.id;
      const answer = await operator.choose(
        {
          id: item.id,
          text,
          options: [
            { id: "yes", text: "Yes, so it is" },
            { id: "no", text: "No" },
          ],
        },
        signal,
      );
      if (answer !== "yes") {
        throw new PlugsmithError("unsafe", {
          message: `Not confirmed: ${text}`,
          step: "close the case",
          plugState: "open or unchecked; it must not be plugged into mains",
          nextStep: "Put it right, then run the step again; it starts from the first item.",
        });
      }
      confirmed.push(item.id);
    } else measured.push(await within(item, texts, operator, "open or unchecked; keep it away from mains", signal));
  }
  return { closedAt: at, confirmed, measured };
}

async function within(
  item: GuideMeasurement,
  texts: GuideTexts,
  operator: Operator,
  plugState: string,
  signal?: AbortSignal,
): Promise<SafetyMeasurement> {
  const limit = limitText(item);
  const points = item.points?.map((id) => texts[id] ?? id).join(" to ");
  const text = `${texts[item.id] ?? item.id}${points === undefined ? "" : `: ${points}`} (${limit})`;
  let value = Number.NaN;
  for (let attempt = 0; attempt < MEASURE_ATTEMPTS; attempt++) {
    value = await operator.measure({ id: item.id, text, unit: item.measure }, signal);
    const low = item.atLeast !== undefined && !(value >= item.atLeast);
    const high = item.atMost !== undefined && !(value <= item.atMost);
    // A negative resistance or voltage is a mistyped or swapped reading, never a pass.
    if (!low && !high && value >= 0) {
      return { id: item.id, value, unit: item.measure, limit, source: item.source };
    }
  }
  throw new PlugsmithError("unsafe", {
    message: `${texts[item.id] ?? item.id}: measured ${value} ${unitText(item.measure)}, wanted ${limit}.`,
    step: item.id,
    plugState,
    nextStep: NEXT_STEPS[item.id] ?? "Find the cause and put it right before going on.",
  });
}

const NEXT_STEPS: Readonly<Record<string, string>> = {
  "short-vcc-gnd": "Look for a solder bridge between the two pads; do not connect the adapter.",
  "adapter-vcc": "Set the adapter to 3.3 V (jumper or switch), or use another; 5 V destroys the chip.",
  "adapter-tx": "This adapter's signals are not 3.3 V; use another, or a level shifter. 5 V destroys the chip.",
  "earth-resistance":
    "Bend the bottom earth piece so that it presses harder, clean both, and measure again with leads nulled.",
  insulation: "Look for filings, solder or a trapped wire between mains and earth.",
};

function limitText({ atLeast, atMost, measure }: GuideMeasurement): string {
  const unit = unitText(measure);
  if (atLeast !== undefined && atMost !== undefined) return `${atLeast} to ${atMost} ${unit}`;
  return atLeast !== undefined ? `at least ${atLeast} ${unit}` : `at most ${atMost} ${unit}`;
}

function unitText(unit: GuideMeasurement["measure"]): string {
  return unit === "ohm" ? "Ω" : unit === "Mohm" ? "MΩ" : unit;
}

/** The only way to a step at mains. @throws unsafe */
export function requireClosed(proof: ClosedCase | undefined, guide: Guide): ClosedCase {
  const missing =
    proof === undefined
      ? guide.closing.map(({ id }) => id)
      : guide.closing
          .map(({ id }) => id)
          .filter((id) => !proof.confirmed.includes(id) && !proof.measured.some((item) => item.id === id));
  if (proof !== undefined && missing.length === 0) return proof;
  throw new PlugsmithError("unsafe", {
    message: `The plug may not go to mains: ${missing.length} of ${guide.closing.length} closing checks are not done (${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ", …" : ""}).`,
    step: "calibrate",
    plugState: "not known to be closed",
    nextStep: "Run the step that closes the case first.",
  });
}
