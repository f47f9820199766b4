/** What only one job of a host may have at a time: a plug's folder, and the computer's own Wi-Fi. */
import { PlugsmithError } from "../core/errors.ts";
import type { EventSink } from "../core/events.ts";
import { say } from "../core/text/text.ts";
import type { ComputerWifi } from "../engine/ports.ts";
import { abortedError } from "../engine/time.ts";

export class PlugLocks {
  /** Job by plug folder. */
  readonly #holders = new Map<string, string>();

  /** @param job id and name of the job, for people. Returns the release. Errors: locked at once, never waited for. */
  take(folder: string, plug: string, job: string): () => void {
    const holder = this.#holders.get(folder);
    if (holder !== undefined) {
      throw new PlugsmithError("locked", {
        message: say`A job is already running for the plug ${plug}: ${holder}.`,
        plugState: say`as that job leaves it`,
        nextStep: say`Wait until that job ends, or stop it. Then try again.`,
        context: { plug, job: holder },
      });
    }
    this.#holders.set(folder, job);
    return () => void this.#holders.delete(folder);
  }
}

interface User {
  /** Id and name of the job, for people. */
  readonly job: string;
}

interface Waiting {
  readonly user: User;
  readonly start: () => void;
}

/** The computer can be in one network at a time: one job has its Wi-Fi from joining until it has gone back. */
export class WifiLock {
  #holder: User | undefined;
  readonly #queue: Waiting[] = [];

  /**
   * The Wi-Fi for one job. Joining waits until no other job has the Wi-Fi, and so does a scan, which would disturb a
   * join; the wait ends when it is free or the signal fires. @param signal the job's.
   */
  guarded(wifi: ComputerWifi, job: string, events: EventSink, signal: AbortSignal): ComputerWifi {
    const user = { job };
    return {
      scan: async () => {
        if (this.#holder === user) return await wifi.scan();
        const release = await this.#take(user, events, signal);
        try {
          return await wifi.scan();
        } finally {
          release();
        }
      },
      joinOpen: async (ssid, own) => {
        const release = await this.#take(user, events, own === undefined ? signal : AbortSignal.any([signal, own]));
        try {
          const goBack = await wifi.joinOpen(ssid, own);
          return async () => {
            try {
              await goBack();
            } finally {
              release();
            }
          };
        } catch (error) {
          release();
          throw error;
        }
      },
    };
  }

  /** For a job that ended without going back. */
  releaseAll(job: string): void {
    if (this.#holder?.job === job) this.#next();
  }

  /** A job that has it already has it; only its first release lets go. */
  async #take(user: User, events: EventSink, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw abortedError();
    if (this.#holder === user) return () => {};
    if (this.#holder === undefined) this.#holder = user;
    else {
      const text = say`Another job (${this.#holder.job}) is using this computer's Wi-Fi. This job continues when the Wi-Fi is free.`;
      events({ type: "notice", level: "info", text });
      await this.#turn(user, signal);
    }
    return () => {
      if (this.#holder === user) this.#next();
    };
  }

  #turn(user: User, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(abortedError());
      };
      const waiting: Waiting = {
        user,
        start: () => {
          signal.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      this.#queue.push(waiting);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** The lock passes straight to the next in the queue, so that nobody who comes meanwhile gets in between. */
  #next(): void {
    const next = this.#queue.shift();
    this.#holder = next?.user;
    next?.start();
  }
}
