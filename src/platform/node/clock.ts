/** Real time: the monotonic clock of the process, the system's wall clock, and timers that do not outlive their cancel. */
import type { Clock } from "../../engine/ports.ts";

export const nodeClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};
