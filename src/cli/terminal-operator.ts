/**
 * A person at a terminal as the engine's operator. Plain lines, one question at a time, no cursor tricks: it reads the
 * same in a screen reader, over SSH and in a log. Secrets are not echoed.
 */
import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { PlugsmithError } from "../core/errors.ts";
import type { Operator } from "../engine/ports.ts";

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** False with --no-input, or where nobody sits at the other end. */
  readonly interactive: boolean;
  /** Where a drawing for a question lies, if there is one. */
  readonly drawing?: (id: string) => string | undefined;
}

const UNITS = { V: "V", A: "A", W: "W", ohm: "Ω", Mohm: "MΩ" } as const;

export function terminalOperator(terminal: Terminal): Operator {
  const { output, interactive } = terminal;
  const say = (line: string): void => {
    output.write(`${line}\n`);
  };

  const need = (id: string, text: string): void => {
    if (interactive) return;
    throw new PlugsmithError("needs-input", {
      message: `A question had to be asked and --no-input forbids it: ${text} (${id})`,
      nextStep: "Run it again at a terminal without --no-input, or give the answer as an option where there is one.",
    });
  };

  const show = (id: string, text: string): void => {
    say("");
    say(text);
    const drawing = terminal.drawing?.(id);
    if (drawing !== undefined) say(`  drawing: ${drawing}`);
  };

  const line = (prompt: string, secret: boolean, signal?: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      // Everything that readline writes of a secret is swallowed, the echo first of all.
      const sink = new Writable({
        write(chunk: Buffer, _encoding, done) {
          if (!secret) output.write(chunk);
          done();
        },
      });
      const reader: Interface = createInterface({ input: terminal.input, output: sink, terminal: secret });
      let answered = false;
      const end = (action: () => void): void => {
        answered = true;
        signal?.removeEventListener("abort", stop);
        reader.close();
        if (secret) output.write("\n");
        action();
      };
      const stop = (): void => end(() => reject(gaveUp()));
      signal?.addEventListener("abort", stop, { once: true });
      reader.on("SIGINT", stop);
      reader.on("close", () => {
        if (!answered) stop();
      });
      reader.question(secret ? "" : prompt, (answer) => end(() => resolve(answer)));
      if (secret) output.write(prompt);
    });

  return {
    async act({ id, text }, signal) {
      need(id, text);
      show(id, text);
      await line("  Press Enter when it is done: ", false, signal);
    },

    async measure({ id, text, unit }, signal) {
      need(id, text);
      show(id, text);
      for (;;) {
        const answer = await line(`  ${UNITS[unit]}: `, false, signal);
        const value = parseNumber(answer);
        if (value !== undefined) return value;
        say(`  "${answer.trim()}" is not a number. Write it like 229.8; o.l for an overload.`);
      }
    },

    async choose({ id, text, options }, signal) {
      need(id, text);
      show(id, text);
      options.forEach((option, index) => {
        say(`  ${index + 1}  ${option.text}`);
      });
      for (;;) {
        const answer = (await line(`  1 to ${options.length}: `, false, signal)).trim();
        const chosen = options[Number(answer) - 1] ?? options.find((option) => option.id === answer);
        if (chosen !== undefined) return chosen.id;
        say(`  "${answer}" is not one of them.`);
      }
    },

    async provide({ id, text, secret }, signal) {
      need(id, text);
      show(id, text);
      return line(secret ? "  (not shown): " : "  : ", secret, signal);
    },
  };
}

/** Numbers as people copy them from instruments: "229,8", "3.3", "1e3"; "OL" and "O.L" are what a display shows beyond its range. */
export function parseNumber(text: string): number | undefined {
  const bare = text.trim().replace(",", ".");
  if (/^o\.?l\.?$/i.test(bare)) return Number.POSITIVE_INFINITY;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(bare)) return undefined;
  const value = Number(bare);
  return Number.isFinite(value) ? value : undefined;
}

function gaveUp(): PlugsmithError {
  return new PlugsmithError("aborted", { message: "Stopped at a question.", nextStep: "Run it again to continue." });
}
