/**
 * A person at a terminal as the engine's operator. Plain lines, one question at a time, no cursor tricks: it reads the
 * same in a screen reader, over SSH and in a log. Secrets are not echoed.
 */

import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import {
  type ChecklistAnswer,
  ENGLISH,
  joined,
  PlugsmithError,
  type ReadingAnswer,
  say,
  type Text,
  termsIn,
  textIn,
  typedChecklist,
  typedReading,
  typedReadings,
} from "../../core/index.ts";
import type {
  Operator,
  OperatorAction,
  OperatorChecklist,
  OperatorChoice,
  OperatorProvision,
  OperatorQuantity,
  OperatorReadings,
} from "../../engine/index.ts";
import type { Style, Terminal } from "../render/terminal.ts";
import {
  englishOf,
  type Hints,
  hintOf,
  promptOf,
  type Question,
  questionLines,
  textLines,
  workOf,
} from "./question-text.ts";

export interface TerminalOperatorOptions {
  readonly terminal: Terminal;
  readonly style: Style;
  /** False with --no-input, or where nobody sits at the other end. */
  readonly interactive: boolean;
  /** Called before a question is written: a line that is being redrawn has to end. */
  readonly beforeAsking?: () => void;
  /** Called when a question is answered: what is waited for next may be shown. */
  readonly afterAsking?: () => void;
}

/** What is open now; shared by all operators at one terminal. */
interface Desk {
  prompt: string | undefined;
}

export class TerminalOperator implements Operator {
  readonly #options: TerminalOperatorOptions;
  readonly #hints: Hints;
  readonly #desk: Desk;

  constructor(options: TerminalOperatorOptions, hints: Hints = () => undefined, desk: Desk = { prompt: undefined }) {
    this.#options = options;
    this.#hints = hints;
    this.#desk = desk;
  }

