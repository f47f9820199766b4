/** What the browser says about a file of its origin's private file system, as an error. */
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { type FileFailure, fileFailure, unknownFileFailure } from "../file-failure.ts";

/** By the name of the DOMException (fs.spec.whatwg.org; storage.spec.whatwg.org for the quota). */
const BY_NAME: Readonly<Record<string, FileFailure>> = {
  NotFoundError: "missing",
  TypeMismatchError: "not-plain",
  NoModificationAllowedError: "other-tab",
  QuotaExceededError: "page-quota",
  SecurityError: "page-access",
  NotAllowedError: "page-access",
};

export function nameOf(error: unknown): string {
  return error instanceof DOMException ? error.name : "";
}

export function fileError(path: string, cause: unknown): PlugsmithError {
  if (cause instanceof PlugsmithError) return cause;
  const name = nameOf(cause);
  const known = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  return known === undefined
    ? unknownFileFailure(path, name, say`Reload the page, then try again.`, cause)
    : fileFailure(known, path, name, cause);
}
