/**
 * Passwords from a file, standard input, the environment or a prompt. Never from the command line: other users of the
 * computer can read that, and shells keep it.
 */
import { readFile } from "node:fs/promises";
import { PlugsmithError } from "../../core/errors.ts";
import type { CommandRun } from "../command.ts";

export interface SecretSource {
  /** As the option that names the file gave it; "-" is standard input. */
  readonly file: unknown;
  /** Name of the environment variable. */
  readonly variable: string;
  /** The question, where one may be asked. */
  readonly prompt: string | undefined;
}

/** Undefined where no source has one and nothing is asked. Errors: file-not-found, needs-input, aborted. */
export async function readSecret(run: CommandRun, source: SecretSource): Promise<string | undefined> {
  if (typeof source.file === "string") return withoutLineEnd(await contents(source.file));
  const fromEnvironment = run.terminal.env[source.variable];
  if (fromEnvironment !== undefined) return fromEnvironment;
  if (source.prompt === undefined) return undefined;
  return await run.operator.provide({ id: source.variable, text: source.prompt, secret: true }, run.signal);
}

/** Whole standard input for "-". Errors: file-not-found. */
export async function contents(file: string): Promise<string> {
  if (file !== "-") {
    return await readFile(file, "utf8").catch((cause: unknown) => {
      throw new PlugsmithError("file-not-found", {
        message: `${file} cannot be read.`,
        nextStep: "Check its name.",
        cause,
      });
    });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}

/** Editors end files with a line end; spaces may belong to the password. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, "");
}
