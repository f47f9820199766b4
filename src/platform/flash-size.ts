/** What a virtual plug's flash may be kept in. */
import { PlugsmithError } from "../core/errors.ts";
import { LARGEST_FLASH } from "../core/image/header.ts";
import { say } from "../core/text/text.ts";
import type { FileInfo } from "../engine/ports.ts";

/** Smallest flash part found beside or inside ESP8266 chips, bytes. All sizes are powers of two. */
const SMALLEST = 0x8_0000;

/** @throws bad-argument for what is not a whole flash. */
export function refuseUnfitFlash(path: string, { kind, size }: FileInfo): void {
  if (kind === "file" && size >= SMALLEST && size <= LARGEST_FLASH && (size & (size - 1)) === 0) return;
  throw new PlugsmithError("bad-argument", {
    message:
      kind === "file"
        ? say`${path} holds ${size} bytes, which is no flash part's size.`
        : say`${path} is ${kind === "directory" ? say`a folder` : say`no file`}, not a flash image.`,
    nextStep: say`Give the whole flash: 1048576 bytes for this plug.`,
  });
}