  /** The same person, with a guide's pictures beside the questions. */
  withHints(hints: Hints): TerminalOperator {
    return new TerminalOperator(this.#options, hints, this.#desk);
  }

  get asking(): boolean {
    return this.#desk.prompt !== undefined;
  }

  /** Has something written although a question may be open: on lines of its own, and the question is there again after it. */
  interject(write: () => void): void {
    const { prompt } = this.#desk;
    if (prompt === undefined) {
      write();
      return;
    }
    this.say("");
    write();
    this.#options.terminal.err(prompt);
  }

  async act(action: OperatorAction, signal?: AbortSignal): Promise<void> {
    const question = { kind: "act", ...action } as const;
    this.#ask(question);
    for (;;) {
      const answer = (await this.#answer(question, false, signal)).trim();
      if (/^(|y|yes|ok|done)$/i.test(answer)) return this.#answered(undefined);
      this.remark(say`Do it first, then press Enter without typing anything. Ctrl-C stops here; nothing is lost.`);
    }
  }

  async measure(quantity: OperatorQuantity, signal?: AbortSignal): Promise<ReadingAnswer> {
    const question = { kind: "measure", ...quantity } as const;
    this.#ask(question);
    return this.#answered(await this.#reading(question, signal));
  }

  /** Asks back what is not taken. */
  async #reading(
    question: Question & { readonly kind: "measure" },
    signal?: AbortSignal,
    earlier?: string,
  ): Promise<ReadingAnswer> {
    let typedBefore = earlier;
    for (;;) {
      const typed = typedReading(await this.#answer(question, false, signal), question, typedBefore);
      if (typed.kind === "taken") return typed.answer;
      typedBefore = typed.typed;
      this.remark(typed.text);
    }
  }

  /** Several at once; of those that are not taken, each is asked for again alone. */
  async read(readings: OperatorReadings, signal?: AbortSignal): Promise<readonly ReadingAnswer[]> {
    const question = { kind: "readings", ...readings } as const;
    this.#ask(question);
    const { values } = readings;
    const typed = typedReadings(await this.#answer(question, false, signal), values);
    const answers: ReadingAnswer[] = [];
    for (const [index, value] of values.entries()) {
      const each = typed[index]!;
      if (each.kind === "taken") answers.push(each.answer);
      else {
        this.remark(joined([each.text, value.text]));
        answers.push(await this.#reading({ kind: "measure", ...value }, signal, each.typed));
      }
    }
    return this.#answered(answers);
  }

  async check(list: OperatorChecklist, signal?: AbortSignal): Promise<ChecklistAnswer> {
    const question = { kind: "checklist", ...list } as const;
    this.#ask(question);
    for (;;) {
      const typed = typedChecklist(await this.#answer(question, false, signal), list.items);
      if (typed.kind === "taken") return this.#answered(typed.answer);
      this.remark(typed.text);
    }
  }

  async choose(choice: OperatorChoice, signal?: AbortSignal): Promise<string> {
    const question = { kind: "choose", ...choice } as const;
    this.#ask(question);
    const { options } = choice;
    for (;;) {
      const typed = (await this.#answer(question, false, signal)).trim();
      const answer = typed === "" ? (choice.enter ?? "") : typed;
      const named = options.filter((option) => answer !== "" && option.id.startsWith(answer.toLowerCase()));
      const chosen = options.find(({ id }) => id === answer) ?? options[Number(answer) - 1];
      if (chosen !== undefined) return this.#answered(chosen.id);
      if (named.length === 1) return this.#answered(named[0]!.id);
      this.remark(answer === "" ? say`Please answer the question.` : say`"${answer}" is not one of the answers.`);
    }
  }

  async provide(what: OperatorProvision, signal?: AbortSignal): Promise<string> {
    const question = { kind: "provide", ...what } as const;
    this.#ask(question);
    return this.#answered(await this.#answer(question, what.secret, signal));
  }

  #answered<T>(answer: T): T {
    this.#options.afterAsking?.();
    return answer;
  }

  /** A question as it would be asked, its prompt left out. */
  show(question: Question): void {
    const { terminal, style, beforeAsking } = this.#options;
    beforeAsking?.();
    for (const line of questionLines(question, hintOf(question, this.#hints), terminal, style)) this.say(line);
  }

  /** The prompt with what somebody else answered, below what was drawn meanwhile. */
  showAnswer(question: Question, answer: Text): void {
    const { beforeAsking, style } = this.#options;
    beforeAsking?.();
    this.say(`${promptOf(question, style)}${textIn(answer, style.catalogue ?? ENGLISH)}`);
  }

  /** Words between the questions, as wide as the terminal. */
  remark(text: Text): void {
    const { beforeAsking, terminal, style } = this.#options;
    beforeAsking?.();
    for (const line of textLines(text, terminal, style)) this.say(line);
  }

  say(line: string): void {
    this.#options.terminal.err(`${line}\n`);
  }

  #ask(question: Question): void {
    if (this.#options.interactive) {
      this.show(question);
      return;
    }
    throw new PlugsmithError("needs-input", {
      message: say`This question needs an answer, but nobody is at the terminal: ${question.text} (${question.id})`,
      nextStep: say`Run the command again at a terminal without --no-input, or give the answer as an option if the command has one.`,
    });
  }

  /** What is typed; `?` alone explains the terms in the question, `steps` goes through the work, and it is asked again. */
  async #answer(question: Question, secret: boolean, signal?: AbortSignal): Promise<string> {
    for (;;) {
      const answer = await this.#line(promptOf(question, this.#options.style), secret, signal);
      const typed = answer.trim();
      const work = workOf(question);
      if (work !== undefined && /^(?:steps?|schritte?)$/i.test(typed)) {
        await this.#stepThrough(work.steps, signal);
        this.show({ ...question, work: undefined } as Question);
      } else if (typed === "?") this.#explain(question);
      else return answer;
    }
  }

  #explain(question: Question): void {
    const terms = termsIn(englishOf(question, hintOf(question, this.#hints)));
    if (terms.length === 0) this.remark(say`The glossary explains none of the terms in this question.`);
    for (const { name, explanation } of terms) this.remark(say`${name}: ${explanation}`);
  }

  /** One step after the other, with its picture, and a way back. */
  async #stepThrough(steps: readonly OperatorAction[], signal?: AbortSignal): Promise<void> {
    const done = { id: "done", text: say`Done` };
    const back = { id: "back", text: say`Back one step` };
    for (let at = 0; at < steps.length; ) {
      const options = at === 0 ? [done] : [done, back];
      const answer = await this.choose({ ...steps[at]!, options, enter: "done" }, signal);
      at += answer === "back" ? -1 : 1;
    }
  }

  #line(prompt: string, secret: boolean, signal?: AbortSignal): Promise<string> {
    const { terminal } = this.#options;
    const desk = this.#desk;
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(gaveUp());
        return;
      }
      // Everything that readline writes of a secret is swallowed, the echo first of all.
      const sink = new Writable({
        write(chunk: Buffer, _encoding, done) {
          if (!secret) terminal.err(chunk.toString());
          done();
        },
      });
      const reader: Interface = createInterface({ input: terminal.input, output: sink, terminal: secret });
      let over = false;
      const end = (action: () => void): void => {
        if (over) return;
        over = true;
        desk.prompt = undefined;
        signal?.removeEventListener("abort", stop);
        reader.close();
        action();
      };
      const stop = (): void =>
        end(() => {
          // What follows begins a line of its own.
          terminal.err("\n");
          reject(gaveUp());
        });
      signal?.addEventListener("abort", stop, { once: true });
      reader.on("SIGINT", stop);
      reader.on("close", stop);
      desk.prompt = prompt;
      reader.question(secret ? "" : prompt, (answer) =>
        end(() => {
          if (secret) terminal.err("\n");
          resolve(answer);
        }),
      );
      if (secret) terminal.err(prompt);
    });
  }
}

function gaveUp(): PlugsmithError {
  return new PlugsmithError("aborted", {
    message: say`Stopped at a question.`,
    nextStep: say`Run the command again to continue.`,
  });
}
