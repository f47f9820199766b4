/**
 * The gates between wires and mains. They stand in the job: what they ask must be answered before the next step runs,
 * and nothing but their own proof opens the way to mains. Limits come from the device's guide, each with its source.
 */

import { type Wires, wiresWords } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { ClosingItem, Guide, GuideTexts } from "../../core/guide/guide.ts";
import type { SafetyMeasurement, SafetyRecord, StepData } from "../../core/journal/step-data.ts";
import type { Operator } from "../ports.ts";
import { measureWithin, meets } from "./measurement.ts";

/**
 * Only closeCase makes one, and closedOnRecord reads it back: the type is what lets a step onto mains. A proof is good for
 * one assembly; any step that attaches wires again must drop it.
 */
export interface ClosedCase extends SafetyRecord {
  readonly closedAt: string;
}

/** The proof that the step left on record; undefined where there is none. What is missing in it was not checked. */
export function closedOnRecord(data: StepData["close the case"] | undefined): ClosedCase | undefined {
  if (data?.closedAt === undefined) return undefined;
  return { ...data, closedAt: data.closedAt, confirmed: data.confirmed ?? [], measured: data.measured ?? [] };
}

/**
 * Before anybody touches the board or its wires.
 * @param wires on record, where they are the reason for asking. @throws unsafe
 */
export async function requireUnplugged(
  operator: Operator,
  step: string,
  signal?: AbortSignal,
  wires?: Wires,
): Promise<void> {
  const answer = await operator.choose(
    {
      id: "away-from-mains",
      text: `${wires === undefined ? "" : `${wiresWords(wires)} `}Wires and mains never meet. Is the plug out of its socket?`,
      options: [
        { id: "yes", text: "Yes, it is out of its socket and stays out" },
        { id: "no", text: "No" },
      ],
    },
    signal,
  );
  if (answer === "yes") return;
  throw new PlugsmithError("unsafe", {
    message: "The plug is not known to be out of its socket: nobody opens it, and nothing is done over its wires.",
    step,
    plugState: "untouched",
    nextStep:
      "Touch no wire. If one is on the board, switch the mains off first. Take the plug out, then run it again. A plug without wires goes to mains by its closing list: plugsmith close.",
  });
}

/**
 * Before the board gets its first power. "adapter": 3.3 V where 3.3 V belongs, before any wire leads from the adapter to
 * the board; "board": no short between the wires that are now on it. @throws unsafe
 */
export async function checkBeforePower(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  what: "adapter" | "board",
  signal?: AbortSignal,
): Promise<readonly SafetyMeasurement[]> {
  const measured: SafetyMeasurement[] = [];
  for (const item of guide.beforePower) {
    if (item.on === what) measured.push(await measureWithin(item, texts, operator, "not powered", signal));
  }
  return measured;
}

/**
 * Goes through the closing list, item by item, in its order.
 * @param wires on record, where they are the reason for asking: named in the first question.
 * @throws unsafe as soon as one is not met.
 */
export async function closeCase(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  at: string,
  signal?: AbortSignal,
  wires?: Wires,
): Promise<ClosedCase> {
  const confirmed: string[] = [];
  const measured: SafetyMeasurement[] = [];
  for (const [i, item] of guide.closing.entries()) {
    if ("confirm" in item) {
      const text = texts[item.id] ?? item.id;
      const answer = await operator.choose(
        {
          id: item.id,
          text: i === 0 && wires !== undefined ? `${wiresWords(wires)} ${text}` : text,
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
    } else
      measured.push(await measureWithin(item, texts, operator, "open or unchecked; keep it away from mains", signal));
  }
  return { closedAt: at, confirmed, measured };
}

/**
 * A proof from an earlier run says nothing of what has happened since: the case may have been opened again. True only
 * where the operator says that it has stayed shut.
 */
export async function hasStayedClosed(proof: ClosedCase, operator: Operator, signal?: AbortSignal): Promise<boolean> {
  const answer = await operator.choose(
    {
      id: "still-closed",
      text: `The closing list was gone through on ${proof.closedAt.slice(0, 10)}. Has the case stayed shut since then, with no wire put on the board?`,
      options: [
        { id: "closed", text: "Yes, it has stayed shut" },
        { id: "opened", text: "No, or I am not sure: go through the list again" },
      ],
    },
    signal,
  );
  return answer === "closed";
}

/** The first time at mains, behind the proof that the case is closed. @param wires on record. @throws unsafe */
export async function plugIntoMains(
  proof: ClosedCase | undefined,
  guide: Guide,
  operator: Operator,
  signal?: AbortSignal,
  wires?: Wires,
): Promise<void> {
  requireClosed(proof, guide, wires);
  await operator.act(
    { id: "first-mains", text: "Plug it into the protected socket (RCD or series bulb), nothing plugged into it." },
    signal,
  );
}

/** The only way to a step at mains. @param wires on record, which a refusal names. @throws unsafe */
export function requireClosed(proof: ClosedCase | undefined, guide: Guide, wires?: Wires): ClosedCase {
  const missing = guide.closing.filter((item) => !isDone(item, proof)).map(({ id }) => id);
  if (proof !== undefined && missing.length === 0) return proof;
  throw new PlugsmithError("unsafe", {
    message: `${wires === undefined ? "" : `${wiresWords(wires)} `}The plug may not go to mains: ${missing.length} of ${guide.closing.length} closing checks are not done (${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ", …" : ""}).`,
    step: "calibrate",
    plugState: "not known to be closed",
    nextStep: "Run the step that closes the case first.",
  });
}

function isDone(item: ClosingItem, proof: ClosedCase | undefined): boolean {
  if (proof === undefined) return false;
  if ("confirm" in item) return proof.confirmed.includes(item.id);
  const measured = proof.measured.find(({ id }) => id === item.id);
  return measured !== undefined && meets(item, measured);
}
