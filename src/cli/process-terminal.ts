/** The terminal of this process. */
import type { Terminal } from "./render/terminal.ts";

const DEFAULT_COLUMNS = 80;

export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that went away (`| head`) is no reason to stop a flash operation in its middle.
    stream.on("error", () => {});
  }
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    columns: () => process.stderr.columns ?? process.stdout.columns ?? DEFAULT_COLUMNS,
    input: process.stdin,
    outIsTty: process.stdout.isTTY === true,
    errIsTty: process.stderr.isTTY === true,
    inIsTty: process.stdin.isTTY === true,
    env: process.env,
  };
}
