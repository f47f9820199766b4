/**
 * An exclusive lock that dies with its process, held by the kernel, so that no stale lock can be left behind and none
 * has to be guessed away. Linux: a name in the abstract socket namespace (unix(7)), made from the lock file's device
 * and inode; it holds within one network namespace. macOS and Windows: the lock file is opened with O_EXLOCK, which
 * libuv passes on (open(2) on macOS; share mode 0 on Windows).
 */
import { open } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { errnoOf, fileError } from "./file-error.ts";

/** O_EXLOCK and O_NONBLOCK in macOS's fcntl.h; libuv's UV_FS_O_EXLOCK on Windows. */
const MACOS_EXLOCK_NONBLOCK = 0x20 | 0x4;
const WINDOWS_EXLOCK = 0x1000_0000;
const O_RDWR = 2;
const O_CREAT = { linux: 0o100, darwin: 0x200, win32: 0x100 };

function lockedError(path: string, cause?: unknown): PlugsmithError {
  return new PlugsmithError("locked", {
    message: say`Another run of plugsmith is using ${path.replace(/[/\\][^/\\]*$/, "")}.`,
    nextStep: say`Wait until the other run ends, or stop it. Then try again.`,
    cause,
    context: { path },
  });
}

/** Longest wait for a turn, ms: anyone who has it writes one small file. */
const PATIENCE_MS = 15_000;

/** The lock as soon as its holder lets go. Errors: locked after PATIENCE_MS. */
export async function lockInTurn(path: string): Promise<() => Promise<void>> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await lockFile(path);
    } catch (error) {
      if (!isPlugsmithError(error, "locked") || performance.now() > deadline) throw error;
      // At random times: two that wait do not meet again and again.
      await setTimeout(2 + Math.random() * 10);
    }
  }
}

export async function lockFile(
  path: string,
  platform: NodeJS.Platform = process.platform,
): Promise<() => Promise<void>> {
  if (platform === "darwin" || platform === "win32") return lockByOpenFlag(path, platform);
  return lockByAbstractSocket(path);
}

async function lockByOpenFlag(path: string, platform: "darwin" | "win32"): Promise<() => Promise<void>> {
  const exclusive = platform === "darwin" ? MACOS_EXLOCK_NONBLOCK : WINDOWS_EXLOCK;
  try {
    const handle = await open(path, O_RDWR | O_CREAT[platform] | exclusive, 0o600);
    return () => handle.close();
  } catch (error) {
    if (["EAGAIN", "EBUSY", "EWOULDBLOCK"].includes(errnoOf(error))) throw lockedError(path, error);
    throw fileError(path, error);
  }
}

async function lockByAbstractSocket(path: string): Promise<() => Promise<void>> {
  let name: string;
  try {
    const handle = await open(path, "a", 0o600);
    const { dev, ino } = await handle.stat();
    await handle.close();
    name = `\0plugsmith-lock-${dev}-${ino}`;
  } catch (error) {
    throw fileError(path, error);
  }
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(errnoOf(error) === "EADDRINUSE" ? lockedError(path, error) : fileError(path, error)),
    );
    server.listen(name, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}
