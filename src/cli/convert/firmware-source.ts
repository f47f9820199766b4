/** Where the image comes from, where no option says it. */
import { LARGEST_FLASH, say } from "../../core/index.ts";
import type { FirmwareDefault, Operator } from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import { askUntil } from "../ask/ask-until.ts";
import type { FirmwareOptions } from "./conversion-options.ts";

/** A file that cannot be read is asked for again. Errors: aborted, needs-input. */
export async function askFirmware(operator: Operator, signal: AbortSignal): Promise<FirmwareDefault> {
  const answer = await operator.choose(
    {
      id: "firmware",
      text: say`Which Tasmota is to be written?`,
      options: [
        { id: "latest", text: say`The newest official release, downloaded now from GitHub` },
        { id: "file", text: say`A file on this computer` },
      ],
    },
    signal,
  );
  if (answer === "latest") return { kind: "latest" };
  const question = { id: "firmware-file", text: say`Path of the image:`, secret: false };
  const readable = (path: string): Promise<Uint8Array> => nodeFiles.read(path, LARGEST_FLASH);
  return { kind: "file", file: (await askUntil(operator, question, readable, signal)).text };
}

/** The options as if they named it. */
export function withSource<O extends FirmwareOptions>(options: O, source: FirmwareDefault): O {
  return source.kind === "latest" ? { ...options, release: "latest" } : { ...options, firmware: source.file };
}
