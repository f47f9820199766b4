/**
 * Sealed backups: `backups/<UTC time>/original.bin` with its manifest, written once, never changed. A backup counts
 * only while the image still has the digests its manifest promises.
 *
 * Knows nothing of chips and lines.
 */
import * as v from "valibot";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import { say, type Text } from "../../core/text/text.ts";
import { pureCodec } from "../codec.ts";
import type { Codec, Files } from "../ports.ts";
import { freeName, makePrivateFolder, plugFolder, writeWholeFile } from "./folders.ts";

const IMAGE_NAME = "original.bin";
const MANIFEST_NAME = "manifest.json";
/** More than any manifest. */
export const MANIFEST_BYTES = 0x1000;
/** Raised when a reader of the old form could no longer understand a manifest. */
const MANIFEST_VERSION = 1;

export interface BackupManifest {
  readonly version: typeof MANIFEST_VERSION;
  /** Variant, e.g. "ESP8285N08". */
  readonly chip: string;
  /** "c4:4f:33:a1:b2:12" */
  readonly mac: string;
  /** JEDEC id as six hex digits in the order of the wire, e.g. "c84014". */
  readonly flashId: string;
  readonly flashMaker: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly md5: string;
  /** UTC, ISO 8601. Of a clock that may have been wrong: `sequence` gives the order. */
  readonly time: string;
  /** 1, 2, 3 … in the order in which this plug's backups were sealed; undefined in those of older versions. */
  readonly sequence?: number | undefined;
  /** Program and version that made it. */
  readonly tool: string;
}

