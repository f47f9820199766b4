/**
 * The closing list: every check between wires and mains, answered in order. Limits come from the device's guide, each with
 * its source.
 */
import { type Wires, wiresWords } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import type { SafetyMeasurement } from "../../core/journal/step-data.ts";
import { say } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import { type ClosedCase, requireClosed } from "./closed-case.ts";
import { measureWithin } from "./measurement.ts";

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
      const text = guideText(texts, item.id);
      const answer = await operator.choose(
        {
          id: item.id,
          text: i === 0 && wires !== undefined ? say`${wiresWords(wires)} ${text}` : text,
          options: [
            { id: "yes", text: say`Yes, so it is` },
            { id: "no", text: say`No` },
          ],
        },
        signal,
      );
      if (answer !== "yes") {
        throw new PlugsmithError("unsafe", {
          message: say`Not confirmed: ${text}`,
          step: "close-case",
          plugState: say`open or unchecked; it must not be plugged into mains`,
          nextStep: say`Put it right, then run the step again; it starts from the first item.`,
        });
      }
      confirmed.push(item.id);
    } else
      measured.push(
        await measureWithin(item, texts, operator, say`open or unchecked; keep it away from mains`, signal),
      );
  }
  return requireClosed({ closedAt: at, confirmed, measured }, guide);
}
