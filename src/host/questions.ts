/**
 * The questions of one job. Each asking has an id of its own, stays open no matter who watches, and ends once: with the first
 * answer that fits, or withdrawn, because the job no longer waits for it.
 */
import { PlugsmithError } from "../core/errors.ts";
import type { ReadingAnswer } from "../core/reading/reading.ts";
import type { ChecklistAnswer } from "../core/reading/typed-checklist.ts";
import { say, type Text } from "../core/text/text.ts";
import type {
  Operator,
  OperatorAction,
  OperatorChecklist,
  OperatorChoice,
  OperatorProvision,
  OperatorQuantity,
  OperatorReadings,
} from "../engine/ports.ts";
import { abortedError } from "../engine/time.ts";

/** What is asked, as the engine asks it. `topic.id` is the same whenever the same thing is asked, e.g. "ground-gpio0". */
export type Asked =
  | { readonly kind: "act"; readonly topic: OperatorAction }
  | { readonly kind: "measure"; readonly topic: OperatorQuantity }
  | { readonly kind: "readings"; readonly topic: OperatorReadings }
  | { readonly kind: "checklist"; readonly topic: OperatorChecklist }
  | { readonly kind: "choose"; readonly topic: OperatorChoice }
  | { readonly kind: "provide"; readonly topic: OperatorProvision };

export type OpenQuestion = Asked & {
  /** Of this asking; unique within the host. */
  readonly id: string;
};

export type Answer =
  | { readonly kind: "act" }
  | { readonly kind: "measure"; readonly reading: ReadingAnswer }
  /** One for each value, in their order. */
  | { readonly kind: "readings"; readonly readings: readonly ReadingAnswer[] }
  /** Ids of items of the list. */
  | ({ readonly kind: "checklist" } & ChecklistAnswer)
  /** Id of an option that was offered. */
  | { readonly kind: "choose"; readonly option: string }
  | { readonly kind: "provide"; readonly text: string };

type AnswerOf<K extends Answer["kind"]> = Extract<Answer, { readonly kind: K }>;

/** How a question ended. No event carries what was answered: it may be a secret. */
export type QuestionEvent =
  | { readonly type: "question-asked"; readonly question: OpenQuestion }
  | { readonly type: "question-answered"; readonly questionId: string }
  /** The job no longer waits for an answer: it was stopped, or went on without. */
  | { readonly type: "question-withdrawn"; readonly questionId: string };

interface Pending {
  readonly question: OpenQuestion;
  readonly settle: (answer: Answer) => void;
  readonly withdraw: (reason: Error) => void;
}

export class Questions implements Operator {
  readonly #prefix: string;
  readonly #emit: (event: QuestionEvent) => void;
  readonly #signal: AbortSignal;
  readonly #open = new Map<string, Pending>();
  #asked = 0;
  #ended = false;

  /** @param prefix what makes the ids unique within the host. @param signal the job's: when it fires, all are withdrawn. */
  constructor(prefix: string, emit: (event: QuestionEvent) => void, signal: AbortSignal) {
    this.#prefix = prefix;
    this.#emit = emit;
    this.#signal = signal;
  }