const shortText = v.pipe(v.string(), v.maxLength(64));
const hexDigits = (count: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${count}}$`)));

const manifestSchema: v.GenericSchema<unknown, BackupManifest> = v.object({
  version: v.literal(MANIFEST_VERSION),
  chip: shortText,
  mac: v.pipe(v.string(), v.regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/)),
  flashId: hexDigits(6),
  flashMaker: shortText,
  size: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST_FLASH)),
  sha256: hexDigits(64),
  md5: hexDigits(32),
  time: v.pipe(v.string(), v.isoTimestamp()),
  sequence: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  tool: shortText,
});

export interface SealedBackup {
  /** Name of its folder: the UTC time. */
  readonly id: string;
  /** Folder. */
  readonly folder: string;
  /** The image. */
  readonly path: string;
  readonly manifest: BackupManifest;
}

/** Reads a manifest. Errors: file-corrupt, record-newer. */
export function parseManifest(bytes: Uint8Array, path: string): BackupManifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw corrupt(say`${path} is not JSON.`, cause);
  }
  const written = v.safeParse(v.object({ version: v.number() }), value);
  if (written.success && written.output.version > MANIFEST_VERSION) {
    throw new PlugsmithError("record-newer", {
      message: say`${path} was written by a newer plugsmith (manifest version ${written.output.version}).`,
      nextStep: say`Update plugsmith.`,
      context: { path },
    });
  }
  const parsed = v.safeParse(manifestSchema, value);
  if (!parsed.success) {
    throw corrupt(say`${path} is not the manifest of a backup: ${parsed.issues[0].message}`, undefined);
  }
  return parsed.output;
}

export function formatManifest(manifest: BackupManifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
}

/** Throws file-corrupt unless these bytes are what the manifest promises. */
export function checkAgainstManifest(
  image: Uint8Array,
  manifest: BackupManifest,
  path: string,
  codec: Codec = pureCodec,
): void {
  const { size, sha256, md5 } = manifest;
  if (image.length !== size || codec.sha256(image) !== sha256 || codec.md5(image) !== md5) {
    throw corrupt(say`${path} does not match its manifest (size or digest differ).`, undefined);
  }
}

/**
 * Every backup of a plug whose manifest can be read, by name, which is its time; see backup-order.ts for what came first. Folders without a manifest are unfinished and are
 * passed over, damaged ones too: a backup that cannot be trusted does not exist.
 */
export async function listBackups(files: Files, home: string, plug: string): Promise<SealedBackup[]> {
  const root = `${plugFolder(home, plug)}/backups`;
  const found: SealedBackup[] = [];
  for (const id of await files.list(root)) {
    const folder = `${root}/${id}`;
    const manifestPath = `${folder}/${MANIFEST_NAME}`;
    if ((await files.stat(manifestPath))?.kind !== "file") continue;
    try {
      const manifest = parseManifest(await files.read(manifestPath, MANIFEST_BYTES), manifestPath);
      if (manifest.mac.replaceAll(":", "") === plug) {
        found.push({ id, folder, path: `${folder}/${IMAGE_NAME}`, manifest });
      }
    } catch (error) {
      if (!isDamage(error) && !isPlugsmithError(error, "record-newer")) throw error;
    }
  }
  return found;
}

/** The image of a sealed backup, proven against its manifest. Errors: file-corrupt, file-*. */
export async function readSealedImage(
  files: Files,
  backup: SealedBackup,
  codec: Codec = pureCodec,
): Promise<Uint8Array> {
  const image = await files.read(backup.path, LARGEST_FLASH);
  checkAgainstManifest(image, backup.manifest, backup.path, codec);
  return image;
}

export interface BackupFacts {
  readonly chip: string;
  /** "c4:4f:33:a1:b2:12" */
  readonly mac: string;
  readonly flashId: number;
  readonly flashMaker: string;
  readonly tool: string;
  /** Wall clock, ms since 1970. */
  readonly at: number;
}

/** Seals a proven image. The manifest comes last: with it the backup begins to exist. Errors: disk-full, file-*. */
export async function sealBackup(
  files: Files,
  home: string,
  plug: string,
  image: Uint8Array,
  facts: BackupFacts,
  codec: Codec = pureCodec,
): Promise<SealedBackup> {
  const time = new Date(facts.at).toISOString();
  const root = `${plugFolder(home, plug)}/backups`;
  const id = await freeName(files, root, time.replaceAll(":", "-"));
  const folder = `${root}/${id}`;
  const manifest: BackupManifest = {
    version: MANIFEST_VERSION,
    chip: facts.chip,
    mac: facts.mac,
    flashId: flashIdText(facts.flashId),
    flashMaker: facts.flashMaker,
    size: image.length,
    sha256: codec.sha256(image),
    md5: codec.md5(image),
    time,
    sequence: await nextNumber(files, home, plug),
    tool: facts.tool,
  };
  await makePrivateFolder(files, home, folder);
  await writeWholeFile(files, `${folder}/${IMAGE_NAME}`, image);
  await writeWholeFile(files, `${folder}/${MANIFEST_NAME}`, formatManifest(manifest));
  const sealed: SealedBackup = { id, folder, path: `${folder}/${IMAGE_NAME}`, manifest };
  await readSealedImage(files, sealed, codec);
  return sealed;
}

/** Above every number in use and above the count of all folders: what lies there without a number came before. */
async function nextNumber(files: Files, home: string, plug: string): Promise<number> {
  const folders = await files.list(`${plugFolder(home, plug)}/backups`);
  const numbers = (await listBackups(files, home, plug)).map(({ manifest }) => manifest.sequence ?? 0);
  return Math.max(folders.length, ...numbers) + 1;
}

/** JEDEC id in the order of the wire, six hex digits. */
export function flashIdText(flashId: number): string {
  return [flashId & 0xff, (flashId >> 8) & 0xff, (flashId >> 16) & 0xff]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** What is no sound file where one should be: it counts as not there. */
export function isDamage(error: unknown): boolean {
  return isPlugsmithError(error, "file-corrupt") || isPlugsmithError(error, "file-unfit");
}

function corrupt(message: Text, cause: unknown): PlugsmithError {
  return new PlugsmithError("file-corrupt", {
    message,
    step: "read-backup",
    nextStep: say`Do not use this backup. Make a new one while the plug still has its firmware.`,
    cause,
  });
}
