/** A named step with its two events: that it begins, and what came of it. */
import type { EventSink } from "../core/events.ts";
import type { Clock } from "./ports.ts";

/** @param work resolves to its result and a summary for people. A step that fails has no end. */
export async function timed<T>(
  { events, clock }: { readonly events: EventSink; readonly clock: Pick<Clock, "now"> },
  step: string,
  title: string,
  work: () => Promise<readonly [T, string]>,
): Promise<T> {
  const began = clock.now();
  events({ type: "step-started", step, title });
  const [result, summary] = await work();
  events({ type: "step-finished", step, durationMs: Math.round(clock.now() - began), summary });
  return result;
}
