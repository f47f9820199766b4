/** What the band says: an order, and three facts. Its default is: out of every socket. */
import { say, type Text } from "../../core/index.ts";
import type { JobView } from "./job-view.ts";

export interface Safety {
  readonly tone: "warn" | "stop" | "plain" | "virtual";
  readonly order: Text;
  readonly facts: readonly { readonly name: Text; readonly value: Text }[];
}

/** Questions that want the plug at mains; nothing else does. */
const AT_MAINS: readonly string[] = ["first-mains", "load-in", "mains-measurement"];
const MAINS_STEPS: readonly string[] = ["calibrate"];

/** @param finished steps on record before this run. */
export function safetyOf(view: JobView, virtual: boolean, finished: readonly string[] = []): Safety {
  const isDone = (step: string): boolean => view.done.has(step) || finished.includes(step);
  const closed = isDone("close-case");
  const opened = isDone("prepare") || view.answered.has("opening") || view.begun.includes("connect");
  const wired = view.answered.has("wiring") || isDone("prepare");
  const off = closed || view.answered.has("wires-removed");
  const mains = closed && mainsWanted(view);
  const failed = view.result?.ok === false ? view.result.error.code : undefined;
  const facts = [
    { name: say`Case`, value: closed ? say`closed` : opened ? say`open` : say`not opened` },
    { name: say`Wires`, value: off ? say`removed` : wired ? say`attached` : say`not attached` },
    virtual
      ? { name: say`Accidents`, value: say`${Number(view.facts.get("accidents") ?? 0)}` }
      : { name: say`Mains`, value: mains ? say`allowed now` : closed ? say`not now` : say`not allowed` },
  ];
  if (virtual) return { tone: "virtual", order: say`Nothing here is live.`, facts };
  if (failed === "mains-on-wires") {
    return { tone: "stop", order: say`Mains is on the wires. Pull the plug out of its socket now.`, facts };
  }
  if (mains) return { tone: "plain", order: say`Mains is allowed in this step: behind an RCD.`, facts };
  if (closed) return { tone: "plain", order: say`The case is closed and tested.`, facts };
  return { tone: "warn", order: say`Keep this plug out of every socket.`, facts };
}

function mainsWanted({ step, questions }: JobView): boolean {
  return questions.some(({ topic }) => AT_MAINS.includes(topic.id)) || MAINS_STEPS.includes(step ?? "");
}
