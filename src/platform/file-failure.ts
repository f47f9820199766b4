/**
 * Why a file could not be used, as one set of sentences and values for every platform: Node's errno names and the
 * browser's exception names are only matched to these.
 */
import { type ErrorCode, PlugsmithError } from "../core/errors.ts";
import { say, type Text } from "../core/text/text.ts";

export type FileFailure = keyof typeof FAILURES;

interface Failure {
  readonly code: ErrorCode;
  readonly message: (path: string) => Text;
  readonly nextStep: Text;
}

const PERMISSIONS = say`Check the permissions of the file and its folder.`;
const PAGE_STORAGE = say`Leave private browsing, and allow this page to store data.`;
const OTHER_NAME = say`Choose another name, or move the file.`;

const FAILURES = {
  missing: {
    code: "file-not-found",
    message: (path) => say`${path} does not exist.`,
    nextStep: say`Check the path.`,
  },
  "below-a-file": {
    code: "file-not-found",
    message: (path) => say`A part of the path ${path} is not a folder.`,
    nextStep: say`Check the path.`,
  },
  exists: { code: "file-exists", message: (path) => say`${path} exists already.`, nextStep: OTHER_NAME },
  "not-plain": {
    code: "file-unfit",
    message: (path) => say`${path} is not a regular file.`,
    nextStep: say`Choose another name.`,
  },
  "no-access": {
    code: "file-permission",
    message: (path) => say`Access to ${path} is denied.`,
    nextStep: PERMISSIONS,
  },
  "no-change": {
    code: "file-permission",
    message: (path) => say`The system does not allow changes to ${path}.`,
    nextStep: PERMISSIONS,
  },
  "read-only": {
    code: "file-permission",
    message: (path) => say`${path} is on a read-only file system.`,
    nextStep: say`Choose a folder that you can write to.`,
  },
  "disk-full": {
    code: "disk-full",
    message: (path) => say`Cannot write ${path}: the disk is full.`,
    nextStep: say`Free some disk space, then run the command again.`,
  },
  quota: {
    code: "disk-full",
    message: (path) => say`Cannot write ${path}: the disk quota is used up.`,
    nextStep: say`Free some disk space, then run the command again.`,
  },
  "other-tab": {
    code: "locked",
    message: (path) => say`${path} is open in another tab.`,
    nextStep: say`Close the other tab, then try again.`,
  },
  "page-quota": {
    code: "disk-full",
    message: (path) => say`Cannot write ${path}: the browser gives this page no more space.`,
    nextStep: say`Free some disk space or delete the data of other sites, then try again.`,
  },
  "page-access": {
    code: "file-permission",
    message: (path) => say`The browser denies this page access to ${path}.`,
    nextStep: PAGE_STORAGE,
  },
} as const satisfies Readonly<Record<string, Failure>>;

/** @param reason the system's own name of it. */
export function fileFailure(failure: FileFailure, path: string, reason?: string, cause?: unknown): PlugsmithError {
  const { code, message, nextStep } = FAILURES[failure];
  return new PlugsmithError(code, { message: message(path), nextStep, context: { path, reason }, cause });
}

/** @param size bytes, as is `limit`. */
export function tooLargeFile(path: string, size: number, limit: number): PlugsmithError {
  return new PlugsmithError("file-unfit", {
    message: say`${path} has ${size} bytes; plugsmith reads at most ${limit} here.`,
    nextStep: say`Check that it is the right file.`,
    context: { path, size, limit },
  });
}

/** What no table lists. @param reason empty where the system gave none. */
export function unknownFileFailure(path: string, reason: string, nextStep: Text, cause: unknown): PlugsmithError {
  const message =
    reason === ""
      ? say`The file system failed at ${path} and gave no reason.`
      : say`The file system failed at ${path} (${reason}).`;
  return new PlugsmithError("file-failed", { message, nextStep, context: { path, reason }, cause });
}
