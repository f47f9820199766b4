/** The way to mains: whether an earlier closing list still holds, and the first time in a socket. */
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { say } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import type { ClosedCase, ClosingRecord } from "./closed-case.ts";
import { confirmList, type ItemToConfirm } from "./confirm-list.ts";
import { notFitForMains } from "./mains-measurement.ts";

/**
 * A closing list from an earlier run says nothing of what has happened since: the case may have been opened again. True only
 * where the operator says that it has stayed shut.
 */
export async function hasStayedClosed(
  closing: ClosingRecord,
  operator: Operator,
  signal?: AbortSignal,
): Promise<boolean> {
  const answer = await operator.choose(
    {
      id: "still-closed",
      text: say`The closing list was completed on ${closing.closedAt.slice(0, 10)}. Has the case stayed closed since then, with no wire on the board?`,
      options: [
        { id: "closed", text: say`Yes, it has stayed closed` },
        { id: "opened", text: say`No, or I am not sure: go through the list again` },
      ],
    },
    signal,
  );
  return answer === "closed";
}

/**
 * The first time at mains, behind the proof that the case is closed.
 * @param before what has to be true before it, in the same question. @throws unsafe where the person stops
 */
export async function plugIntoMains(
  _proof: ClosedCase,
  operator: Operator,
  signal?: AbortSignal,
  before?: ItemToConfirm,
): Promise<void> {
  const plugIn = {
    id: "first-mains",
    text: say`Plug it into the protected socket (RCD or series bulb). Nothing may be plugged into the plug.`,
  };
  if (before === undefined) return await operator.act(plugIn, signal);
  await confirmList(
    { id: "first-mains", text: say`At the protected socket, in this order:`, items: [before, plugIn] },
    { operator, signal, refusal: (open) => (open.id === before.id ? notFitForMains() : notAtMains()) },
  );
}

/** Where a job ends with wires on the plug. */
export function warnOfWires(events: EventSink): void {
  events({
    type: "notice",
    level: "warning",
    text: say`Wires are still on the plug. Do not connect it to mains before you have completed the closing list.`,
  });
}

function notAtMains(): PlugsmithError {
  return new PlugsmithError("unsafe", {
    message: say`The plug is not at mains yet.`,
    step: "calibrate",
    plugState: say`closed`,
    nextStep: say`Plug it into the protected socket, then give the same command again.`,
  });
}
