/** The command line as a whole: every command of the registry with the options that all of them have. */

import { setMaxListeners } from "node:events";
import { Command, CommanderError } from "commander";
import { type Catalogue, ENGLISH, EVENT_VERSION, say, type Text, textIn, visible } from "../core/index.ts";
import { type CommandEntry, GLOBAL_OPTIONS } from "./command.ts";
import { EXIT_OK, exitCodeOf } from "./exit-codes.ts";
import { configureHelp, type Wording } from "./help.ts";
import { askedLanguage, catalogueFor } from "./language.ts";
import { declareOptions, readOptions } from "./options.ts";
import { programNameHere, withProgram } from "./program-name.ts";
import { JsonRenderer } from "./render/json-renderer.ts";
import type { Terminal } from "./render/terminal.ts";
import { runCommand } from "./run-command.ts";
import { usageError, usageText } from "./usage-error.ts";
import { VERSION } from "./version.ts";

/**
 * @param catalogue the language; default: what the line or the environment asks for.
 * @returns the exit code of the command that was asked for.
 */
export async function runProgram(
  commands: readonly CommandEntry[],
  argv: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
  catalogue?: Catalogue,
): Promise<number> {
  // A scan of a network listens with each of its workers; that is no leak.
  setMaxListeners(0, signal);
  let exitCode: number = EXIT_OK;
  const here = programNameHere(terminal.env);
  const names = commands.map(({ name }) => name);
  const commandLines = (text: string): string => withProgram(text, here, names);
  const asJson = argv.includes("--json");
  // Programs see one language, whatever is on the screen.
  const language = asJson ? ENGLISH : (catalogue ?? (await catalogueFor(askedLanguage(argv), terminal.env)));
  const worded = (text: Text): string => textIn(text, language);
  const program = new Command(here)
    .description(worded(say`Turns a cloud-bound smart plug into a calibrated, locked-down Tasmota plug.`))
    .version(VERSION, "-V, --version", worded(say`show the version`))
    .helpCommand(false)
    .showHelpAfterError(worded(say`(see ${`${here} --help`})`));
  configure(program, terminal, asJson, worded);
  // The first word that is no option names the command: the program's own options take no values.
  const wanted = argv.find((word) => !word.startsWith("-"));
  for (const entry of commands) {
    const { name, summary, group } = entry;
    const command = program.command(name).description(worded(summary)).helpGroup(worded(group));
    configure(command, terminal, asJson, worded);
    if (name !== wanted) continue;
    const module = await entry.load();
    module.declare(command, worded);
    declareOptions(command, GLOBAL_OPTIONS, worded);
    command.action(async () => {
      const options = command.opts();
      const globals = readOptions(GLOBAL_OPTIONS, options);
      const args = command.processedArgs;
      const invocation = { name, module, args, options, globals, terminal, signal, commandLines, catalogue: language };
      exitCode = await runCommand(invocation);
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
function usageLines(text: string, worded: Wording): string {
  const { message, hint } = usageError(text);
  const line = visible(worded(say`error: ${message}`));
  return hint === undefined ? `${line}\n` : `${line}\n${worded(hint)}\n`;
}

/** The events of a command that could not be run. */
function usageResult(renderer: JsonRenderer, command: string | undefined, words: string): void {
  const job = command ?? "plugsmith";
  renderer.event({ type: "job-started", job, version: EVENT_VERSION, at: new Date().toISOString() });
  const error = {
    code: "bad-argument",
    message: usageText(words),
    step: undefined,
    plugState: say`untouched`,
    nextStep: say`See plugsmith --help.`,
  } as const;
  renderer.event({ type: "result", ok: false, job, durationMs: 0, error });
}

function configure(command: Command, terminal: Terminal, asJson: boolean, worded: Wording): void {
  configureHelp(command, worded);
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.out(text),
    writeErr: (text) => (asJson ? undefined : terminal.err(text)),
    outputError: (text, write) => write(usageLines(text, worded)),
    getOutHelpWidth: () => terminal.columns(),
    getErrHelpWidth: () => terminal.columns(),
  });
}
