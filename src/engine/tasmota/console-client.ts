/** Commands over the serial console. An answer counts only after the plug's echo of exactly what was sent. */

import { isPlugsmithError } from "../../core/errors.ts";
import type { Answer } from "../../core/tasmota/answer.ts";
import { answers, type Command, checkLength, commandText, query } from "../../core/tasmota/command.ts";
import { eventOfLine, type PlugEvent } from "../../core/tasmota/plug-event.ts";
import { say } from "../../core/text/text.ts";
import { type Attempt, attemptCommand, Mutex, type SendOptions, type TasmotaClient, waitFor } from "./client.ts";
import type { PlugConsole } from "./plug-console.ts";

/** The plug answers within its loop, Wi-Fi mode changes block it up to 1 to 2 s. */
const ANSWER_MS = 4000;

export class ConsoleClient implements TasmotaClient {
  readonly transport = "serial";
  readonly #console: PlugConsole;
  readonly #mutex = new Mutex();

  constructor(console: PlugConsole) {
    this.#console = console;
  }

  get where(): string {
    return this.#console.where;
  }

  /**
   * Asks who it is, unless that is known, so that wires are on record for its MAC before it is given anything. The
   * minimal build does not report it and stays unidentified. Errors: no-answer, line-lost, mains-on-wires, aborted.
   */
  async identify(signal?: AbortSignal): Promise<void> {
    if (this.#console.identified) return;
    try {
      await this.send(query("Status 5"), { signal });
    } catch (error) {
      if (!isPlugsmithError(error, "command-refused")) throw error;
    }
  }

  send(command: Command, options: SendOptions = {}): Promise<Answer> {
    const { clock, where } = this.#console;
    return this.#mutex.run(() =>
      attemptCommand(clock, this.transport, where, command, () => this.#attempt(command, options), options.signal),
    );
  }

  sendWithoutReply(command: Command, options: SendOptions = {}): Promise<void> {
    checkLength(command, this.transport);
    return this.#mutex.run(() => this.#console.write(lineOf(command), options.signal));
  }

  /** The plug's own words, in order. */
  listen(listener: (event: PlugEvent) => void): () => void {
    return this.#console.listen((output) => {
      if (output.kind === "line") listener(eventOfLine(output.line));
    });
  }

  close(): Promise<void> {
    this.#console.close();
    return Promise.resolve();
  }

  async #attempt(command: Command, options: SendOptions): Promise<Attempt> {
    const text = commandText(command);
    let echoed = false;
    let unreadable = false;
    const answer = waitFor<Answer>(
      this.#console.clock,
      options.timeoutMs ?? ANSWER_MS,
      (found, failed) => {
        const endLost = this.#console.onLost(failed);
        const endLines = this.#console.listen((output) => {
          if (output.kind !== "line") return;
          if (output.line.tag === "CMD") echoed = output.line.text.trim() === text.trim();
          else if (echoed && output.answer?.answer === undefined && output.answer?.payload.startsWith("{")) {
            unreadable = true;
          } else if (echoed && output.answer?.answer !== undefined && answers(command, output.answer.answer)) {
            found(output.answer.answer);
          }
        });
        return () => {
          endLost();
          endLines();
        };
      },
      options.signal,
    );
    // A rejection must find a handler even while the line is still being written.
    answer.catch(() => undefined);
    await this.#console.write(lineOf(command), options.signal);
    const found = await answer;
    if (found !== undefined) return { kind: "answer", answer: found };
    if (unreadable) return { kind: "silent", reason: say`the answer is incomplete or damaged`, unreadable };
    const reason = echoed
      ? say`the plug echoed the command but sent no result`
      : say`the plug did not echo the command`;
    return { kind: "silent", reason };
  }
}

/** A line feed first: whatever noise stands in the plug's buffer becomes an (unknown) line of its own. */
function lineOf(command: Command): Uint8Array {
  return new TextEncoder().encode(`\n${commandText(command)}\n`);
}
