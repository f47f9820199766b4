/**
 * Reading a whole file that a person or the home names: what is not a regular file, or is too large, is refused before a byte
 * of it is read. A pipe would be waited for without end, a device has no end, and a sparse file of gigabytes costs its
 * maker nothing.
 */
import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";
import { tooLargeFile } from "../file-failure.ts";

/** Without it, opening a pipe waits until somebody writes (open(2)); Windows has none. */
const NONBLOCK = constants.O_NONBLOCK ?? 0;

interface Kind {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
  readonly size: number;
}

/** @param limit bytes. @throws PlugsmithError file-unfit; errors of the file system as they are. */
export async function readBounded(path: string, limit: number): Promise<Uint8Array> {
  // Opening can have effects of its own: a serial port's modem lines, a tape's rewinding.
  refuseUnfit(path, await stat(path), limit);
  const handle = await open(path, constants.O_RDONLY | NONBLOCK);
  try {
    // What lies there may have been changed between the two calls.
    const found = await handle.stat();
    refuseUnfit(path, found, limit);
    return await contents(handle, path, found.size, limit);
  } finally {
    await handle.close();
  }
}

/** One byte more than it had is asked for: a file that grows meanwhile is read on, up to the limit. */
async function contents(handle: FileHandle, path: string, size: number, limit: number): Promise<Uint8Array> {
  let bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, null);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
    if (length > limit) throw tooLargeFile(path, length, limit);
    if (length < bytes.length) continue;
    const longer = new Uint8Array(Math.min(2 * bytes.length, limit + 1));
    longer.set(bytes);
    bytes = longer;
  }
}

function refuseUnfit(path: string, found: Kind, limit: number): void {
  if (!found.isFile()) {
    throw new PlugsmithError("file-unfit", {
      message: kindText(path, found),
      nextStep: say`Give the path of a regular file.`,
      context: { path },
    });
  }
  if (found.size > limit) throw tooLargeFile(path, found.size, limit);
}

function kindText(path: string, found: Kind): Text {
  if (found.isDirectory()) return say`${path} is a folder, not a file.`;
  if (found.isFIFO()) return say`${path} is a pipe, not a file.`;
  return found.isSocket() ? say`${path} is a socket, not a file.` : say`${path} is a device, not a file.`;
}
