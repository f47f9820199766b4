/** Waiting on the injected clock. Nothing here, or anywhere in the engine, touches a global timer. */
import { PlugsmithError } from "../core/errors.ts";
import { say } from "../core/text/text.ts";
import type { Clock } from "./ports.ts";

export function abortedError(step?: string): PlugsmithError {
  return new PlugsmithError("aborted", { message: say`Stopped on request.`, step });
}

/** Resolves after `delayMs`; rejects with `aborted` as soon as the signal fires. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortedError());
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(abortedError());
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
