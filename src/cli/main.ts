#!/usr/bin/env node
/**
 * The entry of the command line. The first Ctrl-C asks the command to stop, the second ends the process; so does the
 * first one after the command's end, where something still keeps the process.
 */
import { EXIT_INTERRUPTED, EXIT_OK, exitCodeOf } from "./exit-codes.ts";
import { fatalError } from "./internal-error.ts";
import { processTerminal } from "./process-terminal.ts";
import { runProgram } from "./program.ts";
import { COMMANDS } from "./registry.ts";

const terminal = processTerminal();
const stop = new AbortController();
let waiting = true;
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    if (stop.signal.aborted || !waiting) {
      waiting = false;
      process.exit(EXIT_INTERRUPTED);
    }
    terminal.err("\nStopping at the next safe point. Ctrl-C again leaves at once, in whatever state that is.\n");
    stop.abort();
  });
}
// Node ends a process that waits for nothing any more with 13, silently (documented as "unsettled top-level await").
process.on("exit", () => {
  if (!waiting) return;
  terminal.err("plugsmith has a bug: it waits for something that can no longer happen. Please report the command.\n");
  process.exitCode = exitCodeOf("internal");
});
/** Whatever got past every command: one line, never a trace. */
function fail(cause: unknown): never {
  waiting = false;
  terminal.err(`${fatalError(cause).message}\n`);
  process.exit(exitCodeOf("internal"));
}
process.on("uncaughtException", fail);
const exitCode = await runProgram(COMMANDS, process.argv.slice(2), terminal, stop.signal).catch(fail);
const unwritten = await terminal.outputFailure();
if (unwritten !== undefined) terminal.err(`${unwritten.message} ${unwritten.nextStep ?? ""}\n`);
process.exitCode = exitCode === EXIT_OK && unwritten !== undefined ? exitCodeOf(unwritten.code) : exitCode;
waiting = false;
