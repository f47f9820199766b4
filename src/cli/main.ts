#!/usr/bin/env node
/** The entry of the command line. The first Ctrl-C asks the command to stop, the second ends the process. */
import { EXIT_INTERRUPTED } from "./exit-codes.ts";
import { processTerminal } from "./process-terminal.ts";
import { runProgram } from "./program.ts";
import { COMMANDS } from "./registry.ts";

const terminal = processTerminal();
const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    if (stop.signal.aborted) process.exit(EXIT_INTERRUPTED);
    terminal.err("\nStopping at the next safe point. Ctrl-C again leaves at once, in whatever state that is.\n");
    stop.abort();
  });
}
process.exitCode = await runProgram(COMMANDS, process.argv.slice(2), terminal, stop.signal);
