/** The terminal of this process. */
import type { PlugsmithError } from "../core/index.ts";
import { errnoOf, fileError } from "../platform/node/index.ts";
import type { Terminal } from "./render/terminal.ts";

export interface ProcessTerminal extends Terminal {
  /** Once all of standard output is written: why it could not be, undefined where it was. */
  outputFailure(): Promise<PlugsmithError | undefined>;
}

const DEFAULT_COLUMNS = 80;

/** A reader that went away (`| head`) has what it wanted. Windows says EOF. */
const READER_GONE: readonly string[] = ["EPIPE", "EOF"];

export function processTerminal(): ProcessTerminal {
  let failure: Error | undefined;
  // Neither is a reason to stop a flash operation in its middle. Failures of standard error cannot be reported.
  process.stdout.on("error", (error) => {
    failure ??= error;
  });
  process.stderr.on("error", () => {});
  return {
    outputFailure: async () => {
      await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
      const quiet = failure === undefined || READER_GONE.includes(errnoOf(failure));
      return quiet ? undefined : fileError("Standard output", failure);
    },
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
