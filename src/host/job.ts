/**
 * One job of the host: runs, emits its events, asks its questions, ends once. A watcher only reads: closing a
 * watcher changes nothing, and a job without watchers runs on, and waits at its questions until they are answered.
 */
import { isPlugsmithError, PlugsmithError } from "../core/errors.ts";
import { EVENT_VERSION, type EventSink, type JobEvent } from "../core/events.ts";
import { say } from "../core/text/text.ts";
import type { Clock, ComputerWifi, Operator } from "../engine/ports.ts";
import { EventLog } from "./event-log.ts";
import { type Answer, type OpenQuestion, type QuestionEvent, Questions } from "./questions.ts";

/** What watchers see. `seq` counts from 1 without a gap, though ticks may be missing where a watcher reads late. */
export type HostEvent = (JobEvent | QuestionEvent) & {
  /** The job's id. */
  readonly id: string;
  /** Its name, such as "convert". */
  readonly job: string;
  /** 12 lower-case hex digits, once known. */
  readonly plug: string | undefined;
  readonly seq: number;
};

/** running: it works or waits for an answer. stopping: it is cleaning up after a stop. */
export type JobState = "running" | "stopping" | "done" | "failed";

export interface JobContext {
  /** Asks anyone who watches the job. Questions that are open when the job is stopped reject with `aborted`. */
  readonly operator: Operator;
  readonly events: EventSink;
  readonly signal: AbortSignal;
  /** For a job that learns on its way which plug it is for. Errors: locked where another job has that plug. */
  readonly claimPlug: (plug: string) => void;
  /** The computer's Wi-Fi, for one job at a time. */
  readonly guardWifi: (wifi: ComputerWifi) => ComputerWifi;
}

export interface JobRequest<T> {
  /** Its name, such as "convert". */
  readonly job: string;
  /** 12 lower-case hex digits, where it is known beforehand. */
  readonly plug?: string | undefined;
  /** The home that the plug's folder is in. */
  readonly home: string;
  /** What the `result` event carries of it; default: nothing. */
  readonly data?: ((result: T) => Readonly<Record<string, unknown>>) | undefined;
  run(context: JobContext): Promise<T>;
}

export interface JobHandle<T = unknown> {
  readonly id: string;
  readonly job: string;
  readonly plug: string | undefined;
  readonly state: JobState;
  /** From the first event on; see `eventsFrom`. */
  readonly events: AsyncIterable<HostEvent>;
  /** Ends after the `result` event. @param seq of the first event wanted, 1 and more; one that is still to come is waited for. */
  eventsFrom(seq: number): AsyncIterable<HostEvent>;
  /** Those that are open now, in the order in which they were asked. */
  readonly questions: readonly OpenQuestion[];
  /**
   * The first answer that fits is taken. Errors: question-closed (answered already, or withdrawn), bad-argument (never
   * asked, or an answer that does not fit: the question stays open).
   */
  answer(question: string, answer: Answer): void;
  /**
   * Who was to answer gives up, or nobody is there: the job gets the reason (`aborted`, `needs-input`) in place of an
   * answer. Errors: as `answer`.
   */
  decline(question: string, reason: Error): void;
  /** As the job's function settles. Nobody has to wait for it: a failure is also the `result` event. */
  readonly result: Promise<T>;
  /** Asks the job to stop; open questions are withdrawn. It ends when it has left things in order. Later calls do nothing. */
  abort(): void;
}

/** What the host does for a job. */
export interface JobSurroundings {
  readonly clock: Pick<Clock, "now" | "wallTime">;
  readonly claimPlug: (plug: string) => void;
  readonly guardWifi: (wifi: ComputerWifi, events: EventSink, signal: AbortSignal) => ComputerWifi;
  /** Called once, when the job has ended and before `result` settles. */
  ended(): void;
}

export class Job<T> implements JobHandle<T> {
  readonly id: string;
  readonly job: string;
  readonly result: Promise<T>;
  readonly #log: EventLog<HostEvent> = new EventLog<HostEvent>();
  readonly #questions: Questions;
  readonly #stop: AbortController = new AbortController();
  #plug: string | undefined;
  #state: JobState = "running";

  constructor(id: string, request: JobRequest<T>, surroundings: JobSurroundings) {
    this.id = id;
    this.job = request.job;
    this.#plug = request.plug;
    this.#questions = new Questions(`${id}.`, (event) => this.#add(event), this.#stop.signal);
    this.result = this.#run(request, surroundings);
    // A result that nobody waits for is no fault of the process.
    this.result.catch(() => {});
  }

  get plug(): string | undefined {
    return this.#plug;
  }

  get state(): JobState {
    return this.#state;
  }

  get events(): AsyncIterable<HostEvent> {
    return this.eventsFrom(1);
  }

  eventsFrom(seq: number): AsyncIterable<HostEvent> {
    return this.#log.from(seq);
  }

  get questions(): readonly OpenQuestion[] {
    return this.#questions.open;
  }

  answer(question: string, answer: Answer): void {
    this.#questions.answer(question, answer);
  }

  decline(question: string, reason: Error): void {
    this.#questions.decline(question, reason);
  }

  abort(): void {
    if (this.#state !== "running") return;
    this.#state = "stopping";
    this.#stop.abort();
  }

  async #run(request: JobRequest<T>, surroundings: JobSurroundings): Promise<T> {
    const { clock } = surroundings;
    const { job } = this;
    const started = clock.now();
    const events: EventSink = (event) => this.#add(event);
    const { signal } = this.#stop;
    events({ type: "job-started", job, version: EVENT_VERSION, at: new Date(clock.wallTime()).toISOString() });
    const durationMs = (): number => Math.round(clock.now() - started);
    try {
      const result = await request.run({
        operator: this.#questions,
        events,
        signal,
        claimPlug: (plug) => {
          surroundings.claimPlug(plug);
          this.#plug = plug;
        },
        guardWifi: (wifi) => surroundings.guardWifi(wifi, events, signal),
      });
      this.#end("done", surroundings, {
        type: "result",
        ok: true,
        job,
        durationMs: durationMs(),
        data: request.data?.(result) ?? {},
      });
      return result;
    } catch (thrown) {
      const { code, step, texts, context } = isPlugsmithError(thrown) ? thrown : internalError(thrown);
      const error = { code, step, ...texts, context };
      this.#end("failed", surroundings, { type: "result", ok: false, job, durationMs: durationMs(), error });
      throw thrown;
    }
  }

  #end(state: JobState, surroundings: JobSurroundings, result: JobEvent): void {
    this.#questions.end();
    this.#state = state;
    surroundings.ended();
    this.#add(result);
    this.#log.end();
  }

  #add(event: JobEvent | QuestionEvent): void {
    const { id, job } = this;
    const plug = this.#plug;
    this.#log.add((seq) => ({ ...event, id, job, plug, seq }));
  }
}

function internalError(cause: unknown): PlugsmithError {
  return new PlugsmithError("internal", {
    message: say`This is a bug in plugsmith.`,
    nextStep: say`Run the command again. It does not repeat steps that are recorded as done. Then report the bug.`,
    cause,
  });
}
