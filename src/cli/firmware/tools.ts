/** What the firmware commands reach out with; tests put their own in its place. */
import type { Downloader } from "../../engine/firmware/catalog.ts";

export interface FirmwareTools {
  readonly downloader: Downloader;
}
