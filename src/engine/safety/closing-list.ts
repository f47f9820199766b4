/**
 * The closing list: every check between wires and mains, answered in order. Limits come from the device's guide, each with
 * its source.
 */
import { type Wires, wiresWords } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import type { SafetyMeasurement, SafetyRecord } from "../../core/journal/step-data.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import { type ClosedCase, isMet, requireClosed } from "./closed-case.ts";
import { measureWithin } from "./measurement.ts";

/** How far an earlier run came, and where each item of this one goes. */
export interface ClosingProgress {
  /** Met earlier, and nothing was opened since. */
  readonly done: SafetyRecord | undefined;
  /** Awaited before the next item is asked. */
  readonly met: (item: string, measured: SafetyMeasurement | undefined) => Promise<void>;
}

/** They are about a socket and the moment before it is used, so an earlier answer says nothing. */
const EACH_TIME: readonly string[] = ["first-mains-protected", "first-mains-no-load"];

/**
 * Goes through the closing list, item by item, in its order. The items at its beginning that are done are not asked again.
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
  progress?: ClosingProgress,
): Promise<ClosedCase> {
  const confirmed: string[] = [];
  const measured: SafetyMeasurement[] = [];
  const done = progress?.done;
  let resuming = done !== undefined;
  for (const [i, item] of guide.closing.entries()) {
    resuming &&= isMet(item, done) && !EACH_TIME.includes(item.id);
    if ("confirm" in item) {
      const text = guideText(texts, item.id);
      const question = i === 0 && wires !== undefined ? joined([wiresWords(wires), text]) : text;
      if (!resuming) await confirm(operator, item.id, text, question, signal);
      confirmed.push(item.id);
    } else {
      const earlier = resuming ? done?.measured.find(({ id }) => id === item.id) : undefined;
      const state = say`open or not tested; keep it away from mains`;
      measured.push(earlier ?? (await measureWithin(item, texts, operator, state, signal)));
    }
    if (!resuming) await progress?.met(item.id, "confirm" in item ? undefined : measured.at(-1));
  }
  return requireClosed({ closedAt: at, confirmed, measured }, guide);
}

/** Asks again for as long as it is not done yet. @throws unsafe */
async function confirm(
  operator: Operator,
  id: string,
  text: Text,
  question: Text,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = [
    { id: "yes", text: say`Yes, confirmed` },
    { id: "wait", text: say`Not yet: wait, and ask me again` },
    { id: "no", text: say`No: stop here` },
  ];
  let answer: string;
  do answer = await operator.choose({ id, text: question, options }, signal);
  while (answer === "wait");
  if (answer === "yes") return;
  throw new PlugsmithError("unsafe", {
    message: say`Not confirmed: ${text}`,
    step: "close-case",
    plugState: say`open or not tested; do not plug it into mains`,
    nextStep: say`Correct it, then run the same command again. It continues with this item.`,
    context: { check: id },
  });
}
