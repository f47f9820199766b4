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
        ? say`${path} has ${size} bytes, which is not the size of a flash chip.`
        : kind === "directory"
          ? say`${path} is a folder, not a flash image.`
          : say`${path} is not a file.`,
    nextStep: say`Give an image of the whole flash: 1048576 bytes for this plug.`,
    context: { path, size },
  });
}
