/** Where the image comes from, as options. */
import type { FirmwareDefault } from "../../engine/index.ts";
import type { FirmwareOptions } from "./conversion-options.ts";

/** The options as if they named it. */
export function withSource<O extends FirmwareOptions>(options: O, source: FirmwareDefault): O {
  return source.kind === "latest" ? { ...options, release: "latest" } : { ...options, firmware: source.file };
}
