/** Runs a program of the operating system and hands back what it printed. No shell: arguments go as they are. */
import { execFile } from "node:child_process";

export interface ProgramResult {
  /** Undefined where the program does not exist. */
  readonly status: number | undefined;
  readonly output: string;
  readonly errors: string;
}

export type RunProgram = (name: string, args: readonly string[], signal?: AbortSignal) => Promise<ProgramResult>;

/** Longest a Wi-Fi tool may take; joining a network takes some 10 s. */
const PATIENCE_MS = 60_000;

export const runProgram: RunProgram = (name, args, signal) =>
  new Promise((resolve) => {
    const options = { timeout: PATIENCE_MS, windowsHide: true, signal };
    // Output in English, whatever language the computer speaks.
    const env = { ...process.env, LC_ALL: "C", LANG: "C" };
    execFile(name, [...args], { ...options, env, encoding: "utf8" }, (error, stdout, stderr) => {
      const missing = (error as NodeJS.ErrnoException | null)?.code === "ENOENT";
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ status: missing ? undefined : code, output: stdout, errors: stderr });
    });
  });
