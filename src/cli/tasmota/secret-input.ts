/**
 * Passwords from a file, standard input, the environment or a prompt. Never from the command line: other users of the
 * computer can read that, and shells keep it.
 */
import { PlugsmithError, say, type Text } from "../../core/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import type { SecretSource } from "../options.ts";

/** No password is as long. */
const SECRET_BYTES = 0x1000;

/**
 * Undefined where no source has one and nothing is asked. Errors: file-not-found, needs-input, aborted.
 * @param prompt the question, where one may be asked.
 */
export async function readSecret(
  run: CommandRun,
  { file, variable }: SecretSource,
  prompt?: Text,
): Promise<string | undefined> {
  if (file !== undefined) return withoutLineEnd(await contents(file, SECRET_BYTES));
  const fromEnvironment = run.terminal.env[variable];
  if (fromEnvironment !== undefined) return fromEnvironment;
  if (prompt === undefined) return undefined;
  return await run.operator.provide({ id: variable, text: prompt, secret: true }, run.signal);
}

/** Whole standard input for "-". @param limit bytes. Errors: file-not-found, file-unfit. */
export async function contents(file: string, limit: number): Promise<string> {
  if (file !== "-") return decoded(await nodeFiles.read(file, limit));
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(Buffer.from(chunk as Uint8Array));
    length += chunks.at(-1)!.length;
    if (length > limit) {
      throw new PlugsmithError("file-unfit", {
        message: say`Standard input has more than ${limit} bytes, which is the limit.`,
        nextStep: say`Check that it is the text you mean.`,
      });
    }
  }
  return decoded(Buffer.concat(chunks));
}

/** UTF-8, or UTF-16 with its mark, as Windows PowerShell and Notepad write. */
function decoded(bytes: Uint8Array): string {
  const mark = `${bytes[0]},${bytes[1]}`;
  const encoding = mark === `${0xff},${0xfe}` ? "utf-16le" : mark === `${0xfe},${0xff}` ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** Editors end files with a line end; spaces may belong to the password. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, "");
}