  /** In the order in which they were asked. */
  get open(): readonly OpenQuestion[] {
    return [...this.#open.values()].map(({ question }) => question);
  }

  /**
   * Errors: question-closed where it was answered or withdrawn; bad-argument where it was never asked, or the answer does
   * not fit it: then it stays open.
   */
  answer(id: string, answer: Answer): void {
    const pending = this.#pending(id);
    refuseUnfit(pending.question, answer);
    pending.settle(answer);
  }

  /** Nobody answers it: the job gets the reason in place of an answer. Errors: as `answer`. */
  decline(id: string, reason: Error): void {
    this.#pending(id).withdraw(reason);
  }

  async act(topic: OperatorAction, signal?: AbortSignal): Promise<void> {
    await this.#ask<"act">({ kind: "act", topic }, signal);
  }

  async measure(topic: OperatorQuantity, signal?: AbortSignal): Promise<ReadingAnswer> {
    return (await this.#ask<"measure">({ kind: "measure", topic }, signal)).reading;
  }

  async read(topic: OperatorReadings, signal?: AbortSignal): Promise<readonly ReadingAnswer[]> {
    return (await this.#ask<"readings">({ kind: "readings", topic }, signal)).readings;
  }

  async check(topic: OperatorChecklist, signal?: AbortSignal): Promise<ChecklistAnswer> {
    const { confirmed, stop } = await this.#ask<"checklist">({ kind: "checklist", topic }, signal);
    return { confirmed, stop };
  }

  async choose(topic: OperatorChoice, signal?: AbortSignal): Promise<string> {
    return (await this.#ask<"choose">({ kind: "choose", topic }, signal)).option;
  }

  async provide(topic: OperatorProvision, signal?: AbortSignal): Promise<string> {
    return (await this.#ask<"provide">({ kind: "provide", topic }, signal)).text;
  }

  /** The job is over: nothing is asked any more, and what is still open is withdrawn. */
  end(): void {
    this.#ended = true;
    for (const { withdraw } of [...this.#open.values()]) withdraw(abortedError());
  }

  #ask<K extends Answer["kind"]>(asked: Asked, signal: AbortSignal | undefined): Promise<AnswerOf<K>> {
    const signals = signal === undefined ? [this.#signal] : [this.#signal, signal];
    if (this.#ended || signals.some(({ aborted }) => aborted)) return Promise.reject(abortedError());
    const id = `${this.#prefix}${++this.#asked}`;
    return new Promise((resolve, reject) => {
      const close = (event: QuestionEvent): void => {
        this.#open.delete(id);
        for (const each of signals) each.removeEventListener("abort", stop);
        this.#emit(event);
      };
      const withdraw = (reason: Error): void => {
        close({ type: "question-withdrawn", questionId: id });
        reject(reason);
      };
      const stop = (): void => withdraw(abortedError());
      const settle = (answer: Answer): void => {
        close({ type: "question-answered", questionId: id });
        resolve(answer as AnswerOf<K>);
      };
      const question = { ...asked, id };
      this.#open.set(id, { question, settle, withdraw });
      for (const each of signals) each.addEventListener("abort", stop, { once: true });
      this.#emit({ type: "question-asked", question });
    });
  }

  #pending(id: string): Pending {
    const pending = this.#open.get(id);
    if (pending === undefined) throw this.#wasAsked(id) ? closedError() : unknownError(id);
    return pending;
  }

  #wasAsked(id: string): boolean {
    const number = id.startsWith(this.#prefix) ? id.slice(this.#prefix.length) : "";
    return /^[1-9]\d{0,8}$/.test(number) && Number(number) <= this.#asked;
  }
}

function refuseUnfit(question: OpenQuestion, answer: Answer): void {
  if (question.kind !== answer.kind)
    throw unfitError(say`The question "${question.topic.id}" needs an answer of the kind "${question.kind}".`);
  switch (answer.kind) {
    case "act":
      return;
    case "measure":
      if (isReading(answer.reading)) return;
      throw unfitError(say`The question "${question.topic.id}" needs a number.`);
    case "readings": {
      const count = question.kind === "readings" ? question.topic.values.length : 0;
      const { readings } = answer;
      if (Array.isArray(readings) && readings.length === count && readings.every(isReading)) return;
      throw unfitError(say`The question "${question.topic.id}" needs this many numbers: ${count}.`);
    }
    case "checklist": {
      const items = question.kind === "checklist" ? question.topic.items.map(({ id }) => id) : [];
      const { confirmed, stop } = answer;
      const areItems = Array.isArray(confirmed) && confirmed.every((id) => items.includes(id));
      if (areItems && (stop === undefined || typeof stop === "boolean")) return;
      throw unfitError(
        say`The question "${question.topic.id}" needs those of its items that are true. Its items: ${items.join(", ")}.`,
      );
    }
    case "choose": {
      const options = question.kind === "choose" ? question.topic.options : [];
      if (options.some(({ id }) => id === answer.option)) return;
      throw unfitError(
        say`The question "${question.topic.id}" needs one of these answers: ${options.map(({ id }) => id).join(", ")}.`,
      );
    }
    case "provide":
      if (typeof answer.text === "string") return;
      throw unfitError(say`The question "${question.topic.id}" needs a text.`);
  }
}

function isReading(reading: ReadingAnswer | undefined): boolean {
  const ends = typeof reading === "number" ? [reading] : [reading?.low, reading?.high];
  return ends.every((end) => typeof end === "number" && !Number.isNaN(end));
}

function unfitError(message: Text): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message,
    nextStep: say`The question is still open. Answer it again.`,
  });
}

function unknownError(id: string): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message: say`There is no question ${id}.`,
    nextStep: say`Check the open questions again.`,
    context: { question: id },
  });
}

function closedError(): PlugsmithError {
  return new PlugsmithError("question-closed", {
    message: say`This question is closed: it is already answered, or the job no longer waits for an answer.`,
    nextStep: say`Check the open questions again.`,
  });
}
