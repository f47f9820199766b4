/** The command line as a whole: every command of the registry with the options that all of them have. */

import { setMaxListeners } from "node:events";
import { Command, CommanderError, Help } from "commander";
import { asText, EVENT_VERSION, say, visible } from "../core/index.ts";
import { type CommandEntry, GLOBAL_OPTIONS } from "./command.ts";
import { EXIT_OK, exitCodeOf } from "./exit-codes.ts";
import { declareOptions, readOptions } from "./options.ts";
import { programNameHere, withProgram } from "./program-name.ts";
import { JsonRenderer } from "./render/json-renderer.ts";
import type { Terminal } from "./render/terminal.ts";
import { runCommand } from "./run-command.ts";
import { VERSION } from "./version.ts";

/** @returns the exit code of the command that was asked for. */
export async function runProgram(
  commands: readonly CommandEntry[],
  argv: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  // A scan of a network listens with each of its workers; that is no leak.
  setMaxListeners(0, signal);
  let exitCode: number = EXIT_OK;
  const here = programNameHere(terminal.env);
  const names = commands.map(({ name }) => name);
  const commandLines = (text: string): string => withProgram(text, here, names);
  const program = new Command(here)
    .description("Turns a cloud-bound smart plug into a calibrated, locked-down Tasmota plug.")
    .version(VERSION)
    .helpCommand(false)
    .showHelpAfterError(`(see ${here} --help)`);
  const asJson = argv.includes("--json");
  configure(program, terminal, asJson);
  // The first word that is no option names the command: the program's own options take no values.
  const wanted = argv.find((word) => !word.startsWith("-"));
  for (const entry of commands) {
    const { name, summary, group } = entry;
    const command = program.command(name).description(summary).helpGroup(group);
    configure(command, terminal, asJson);
    if (name !== wanted) continue;
    const module = await entry.load();
    module.declare(command);
    declareOptions(command, GLOBAL_OPTIONS);
    command.action(async () => {
      const options = command.opts();
      const globals = readOptions(GLOBAL_OPTIONS, options);
      const args = command.processedArgs;
      exitCode = await runCommand({ name, module, args, options, globals, terminal, signal, commandLines });
    });
  }
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are no errors; everything else commander finds wrong is a bad argument.
    if (error.exitCode === 0) return EXIT_OK;
    if (asJson) usageResult(new JsonRenderer(terminal, commandLines), wanted, error.message);
    return exitCodeOf("bad-argument");
  }
  return exitCode;
}

/** What commander says of a wrong line. It quotes words of the line, which may hold anything; its own hint stands below. */
function usageWords(text: string): string {
  const [hint = ""] = /\n\(Did you mean [a-z, -]+\?\)\s*$/.exec(text) ?? [];
  return `${visible(text.slice(0, text.length - hint.length).trimEnd())}${hint.trimEnd()}`;
}

/** The events of a command that could not be run. */
function usageResult(renderer: JsonRenderer, command: string | undefined, words: string): void {
  const job = command ?? "plugsmith";
  renderer.event({ type: "job-started", job, version: EVENT_VERSION, at: new Date().toISOString() });
  const message = words.replace(/^error: /, "").replace(/\n(?=\(Did you mean [a-z, -]+\?\)$)/, " ");
  const error = {
    code: "bad-argument",
    message: asText(message),
    step: undefined,
    plugState: say`untouched`,
    nextStep: say`See plugsmith --help.`,
  } as const;
  renderer.event({ type: "result", ok: false, job, durationMs: 0, error });
}

/** Commander's words, without "(default: false)" behind every switch: a switch that is not given is off. */
const WORDS = new Help();

function configure(command: Command, terminal: Terminal, asJson: boolean): void {
  command.configureHelp({
    optionDescription: (option) =>
      option.defaultValue === false ? option.description : WORDS.optionDescription(option),
  });
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.out(text),
    writeErr: (text) => (asJson ? undefined : terminal.err(text)),
    outputError: (text, write) => write(`${usageWords(text)}\n`),
    getOutHelpWidth: () => terminal.columns(),
    getErrHelpWidth: () => terminal.columns(),
  });
}
