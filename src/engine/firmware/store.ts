/**
 * Firmware files once downloaded: kept under their digest, proven every time they are used. A file whose digest does
 * not match its name is never handed out.
 */
import { sha256Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { makePrivateFolder, writeWholeFile } from "../home/folders.ts";
import type { Files } from "../ports.ts";
import type { Downloader, FirmwareFile } from "./catalog.ts";

/** A 1 MiB plug cannot hold more than this; board_upload.maximum_size in boards/esp8266_1M.json is smaller still. */
const IMAGE_LIMIT = 1024 * 1024;

export interface StoredFirmware {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Whether the digest was published by the releaser, or is only what arrived. */
  readonly proven: boolean;
  /** True where nothing was downloaded. */
  readonly cached: boolean;
}

const folderOf = (home: string): string => `${home}/firmware`;
const nameOf = (file: FirmwareFile, digest: string): string =>
  `${file.variant.name}-${file.release}-${digest.slice(0, 16)}.bin`;

/** @throws network-failed, file-corrupt (digest mismatch), disk-full, aborted. */
export async function getFirmware(
  files: Files,
  home: string,
  downloader: Downloader,
  file: FirmwareFile,
  options: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, total: number | undefined) => void;
  } = {},
): Promise<StoredFirmware> {
  const folder = folderOf(home);
  if (file.sha256 !== undefined) {
    const path = `${folder}/${nameOf(file, file.sha256)}`;
    if ((await files.stat(path)) !== undefined) {
      const bytes = await files.read(path);
      if (sha256Hex(bytes) === file.sha256) return { path, bytes, sha256: file.sha256, proven: true, cached: true };
    }
  }
  const bytes = await downloader.get(file.url, { limit: IMAGE_LIMIT, ...options });
  const digest = sha256Hex(bytes);
  if (bytes.length !== file.size || (file.sha256 !== undefined && digest !== file.sha256)) {
    throw new PlugsmithError("file-corrupt", {
      message: `${file.variant.name} ${file.release} arrived damaged: ${bytes.length} of ${file.size} bytes, digest ${digest.slice(0, 16)}….`,
      step: "prepare",
      plugState: "untouched",
      nextStep: "Try again; if it stays, download it from the release page with a browser and give its path.",
    });
  }
  await makePrivateFolder(files, home, folder);
  const path = `${folder}/${nameOf(file, digest)}`;
  await writeWholeFile(files, path, bytes);
  return { path, bytes, sha256: digest, proven: file.sha256 !== undefined, cached: false };
}
