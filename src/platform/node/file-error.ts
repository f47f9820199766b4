/** What the operating system says about a file, as an error. */
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { type FileFailure, fileFailure, unknownFileFailure } from "../file-failure.ts";

/** By errno name, as in the POSIX manual's list of error numbers. */
const BY_ERRNO: Readonly<Record<string, FileFailure>> = {
  ENOENT: "missing",
  ENOTDIR: "below-a-file",
  EEXIST: "exists",
  EACCES: "no-access",
  EPERM: "no-change",
  EROFS: "read-only",
  ENOSPC: "disk-full",
  EDQUOT: "quota",
};

export function fileError(path: string, cause: unknown): PlugsmithError {
  if (cause instanceof PlugsmithError) return cause;
  const errno = errnoOf(cause);
  const known = Object.hasOwn(BY_ERRNO, errno) ? BY_ERRNO[errno] : undefined;
  return known === undefined
    ? unknownFileFailure(path, errno, say`Check the disk and the path, then run the command again.`, cause)
    : fileFailure(known, path, errno, cause);
}

export function errnoOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : "";
}
