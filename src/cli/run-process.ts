/**
 * The command line as this process. The first Ctrl-C asks the command to stop, the second ends the process; so does the
 * first one after the command's end, where something still keeps the process.
 */
import { ENGLISH, joined, say, type Text, textIn } from "../core/index.ts";
import { EXIT_INTERRUPTED, EXIT_OK, exitCodeOf } from "./exit-codes.ts";
import { fatalError } from "./internal-error.ts";
import { askedLanguage, catalogueFor } from "./language.ts";
import { processTerminal } from "./process-terminal.ts";
import { runProgram } from "./program.ts";
import { COMMANDS } from "./registry.ts";

/** Runs the command that the process's arguments name and sets the process's exit code. */
export async function runProcess(): Promise<void> {
  const terminal = processTerminal();
  const stop = new AbortController();
  const argv = process.argv.slice(2);
  let waiting = true;
  let language = ENGLISH;
  const tell = (text: Text): void => terminal.err(`${textIn(text, language)}\n`);
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (stop.signal.aborted || !waiting) {
        waiting = false;
        process.exit(EXIT_INTERRUPTED);
      }
      terminal.err("\n");
      tell(say`Stopping at the next safe point. To stop at once, in whatever state the plug is, press Ctrl-C again.`);
      stop.abort();
    });
  }
  // Node ends a process that waits for nothing any more with 13, silently (documented as "unsettled top-level await").
  process.on("exit", () => {
    if (!waiting) return;
    tell(say`plugsmith has a bug: it waits for something that can no longer happen. Please report the command.`);
    process.exitCode = exitCodeOf("internal");
  });
  /** Whatever got past every command: one line, never a trace. */
  const fail = (cause: unknown): never => {
    waiting = false;
    tell(fatalError(cause).texts.message);
    process.exit(exitCodeOf("internal"));
  };
  process.on("uncaughtException", fail);
  const run = async (): Promise<number> => {
    language = await catalogueFor(askedLanguage(argv), terminal.env);
    return await runProgram(COMMANDS, argv, terminal, stop.signal, language);
  };
  const exitCode = await run().catch(fail);
  const unwritten = await terminal.outputFailure();
  if (unwritten !== undefined) tell(joined([unwritten.texts.message, unwritten.texts.nextStep ?? ""]));
  process.exitCode = exitCode === EXIT_OK && unwritten !== undefined ? exitCodeOf(unwritten.code) : exitCode;
  waiting = false;
}
