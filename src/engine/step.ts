/** A named step with its two events: that it begins, and what came of it. */
import { isPlugsmithError, withContext } from "../core/errors.ts";
import type { EventSink } from "../core/events.ts";
import type { StepId } from "../core/step-id.ts";
import type { Text } from "../core/text/text.ts";
import type { Clock } from "./ports.ts";

interface StepPorts {
  readonly events: EventSink;
  readonly clock: Pick<Clock, "now">;
}

/** Begins a step whose end is not the end of one piece of work. Returns what ends it, with a summary for people. */
export function startStep({ events, clock }: StepPorts, step: StepId, title: Text): (summary: Text) => void {
  const began = clock.now();
  events({ type: "step-started", step, title });
  return (summary) => {
    events({ type: "step-finished", step, durationMs: Math.round(clock.now() - began), summary });
  };
}

/**
 * @param work resolves to its result and a summary for people. A step that fails has no end, and its error says which
 * step it was.
 */
export async function runStep<T>(
  ports: StepPorts,
  step: StepId,
  title: Text,
  work: () => Promise<readonly [T, Text]>,
): Promise<T> {
  const end = startStep(ports, step, title);
  const [result, summary] = await work().catch((error: unknown) => {
    throw isPlugsmithError(error) ? withContext(error, { step }) : error;
  });
  end(summary);
  return result;
}
