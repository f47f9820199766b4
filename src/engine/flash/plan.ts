/** Plans as data: how steps are put together for showing. */
import { type Quantity, quantity, type Text } from "../../core/text/text.ts";
import type { FlashPlan, FlashRange, PlanStep } from "./contract.ts";

export function step(act: PlanStep["act"], range: FlashRange, reason: Text, md5?: string): PlanStep {
  return { act, at: range.at, length: range.length, reason, md5 };
}

export function plan(
  kind: FlashPlan["kind"],
  flashSize: number,
  steps: readonly PlanStep[],
  gate: Pick<FlashPlan, "gate" | "gateReason">,
): FlashPlan {
  const transferBytes = steps
    .filter(({ act }) => act === "read" || act === "write")
    .reduce((sum, { length }) => sum + length, 0);
  const ordered = [...steps].sort((a, b) => rank(a) - rank(b) || a.at - b.at);
  return { kind, flashSize, steps: ordered, transferBytes, ...gate };
}

/** Digests come last: they prove the rest. */
function rank({ act }: PlanStep): number {
  return act === "digest" ? 1 : 0;
}

/** A size as people read it, rounded up. */
export const kib = (bytes: number): Quantity => quantity(Math.ceil(bytes / 1024), "KiB");
