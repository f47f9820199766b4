/** A named step with its two events: that it begins, and what came of it. */
import { completed, isPlugsmithError } from "../core/errors.ts";
import type { EventSink } from "../core/events.ts";
import type { Clock } from "./ports.ts";

/**
 * @param work resolves to its result and a summary for people. A step that fails has no end, and its error says which
 * step it was.
 */
export async function timed<T>(
  { events, clock }: { readonly events: EventSink; readonly clock: Pick<Clock, "now"> },
  step: string,
  title: string,
  work: () => Promise<readonly [T, string]>,
): Promise<T> {
  const began = clock.now();
  events({ type: "step-started", step, title });
  const [result, summary] = await work().catch((error: unknown) => {
    throw isPlugsmithError(error) ? completed(error, { step }) : error;
  });
  events({ type: "step-finished", step, durationMs: Math.round(clock.now() - began), summary });
  return result;
}
