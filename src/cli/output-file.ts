/** Files that a command writes where a person wants them. Their names come from the person, never from a plug. */

import { lstat } from "node:fs/promises";
import { PlugsmithError, say } from "../core/index.ts";
import { abortedError } from "../engine/index.ts";
import { errnoOf, fileError } from "../platform/node/index.ts";
import { confirm } from "./ask/confirm.ts";
import type { CommandRun } from "./command.ts";

/**
 * To be asked before anything else is done: what lies there is replaced only where the person says so, at the terminal
 * or with `--yes`. Errors: file-exists, aborted, file-*.
 */
export async function allowOutput(run: CommandRun, path: string, step: string): Promise<void> {
  const there = await lstat(path).catch((error: unknown) => {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw fileError(path, error);
  });
  if (there === undefined) return;
  const replaceable = there.isFile() || there.isSymbolicLink();
  if (replaceable && run.globals.yes) return;
  if (replaceable && run.attended) {
    if (await confirm(run, say`${path} already exists. Replace it?`)) return;
    throw abortedError(step);
  }
  throw new PlugsmithError("file-exists", {
    message: replaceable ? say`${path} already exists.` : say`${path} already exists and is not a regular file.`,
    step,
    plugState: say`untouched`,
    nextStep: replaceable ? say`Choose another name, or replace the file with --yes.` : say`Choose another name.`,
  });
}
