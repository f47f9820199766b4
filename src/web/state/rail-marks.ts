/** How far each step of the rail is, from the job's events and from what is on record before them. */
import type { JobView } from "./job-view.ts";
import { type RailStep, railSteps } from "./rail-steps.ts";

export interface RailMark extends RailStep {
  readonly state: "done" | "now" | "ahead";
  /** Undefined where an earlier run did it. */
  readonly tookMs: number | undefined;
}

/** @param finished steps on record before this run. */
export function railMarks(view: JobView, finished: readonly string[] = []): readonly RailMark[] {
  const isDone = (step: string): boolean => view.done.has(step) || finished.includes(step);
  const steps = railSteps(closesFirst(view, finished));
  // "identify" has no events of its own in the conversion: it is over when the connection is.
  const isOver = ({ steps: parts }: RailStep): boolean =>
    parts.every((step) => isDone(step) || (step === "identify" && isDone("connect")));
  const over = steps.map(isOver);
  const now = view.result?.ok === true ? -1 : over.lastIndexOf(true) + 1;
  return steps.map((step, index) => ({
    ...step,
    state: over[index] ? "done" : index === now ? "now" : "ahead",
    tookMs: tookMs(view, step),
  }));
}

function tookMs({ done }: JobView, { steps }: RailStep): number | undefined {
  const took = steps.flatMap((step) => done.get(step)?.durationMs ?? []);
  return took.length === 0 ? undefined : took.reduce((sum, each) => sum + each, 0);
}

/** On a weak supply: seen where the case is closed, or being closed, before the plug has joined. */
function closesFirst({ begun, done }: JobView, finished: readonly string[]): boolean {
  const joined = begun.indexOf("provision");
  const closing = begun.indexOf("close-case");
  if (closing >= 0) return joined < 0 ? !finished.includes("provision") : closing < joined;
  return finished.includes("close-case") && !finished.includes("provision") && !done.has("provision");
}
