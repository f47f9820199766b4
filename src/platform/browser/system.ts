/** What a browser has by itself: time, randomness, and its own queue of things to do. Window and worker alike. */
import type { Clock, Random } from "../../engine/ports.ts";

/** Real time. Background tabs stretch a window's timers to a second or more; a worker's keep their pace. */
export const browserClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

/** Most bytes that one call of getRandomValues gives (Web Cryptography API, getRandomValues). */
const QUOTA = 65_536;

export const browserRandom: Random = {
  bytes: (count) => {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; at += QUOTA) crypto.getRandomValues(bytes.subarray(at, at + QUOTA));
    return bytes;
  },
};

/** Lets everything that is runnable run: promise reactions, and what they post. A message is not stretched as timers are. */
export async function drain(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  }
}
