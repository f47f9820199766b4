/** Other programs of this computer, their output line by line as it comes. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { ProgramCall, ProgramOutcome, Programs } from "../../engine/ports.ts";

const KEPT_LINES = 20;
/** What shells report for a program ended by signal n. */
const SIGNAL_STATUS = 128;

export const nodePrograms: Programs = { run };

function run({ name, args, onLine, signal }: ProgramCall): Promise<ProgramOutcome> {
  return new Promise((resolve) => {
    const lastLines: string[] = [];
    // Output in English, whatever language the computer speaks.
    const env = { ...process.env, LC_ALL: "C", LANG: "C" };
    const child = spawn(name, [...args], { env, windowsHide: true, stdio: ["ignore", "pipe", "pipe"] });
    const hear = (stream: Readable): void => {
      createInterface({ input: stream }).on("line", (line) => {
        lastLines.push(line);
        if (lastLines.length > KEPT_LINES) lastLines.shift();
        onLine?.(line);
      });
    };
    hear(child.stdout);
    hear(child.stderr);
    const end = (): void => void child.kill();
    signal?.addEventListener("abort", end, { once: true });
    const done = (status: number | undefined): void => {
      signal?.removeEventListener("abort", end);
      resolve({ status, lastLines });
    };
    child.once("error", (error) => {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
      if (!missing) lastLines.push(error.message);
      done(missing ? undefined : SIGNAL_STATUS - 2);
    });
    child.once("close", (code) => done(code ?? SIGNAL_STATUS));
    if (signal?.aborted) end();
  });
}
