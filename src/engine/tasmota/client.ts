/**
 * One way to speak to a Tasmota plug, whatever carries the words: a command goes out, its answer comes back, or an
 * error that says what happened. Repeats only what can be repeated without harm; every wait ends.
 * Knows nothing of what the commands are for.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { type Answer, refusalOf } from "../../core/tasmota/answer.ts";
import {
  type Command,
  type CommandTransport,
  checkLength,
  isMqttCommand,
  shownCommand,
} from "../../core/tasmota/command.ts";
import type { PlugEvent } from "../../core/tasmota/plug-event.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { Clock } from "../ports.ts";
import { abortedError, sleep } from "../time.ts";

export interface SendOptions {
  /** For one attempt, ms. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Errors of `send`: no-answer, unauthorized, command-refused, text-too-long, unsupported-transport, line-lost, network-failed,
 * aborted. An error after a command that must not be repeated says that it may have been carried out.
 */
export interface TasmotaClient {
  readonly transport: CommandTransport;
  /** For people: an address, a port's name, a topic. */
  readonly where: string;
  send(command: Command, options?: SendOptions): Promise<Answer>;
  /** Hands a command over whose answer does not matter or never comes (Backlog, Restart). */
  sendWithoutReply(command: Command, options?: SendOptions): Promise<void>;
  /** What the plug says by itself. HTTP plugs say nothing. */
  listen(listener: (event: PlugEvent) => void): () => void;
  close(): Promise<void>;
}

/** One attempt: the answer, or why there is none. */
export type Attempt =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "silent"; readonly reason: Text; readonly cause?: unknown; readonly unreadable?: boolean }
  | { readonly kind: "password-needed" }
  | { readonly kind: "user-mode" };

const ATTEMPTS = 4;
/** Between attempts, ms: the plug may be in its first 3 s, scanning (2 s) or restarting. */
const PAUSES_MS: readonly number[] = [500, 1000, 2000];

export async function attemptCommand(
  clock: Clock,
  transport: CommandTransport,
  where: string,
  command: Command,
  attempt: () => Promise<Attempt>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  checkLength(command, transport);
  const attempts = command.repeatable ? ATTEMPTS : 1;
  let last: Extract<Attempt, { kind: "silent" }> | undefined;
  for (let i = 0; i < attempts; i++) {
    if (signal?.aborted) throw abortedError("command");
    if (i > 0) await sleep(clock, PAUSES_MS[i - 1] ?? PAUSES_MS.at(-1)!, signal);
    const result = await attempt();
    switch (result.kind) {
      case "answer":
        return accepted(command, where, result.answer);
      case "password-needed":
        throw unauthorized(where);
      case "user-mode":
        throw new PlugsmithError("unauthorized", {
          message: say`The plug at ${where} does not accept commands over HTTP (WebServer is set to user mode).`,
          plugState: say`unchanged`,
          nextStep: say`Send \`WebServer 2\` over the serial console or MQTT.`,
          context: { address: where },
        });
      case "silent":
        last = result;
        break;
    }
  }
  throw new PlugsmithError("no-answer", {
    message:
      last?.unreadable === true
        ? say`The plug at ${where} answered ${shownCommand(command)}, but the answer is not usable: ${last.reason}.`
        : say`The plug at ${where} did not answer ${shownCommand(command)}: ${last?.reason ?? say`no answer`}.`,
    plugState: command.repeatable
      ? say`unchanged, or the command was carried out`
      : say`the command may have been carried out`,
    nextStep:
      last?.unreadable === true
        ? say`Try again. If the error stays, one of the plug's texts (name, topic, switch topic) may contain a character that breaks its answers. Set them to plain letters.`
        : say`Check that the plug has power and is reachable, then try again.`,
    cause: last?.cause,
    context: { address: where, command: shownCommand(command) },
  });
}

function accepted(command: Command, where: string, answer: Answer): Answer {
  const refusal = refusalOf(answer);
  if (refusal === undefined) return answer;
  if (refusal === "password-needed") throw unauthorized(where);
  const shown = shownCommand(command);
  const message = {
    "unknown-command": say`The firmware does not know the command ${shown}.`,
    "command-error": say`The firmware rejected the value of the command ${shown}.`,
    "command-too-long": say`The firmware rejected the command ${shown}: it is empty or too long.`,
  }[refusal];
  throw new PlugsmithError("command-refused", {
    message,
    plugState: say`unchanged`,
    nextStep: refusal === "unknown-command" ? unknownNext(command) : say`Check the value.`,
  });
}

function unknownNext({ name }: Command): Text {
  return isMqttCommand(name)
    ? say`Check whether MQTT is switched off (\`SetOption3\`). If it is, the plug does not know MQTT commands until you send \`SetOption3 1\`.`
    : say`Check the spelling. Check also that the firmware and the template support the command: metering commands need a metering template.`;
}

export function unauthorized(where: string): PlugsmithError {
  return new PlugsmithError("unauthorized", {
    message: say`The plug at ${where} requires its web password, or rejected the one given.`,
    plugState: say`unchanged`,
    nextStep: say`Give the web password. If it is lost, hold the plug's button for 40 s: that resets the plug.`,
    context: { address: where },
  });
}

/** One after the other: a plug serves one at a time. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/**
 * Waits until `subscribe`'s callback gives a value or the time is up (undefined). `subscribe` returns its end.
 */
export function waitFor<T>(
  clock: Clock,
  timeoutMs: number,
  subscribe: (found: (value: T) => void, failed: (error: unknown) => void) => () => void,
  signal?: AbortSignal,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortedError());
      return;
    }
    let over = false;
    const finish = (action: () => void): void => {
      if (over) return;
      over = true;
      cancel();
      signal?.removeEventListener("abort", onAbort);
      // Subscribing may find at once, before its end is known.
      Promise.resolve()
        .then(() => end())
        .catch(() => undefined);
      action();
    };
    const onAbort = (): void => finish(() => reject(abortedError()));
    const cancel = clock.after(timeoutMs, () => finish(() => resolve(undefined)));
    signal?.addEventListener("abort", onAbort, { once: true });
    const end = subscribe(
      (value) => finish(() => resolve(value)),
      (error) => finish(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
  });
}
