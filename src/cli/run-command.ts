/** Runs one command: from the parsed line to events, answer and exit code. */

import { homedir } from "node:os";
import {
  asText,
  type Catalogue,
  EVENT_VERSION,
  isPlugsmithError,
  type JobEvent,
  type PlugsmithError,
} from "../core/index.ts";
import { virtualPlugHome } from "../host/index.ts";
import { TerminalOperator } from "./ask/terminal-operator.ts";
import type { CommandModule, GlobalOptions } from "./command.ts";
import { EXIT_OK, exitCodeOf } from "./exit-codes.ts";
import { homeFolder } from "./home.ts";
import { internalError } from "./internal-error.ts";
import type { GivenOptions } from "./options.ts";
import { HumanRenderer } from "./render/human-renderer.ts";
import { JsonRenderer } from "./render/json-renderer.ts";
import type { Renderer } from "./render/renderer.ts";
import { type CommandLines, styleOf, type Terminal } from "./render/terminal.ts";

export interface Invocation {
  readonly name: string;
  readonly module: CommandModule;
  readonly args: readonly (string | undefined)[];
  readonly options: GivenOptions;
  readonly globals: GlobalOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Writes the command lines in a text as they run here. */
  readonly commandLines: CommandLines;
  /** The language of what is shown. */
  readonly catalogue: Catalogue;
}

/** @returns the exit code. Rejects only if the renderer itself fails. */
export async function runCommand(invocation: Invocation): Promise<number> {
  const { name: job, module, globals, terminal, signal, commandLines, catalogue } = invocation;
  const now = (): number => performance.now();
  const style = styleOf(terminal, globals.plain, catalogue, commandLines);
  const renderer: Renderer = globals.json
    ? new JsonRenderer(terminal, commandLines)
    : new HumanRenderer(terminal, style, now);
  const attended = terminal.inIsTty && terminal.errIsTty && globals.input && !globals.json;
  const beforeAsking = (): void => renderer.beforeQuestion();
  const afterAsking = (): void => renderer.afterQuestion();
  const operator = new TerminalOperator({ terminal, style, interactive: attended, beforeAsking, afterAsking });
  const emit = (event: JobEvent): void => {
    // The renderer gathers facts and shows them with what comes next, so that they do not interrupt.
    if (!operator.asking || event.type === "fact") {
      renderer.event(event);
      return;
    }
    // While somebody types, a line that is drawn over and over would be drawn over what they type.
    if (event.type === "progress" || event.type === "meter") return;
    operator.interject(() => {
      renderer.event(event);
      renderer.rest();
    });
  };
  const started = now();
  const failed = (
    { code, step, texts, context }: PlugsmithError,
    data: Readonly<Record<string, unknown>> | undefined,
  ): number => {
    emit({
      type: "result",
      ok: false,
      job,
      durationMs: Math.round(now() - started),
      data,
      error: { code, message: texts.message, step, plugState: texts.plugState, nextStep: texts.nextStep, context },
    });
    return exitCodeOf(code);
  };
  emit({ type: "job-started", job, version: EVENT_VERSION, at: new Date().toISOString() });
  const home = homeFolder(globals.home, { platform: process.platform, env: terminal.env, userHome: homedir() });
  try {
    const { closeOpenHome } = await import("../platform/node/home-modes.ts");
    const { args, options } = invocation;
    for (const each of [home, ...homeAtPort(options["port"], home)]) {
      for (const text of await closeOpenHome(each)) emit({ type: "notice", level: "warning", text: asText(text) });
    }
    const run = { name: job, args, globals, home, emit, signal, attended, operator, terminal, catalogue };
    const outcome = await module.run(run, options);
    if (outcome.answer !== undefined) renderer.answer(outcome.answer);
    if (outcome.failure !== undefined) return failed(outcome.failure, outcome.data);
    emit({ type: "result", ok: true, job, durationMs: Math.round(now() - started), data: outcome.data });
    renderer.rest();
    return EXIT_OK;
  } catch (cause) {
    const foreseen = isPlugsmithError(cause) && cause.code !== "internal";
    return failed(foreseen ? cause : await internalError(cause, home, job), undefined);
  }
}

/** The home of a virtual plug in a folder of its own. */
function homeAtPort(port: unknown, home: string): readonly string[] {
  const folder = typeof port === "string" ? /^sim:(.+)$/s.exec(port)?.[1] : undefined;
  return folder === undefined ? [] : [virtualPlugHome(folder, home)];
}
