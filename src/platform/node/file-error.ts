/** What the operating system says about a file, in our words. */
import { type ErrorCode, PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";

interface Known {
  readonly code: ErrorCode;
  readonly what: Text;
  readonly next: Text;
}

/** By errno name, as in the POSIX manual's list of error numbers. */
const BY_ERRNO: Readonly<Record<string, Known>> = {
  ENOENT: { code: "file-not-found", what: say`does not exist`, next: say`Check the path.` },
  ENOTDIR: { code: "file-not-found", what: say`is below something that is not a folder`, next: say`Check the path.` },
  EEXIST: { code: "file-exists", what: say`exists already`, next: say`Choose another name or move the file away.` },
  EACCES: {
    code: "file-permission",
    what: say`may not be accessed`,
    next: say`Check the permissions of the file and folder.`,
  },
  EPERM: {
    code: "file-permission",
    what: say`may not be changed`,
    next: say`Check the permissions of the file and folder.`,
  },
  EROFS: {
    code: "file-permission",
    what: say`is on a read-only file system`,
    next: say`Choose a folder that can be written.`,
  },
  ENOSPC: {
    code: "disk-full",
    what: say`cannot be written: the disk is full`,
    next: say`Make room, then run the command again.`,
  },
  EDQUOT: {
    code: "disk-full",
    what: say`cannot be written: the quota is used up`,
    next: say`Make room, then run it again.`,
  },
};

export function fileError(path: string, cause: unknown): PlugsmithError {
  if (cause instanceof PlugsmithError) return cause;
  const errno = errnoOf(cause);
  const known = BY_ERRNO[errno];
  if (known === undefined) {
    return new PlugsmithError("file-failed", {
      message: say`${path}: the file system failed (${errno || say`no reason given`}).`,
      nextStep: say`Check the disk and the path, then run the command again.`,
      cause,
    });
  }
  return new PlugsmithError(known.code, { message: say`${path} ${known.what}.`, nextStep: known.next, cause });
}

export function errnoOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : "";
}
