/**
 * Runs jobs for any face: a terminal, a server, a page. One host for all jobs of a process: it knows which of them has
 * which plug and the computer's Wi-Fi. Knows nothing of what the jobs do.
 */
import { toHex } from "../core/bytes.ts";
import { PlugsmithError } from "../core/errors.ts";
import { say } from "../core/text/text.ts";
import { plugFolder } from "../engine/home/folders.ts";
import type { Clock, Random } from "../engine/ports.ts";
import { Job, type JobHandle, type JobRequest } from "./job.ts";
import { PlugLocks, WifiLock } from "./locks.ts";

/** Ended jobs that can still be read; older ones are in the journals. */
const MOST_ENDED = 50;
/** Makes the ids of one host differ from those of the one before it, which a page may still hold. */
const HOST_ID_BYTES = 4;

export interface JobHostOptions {
  readonly clock: Pick<Clock, "now" | "wallTime">;
  readonly random: Random;
}

export class JobHost {
  readonly #clock: Pick<Clock, "now" | "wallTime">;
  readonly #prefix: string;
  readonly #jobs = new Map<string, JobHandle>();
  readonly #plugs: PlugLocks = new PlugLocks();
  readonly #wifi: WifiLock = new WifiLock();
  #started = 0;
  #closed = false;

  constructor({ clock, random }: JobHostOptions) {
    this.#clock = clock;
    this.#prefix = toHex(random.bytes(HOST_ID_BYTES));
  }

  /** Those that run and the last that ended, in the order in which they were started. */
  get jobs(): readonly JobHandle[] {
    return [...this.#jobs.values()];
  }

  /** Undefined for one that this host has not started, or that ended long ago. */
  job(id: string): JobHandle | undefined {
    return this.#jobs.get(id);
  }

  /** Starts a job; the handle reports what becomes of it. Errors: locked where the plug has a job already; aborted after `close`. */
  start<T>(request: JobRequest<T>): JobHandle<T> {
    if (this.#closed) {
      throw new PlugsmithError("aborted", {
        message: say`No job can be started because plugsmith is closing.`,
        plugState: say`untouched`,
        nextStep: say`Start plugsmith again.`,
      });
    }
    const id = `${this.#prefix}-${++this.#started}`;
    const name = `${request.job}, ${id}`;
    const held = new Map<string, () => void>();
    const claimPlug = (plug: string): void => {
      const folder = plugFolder(request.home, plug);
      if (!held.has(folder)) held.set(folder, this.#plugs.take(folder, plug, name));
    };
    if (request.plug !== undefined) claimPlug(request.plug);
    const job = new Job<T>(id, request, {
      clock: this.#clock,
      claimPlug,
      guardWifi: (wifi, events, signal) => this.#wifi.guarded(wifi, name, events, signal),
      ended: () => {
        for (const release of held.values()) release();
        this.#wifi.releaseAll(name);
      },
    });
    this.#jobs.set(id, job);
    this.#forgetOldest();
    return job;
  }

  /** Stops all jobs and resolves when they have ended. Nothing can be started afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#jobs.values()];
    for (const job of all) job.abort();
    await Promise.allSettled(all.map(({ result }) => result));
  }

  #forgetOldest(): void {
    const ended = this.jobs.filter(({ state }) => state === "done" || state === "failed");
    for (const { id } of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) this.#jobs.delete(id);
  }
}
