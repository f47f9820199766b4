/** The terminal as one watcher of a job: renders its events, has its questions answered. Ends with the job. */
import type { EventSink, JobEvent } from "../../core/index.ts";
import type { Operator } from "../../engine/index.ts";
import type { Answer, Environment, HostEvent, JobHandle, OpenQuestion } from "../../host/index.ts";

export interface Watcher {
  /** The beginning and the result of the job are left out: the command reports its own. */
  readonly emit: EventSink;
  /** Who answers. Their refusal is the job's answer. */
  readonly operator: Operator;
}

/** Resolves when the job has ended and all that was asked is over. */
export async function watchJob(job: JobHandle, { emit, operator }: Watcher): Promise<void> {
  const open = new Map<string, AbortController>();
  const answers: Promise<void>[] = [];
  for await (const event of job.events) {
    switch (event.type) {
      case "question-asked": {
        const { question } = event;
        const over = new AbortController();
        open.set(question.id, over);
        // Not waited for here: what happens while somebody thinks is shown.
        answers.push(answer(job, question, operator, over.signal));
        break;
      }
      case "question-answered":
      case "question-withdrawn":
        open.get(event.questionId)?.abort();
        open.delete(event.questionId);
        break;
      case "job-started":
      case "result":
        break;
      default:
        emit(jobEvent(event));
    }
  }
  await Promise.all(answers);
}

async function answer(job: JobHandle, question: OpenQuestion, operator: Operator, over: AbortSignal): Promise<void> {
  const isOpen = (): boolean => job.questions.some(({ id }) => id === question.id);
  try {
    const given = await answerOf(question, operator, over);
    if (isOpen()) job.answer(question.id, given);
  } catch (error) {
    if (isOpen()) job.decline(question.id, error instanceof Error ? error : new Error(String(error)));
  }
}

async function answerOf(question: OpenQuestion, operator: Operator, over: AbortSignal): Promise<Answer> {
  switch (question.kind) {
    case "act":
      await operator.act(question.topic, over);
      return { kind: "act" };
    case "measure":
      return { kind: "measure", reading: await operator.measure(question.topic, over) };
    case "readings":
      return { kind: "readings", readings: await operator.read(question.topic, over) };
    case "checklist":
      return { kind: "checklist", ...(await operator.check(question.topic, over)) };
    case "choose":
      return { kind: "choose", option: await operator.choose(question.topic, over) };
    case "provide":
      return { kind: "provide", text: await operator.provide(question.topic, over) };
  }
}

/** Without what the host adds, which is the same for all events of a command. */
function jobEvent({ id: _id, job: _job, plug: _plug, seq: _seq, ...event }: HostEvent): JobEvent {
  return event as JobEvent;
}

/** Follows a job to its end in its environment, with the terminal as its watcher. Settles as the job does. @param signal stops it. */
export async function followJob<T>(
  environment: Environment,
  job: JobHandle<T>,
  signal: AbortSignal,
  watcher: Watcher,
): Promise<T> {
  const stop = (): void => job.abort();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const followed = async (): Promise<T> => {
    await watchJob(job, watcher);
    return await job.result;
  };
  try {
    return await environment.drive(followed());
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
