/**
 * A person at a terminal as the engine's operator. Plain lines, one question at a time, no cursor tricks: it reads the
 * same in a screen reader, over SSH and in a log. Secrets are not echoed.
 */

import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import {
  ENGLISH,
  PlugsmithError,
  type ReadingAnswer,
  say,
  type Text,
  termsIn,
  textIn,
  typedReading,
} from "../../core/index.ts";
import type {
  Operator,
  OperatorAction,
  OperatorChoice,
  OperatorProvision,
  OperatorQuantity,
} from "../../engine/index.ts";
import type { Style, Terminal } from "../render/terminal.ts";
import { englishOf, type Hints, promptOf, type Question, questionLines, textLines } from "./question-text.ts";

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
    let earlier: string | undefined;
    for (;;) {
      const typed = typedReading(await this.#answer(question, false, signal), quantity, earlier);
      if (typed.kind === "taken") return this.#answered(typed.answer);
      earlier = typed.typed;
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
    for (const line of questionLines(question, this.#hints(question.id), terminal, style)) this.say(line);
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

  /** What is typed; `?` alone explains the terms in the question, and it is asked again. */
  async #answer(question: Question, secret: boolean, signal?: AbortSignal): Promise<string> {
    for (;;) {
      const answer = await this.#line(promptOf(question, this.#options.style), secret, signal);
      if (answer.trim() !== "?") return answer;
      const terms = termsIn(englishOf(question, this.#hints(question.id)));
      if (terms.length === 0) this.remark(say`The glossary explains none of the terms in this question.`);
      for (const { name, explanation } of terms) this.remark(say`${name}: ${explanation}`);
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
