import { drain } from "../../src/platform/node/system.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";

/** What was struck may still be closing what it had open: it gets a minute of virtual time, and its outcome is nobody's. */
export async function endQuietly(clock: SimClock, work: Promise<unknown>): Promise<void> {
  let settled = false;
  const mark = (): void => {
    settled = true;
  };
  work.then(mark, mark);
  await clock.run(drain, () => settled, clock.now + 60e6);
}
