/**
 * Firmware files once downloaded: kept under their digest, proven every time they are used. A file whose digest does
 * not match its name is never handed out.
 */
import { sha256Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import { say } from "../../core/text/text.ts";
import { writeHomeFile } from "../home/home-files.ts";
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

/** Digits of the digest in a file's name: enough to distinguish files and to notice a damaged one. */
const NAMED_DIGITS = 16;

export const libraryFolder = (home: string): string => `${home}/firmware`;
const stemOf = (file: FirmwareFile): string => `${file.variant.name}-${file.release}-`;
const endOf = (file: FirmwareFile): string => (file.form === "gz" ? ".bin.gz" : ".bin");
const nameOf = (file: FirmwareFile, digest: string): string =>
  `${stemOf(file)}${digest.slice(0, NAMED_DIGITS)}${endOf(file)}`;

/**
 * The library's copy of a file, proven by the published digest; where none was published by the digest that the file
 * had when it arrived. Undefined where there is none, or it is damaged.
 */
export async function heldFirmware(
  files: Files,
  home: string,
  file: FirmwareFile,
): Promise<StoredFirmware | undefined> {
  const folder = libraryFolder(home);
  for (const name of await files.list(folder)) {
    if (!name.startsWith(stemOf(file)) || !name.endsWith(endOf(file))) continue;
    const digits = name.slice(stemOf(file).length, name.length - endOf(file).length);
    if (!new RegExp(`^[0-9a-f]{${NAMED_DIGITS}}$`).test(digits)) continue;
    const bytes = await imageAt(files, `${folder}/${name}`);
    if (bytes === undefined) continue;
    const sha256 = sha256Hex(bytes);
    const proven = file.sha256 !== undefined;
    if (bytes.length !== file.size || !sha256.startsWith(digits) || (proven && sha256 !== file.sha256)) continue;
    return { path: `${folder}/${name}`, bytes, sha256, proven, cached: true };
  }
  return undefined;
}

/** Undefined where nothing lies there, or nothing that could be an image. */
async function imageAt(files: Files, path: string): Promise<Uint8Array | undefined> {
  const stat = await files.stat(path);
  return stat?.kind === "file" && stat.size <= LARGEST_FLASH ? files.read(path, LARGEST_FLASH) : undefined;
}

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
  const held = await heldFirmware(files, home, file);
  if (held !== undefined) return held;
  const bytes = await downloader.get(file.url, { limit: IMAGE_LIMIT, ...options });
  const digest = sha256Hex(bytes);
  if (bytes.length !== file.size || (file.sha256 !== undefined && digest !== file.sha256)) {
    throw new PlugsmithError("file-corrupt", {
      message: say`${file.variant.name} ${file.release} was damaged in the download: ${bytes.length} of ${file.size} bytes, digest ${digest.slice(0, 16)}….`,
      step: "prepare",
      plugState: say`untouched`,
      nextStep: say`Try again. If the error stays, download the image from the release page with a browser and give its path.`,
      context: { size: bytes.length, expected: file.size, sha256: digest },
    });
  }
  const path = `${libraryFolder(home)}/${nameOf(file, digest)}`;
  await writeHomeFile(files, home, path, bytes);
  return { path, bytes, sha256: digest, proven: file.sha256 !== undefined, cached: false };
}

/** A file of the person's own, kept beside the others under its name and digest. Errors: disk-full, file-*. */
export async function importFirmware(
  files: Files,
  home: string,
  name: string,
  bytes: Uint8Array,
  form: FirmwareFile["form"],
): Promise<StoredFirmware> {
  const stem = name.replace(/(\.bin)?(\.gz)?$/i, "").replace(/[^A-Za-z0-9._-]+/g, "-") || "image";
  const sha256 = sha256Hex(bytes);
  const path = `${libraryFolder(home)}/${stem}-local-${sha256.slice(0, NAMED_DIGITS)}${form === "gz" ? ".bin.gz" : ".bin"}`;
  const cached = (await imageAt(files, path).then((there) => there && sha256Hex(there))) === sha256;
  if (!cached) await writeHomeFile(files, home, path, bytes);
  return { path, bytes, sha256, proven: false, cached };
}

/** Paths of everything the library holds, sorted. */
export async function libraryFiles(files: Files, home: string): Promise<string[]> {
  const folder = libraryFolder(home);
  return (await files.list(folder)).filter((name) => /\.bin(\.gz)?$/.test(name)).map((name) => `${folder}/${name}`);
}
