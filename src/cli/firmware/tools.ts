/** What the firmware commands reach out with; tests put their own in its place. */
import type { Downloader } from "../../engine/firmware/catalog.ts";
import type { Programs } from "../../engine/ports.ts";
import { httpsDownloader } from "../../platform/node/downloader.ts";
import { nodePrograms } from "../../platform/node/programs.ts";

export interface FirmwareTools {
  readonly downloader: Downloader;
  readonly programs: Programs;
  /** This user, where the platform has such numbers. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

export const nodeFirmwareTools: FirmwareTools = {
  downloader: httpsDownloader(),
  programs: nodePrograms,
  user: process.getuid === undefined ? undefined : { uid: process.getuid(), gid: process.getgid?.() ?? 0 },
};
