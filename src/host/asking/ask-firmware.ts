/** Where the image comes from, where nothing says it. */
import { LARGEST_FLASH } from "../../core/image/header.ts";
import { say } from "../../core/text/text.ts";
import type { FirmwareDefault } from "../../engine/home/defaults.ts";
import { askUntil } from "../../engine/jobs/ask-until.ts";
import type { Files, Operator } from "../../engine/ports.ts";

/** A file that cannot be read is asked for again. Errors: aborted, needs-input. */
export async function askFirmware(
  operator: Operator,
  files: Pick<Files, "read">,
  signal: AbortSignal,
): Promise<FirmwareDefault> {
  const answer = await operator.choose(
    {
      id: "firmware",
      text: say`Which Tasmota do you want to write?`,
      options: [
        { id: "latest", text: say`The latest official release, downloaded now from GitHub` },
        { id: "file", text: say`A file on this computer` },
      ],
    },
    signal,
  );
  if (answer === "latest") return { kind: "latest" };
  const question = { id: "firmware-file", text: say`Path of the image:`, secret: false };
  const readable = (path: string): Promise<Uint8Array> => files.read(path, LARGEST_FLASH);
  return { kind: "file", file: (await askUntil(operator, question, readable, signal)).text };
}
