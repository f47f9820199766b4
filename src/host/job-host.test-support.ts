/** A host for tests, and jobs on it that are a function of the test. */
import type { HostEvent, JobContext, JobHandle } from "./job.ts";
import { JobHost } from "./job-host.ts";

export const HOME = "/home";
export const PLUG = "c44f33a1b212";

/** Its ids begin with "abababab". Time is a count of how often it was asked for. */
export function testHost(): JobHost {
  let now = 0;
  return new JobHost({
    clock: { now: () => now++, wallTime: () => 0 },
    random: { bytes: (count) => new Uint8Array(count).fill(0xab) },
  });
}

export function startOn<T>(
  host: JobHost,
  run: (context: JobContext) => Promise<T>,
  plug?: string,
  job = "convert",
): JobHandle<T> {
  return host.start({ job, home: HOME, plug, run });
}

export async function all(events: AsyncIterable<HostEvent>): Promise<HostEvent[]> {
  const found: HostEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

/** Everything that is runnable has run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** Holds a job up until it is opened. */
export function makeGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}
