/** What the browser says about a file of its origin's private file system, in our words. */
import { type ErrorCode, PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";

interface Known {
  readonly code: ErrorCode;
  readonly what: Text;
  readonly next: Text;
}

/** By the name of the DOMException (fs.spec.whatwg.org; storage.spec.whatwg.org for the quota). */
const BY_NAME: Readonly<Record<string, Known>> = {
  NotFoundError: { code: "file-not-found", what: say`does not exist`, next: say`Check the name.` },
  TypeMismatchError: { code: "file-unfit", what: say`is not a plain file`, next: say`Choose another name.` },
  NoModificationAllowedError: {
    code: "locked",
    what: say`is open in another tab`,
    next: say`Close the other tab, then try again.`,
  },
  QuotaExceededError: {
    code: "disk-full",
    what: say`cannot be written: the browser gives this page no more space`,
    next: say`Make room on this computer or delete other sites' data, then try again.`,
  },
  SecurityError: {
    code: "file-permission",
    what: say`may not be accessed`,
    next: say`Leave private browsing, and allow this page to store data.`,
  },
  NotAllowedError: {
    code: "file-permission",
    what: say`may not be accessed`,
    next: say`Leave private browsing, and allow this page to store data.`,
  },
};

export function nameOf(error: unknown): string {
  return error instanceof DOMException ? error.name : "";
}

export function fileError(path: string, cause: unknown): PlugsmithError {
  if (cause instanceof PlugsmithError) return cause;
  const name = nameOf(cause);
  const known = BY_NAME[name];
  if (known !== undefined) {
    return new PlugsmithError(known.code, { message: say`${path} ${known.what}.`, nextStep: known.next, cause });
  }
  return new PlugsmithError("file-failed", {
    message: say`${path}: the browser's file system failed (${name === "" ? say`no reason given` : name}).`,
    nextStep: say`Reload the page, then try again.`,
    cause,
  });
}
