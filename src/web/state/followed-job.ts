/** A job as a page follows it: from its first event, on through reloads and a server that goes away and comes back. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { HostEvent } from "../../host/index.ts";
import { type HostClient, HostError } from "../host-client.ts";
import { reaching } from "./connection.ts";
import { foldEvent, type JobView, NOTHING_YET } from "./job-view.ts";

/** A server that went away is looked for this often, ms. */
const AGAIN_MS = 1000;

export interface FollowedJob {
  readonly view: ReadonlySignal<JobView>;
  /** True where the host knows no such job any more. */
  readonly gone: ReadonlySignal<boolean>;
  stop(): void;
}

/**
 * @param paint calls back when the page is painted next: events that come in between are shown together.
 */
export function followJob(client: HostClient, job: string, paint: (show: () => void) => void): FollowedJob {
  const view = signal<JobView>(NOTHING_YET);
  const gone = signal(false);
  const stop = new AbortController();
  let folded: JobView = NOTHING_YET;
  let waiting = false;
  const take = (event: HostEvent): void => {
    folded = foldEvent(folded, event);
    if (waiting) return;
    waiting = true;
    paint(() => {
      waiting = false;
      view.value = folded;
    });
  };
  const follow = async (): Promise<true> => {
    for await (const event of client.events(job, folded.seq + 1, stop.signal)) take(event);
    return true;
  };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted && folded.result === undefined) {
      if ((await reaching(follow)) === undefined) await pause(AGAIN_MS, stop.signal);
    }
  };
  run().catch((error: unknown) => {
    if (stop.signal.aborted) return;
    if (!(error instanceof HostError)) throw error;
    gone.value = true;
  });
  return { view, gone, stop: () => stop.abort() };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
