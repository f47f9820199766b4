/** Asking the person at the terminal. With nobody there (`--json`, no terminal) the question itself is the error. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { PlugsmithError } from "../core/errors.ts";
import { say } from "../core/text/text.ts";
import { visible } from "../core/visible.ts";
import { abortedError } from "../engine/time.ts";
import type { Terminal } from "./render/terminal.ts";

export interface Person {
  /** True if the person agrees; `--yes` agrees at once. Errors: needs-input, aborted. */
  confirm(question: string): Promise<boolean>;
}

export interface PersonOptions {
  /** A person reads and writes here: neither a pipe nor `--json`. */
  readonly present: boolean;
  readonly terminal: Terminal;
  readonly yes: boolean;
  readonly signal: AbortSignal;
  /** Called before a question is written. */
  readonly beforeAsking: () => void;
}

export function terminalPerson(options: PersonOptions): Person {
  return {
    confirm: async (question) => {
      if (options.yes) return true;
      if (!options.present) throw needsInput(question);
      options.beforeAsking();
      const answer = await askLine(`        ${visible(question)} [y/N] `, options);
      return /^y(es)?$/i.test(answer.trim());
    },
  };
}

async function askLine(prompt: string, { terminal, signal }: PersonOptions): Promise<string> {
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      terminal.err(chunk.toString());
      done();
    },
  });
  const lines = createInterface({ input: terminal.input, output });
  const closed = new Promise<never>((_resolve, reject) => {
    // Ctrl-C in a readline prompt and the end of input both close it.
    lines.once("close", () => reject(abortedError()));
  });
  try {
    return await Promise.race([lines.question(prompt, { signal }), closed]);
  } catch (error) {
    if (signal.aborted) throw abortedError();
    throw error;
  } finally {
    lines.close();
  }
}

function needsInput(question: string): PlugsmithError {
  return new PlugsmithError("needs-input", {
    message: say`There is nobody to answer: ${question}`,
    plugState: say`untouched`,
    nextStep: say`Run it at a terminal, or agree beforehand with --yes.`,
  });
}
