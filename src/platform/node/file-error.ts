/** What the operating system says about a file, in our words. */
import { type ErrorCode, PlugsmithError } from "../../core/errors.ts";

interface Known {
  readonly code: ErrorCode;
  readonly what: string;
  readonly next: string;
}

/** By errno name, as in the POSIX manual's list of error numbers. */
const BY_ERRNO: Readonly<Record<string, Known>> = {
  ENOENT: { code: "file-not-found", what: "does not exist", next: "Check the path." },
  ENOTDIR: { code: "file-not-found", what: "is below something that is not a folder", next: "Check the path." },
  EEXIST: { code: "file-exists", what: "exists already", next: "Choose another name or move the file away." },
  EACCES: {
    code: "file-permission",
    what: "may not be accessed",
    next: "Check the permissions of the file and folder.",
  },
  EPERM: { code: "file-permission", what: "may not be changed", next: "Check the permissions of the file and folder." },
  EROFS: {
    code: "file-permission",
    what: "is on a read-only file system",
    next: "Choose a folder that can be written.",
  },
  ENOSPC: {
    code: "disk-full",
    what: "cannot be written: the disk is full",
    next: "Make room, then run the command again.",
  },
  EDQUOT: { code: "disk-full", what: "cannot be written: the quota is used up", next: "Make room, then run it again." },
};

export function fileError(path: string, cause: unknown): PlugsmithError {
  if (cause instanceof PlugsmithError) return cause;
  const errno = errnoOf(cause);
  const known = BY_ERRNO[errno];
  if (known === undefined) {
    return new PlugsmithError("file-failed", {
      message: `${path}: the file system failed (${errno || "no reason given"}).`,
      nextStep: "Check the disk and the path, then run the command again.",
      cause,
    });
  }
  return new PlugsmithError(known.code, { message: `${path} ${known.what}.`, nextStep: known.next, cause });
}

export function errnoOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : "";
}
