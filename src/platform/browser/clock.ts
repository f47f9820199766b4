/** Real time in a browser. Background tabs stretch timers to a second or more; nothing here can change that. */
import type { Clock } from "../../engine/ports.ts";

export const browserClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};
