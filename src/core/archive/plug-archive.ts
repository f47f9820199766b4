/**
 * A plug's folder as one file: a ZIP archive (PKWARE APPNOTE) with a manifest that names every file with its length and
 * SHA-256. Pure: from names and bytes to an archive and back. Nothing of an archive is believed before it is checked, and
 * only names that a plug's folder can have are let in.
 */

import { unzipSync, zipSync } from "fflate";
import * as v from "valibot";
import { sha256Hex } from "../digest.ts";
import { PlugsmithError } from "../errors.ts";
import { LARGEST_FLASH } from "../image/header.ts";
import { say, type Text } from "../text/text.ts";

const MANIFEST = "plugsmith-archive.json";
/** SHA-256 of the manifest: no byte of it may change unnoticed. */
const SEAL = "plugsmith-archive.sha256";
/** Raised when an older reader could no longer understand an archive. */
const ARCHIVE_VERSION = 1;

/** Bounds of what is read, bytes; a journal of many years and a hundred backups fit. */
export const ARCHIVE_BYTES = 0x800_0000;
const TOTAL_BYTES = 0x1000_0000;
const MOST_FILES = 2000;
/** Of one file that is no backup. */
const FILE_BYTES = 0x200_0000;

/** Path in a plug's folder. */
export const JOURNAL_FILE = "journal.jsonl";
export const SECRETS_FILE = "secrets.json";
export const NETWORK_FILE = "network.json";
/** One name of a path, as plugsmith makes them: no separators, no leading dot. */
const NAME = "[0-9A-Za-z][0-9A-Za-z._-]{0,127}";
const ALLOWED = new RegExp(
  `^(?:journal\\.jsonl|secrets\\.json|network\\.json|upgrade\\.json|report\\.(?:html|json)|settings/${NAME}|backups/${NAME}/(?:original\\.bin|manifest\\.json))$`,
);

/** Whether a file of a plug's folder goes into an archive. Locks and what a crash left beside a file do not. */
export function belongsInArchive(path: string): boolean {
  return ALLOWED.test(path) && !path.endsWith(".new") && !path.endsWith(".partial");
}

export interface ArchiveFile {
  /** In the plug's folder, with "/". */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface PlugArchive {
  /** 12 lower-case hex digits. */
  readonly plug: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly tool: string;
  /** Of a virtual plug: it never stands in for a real one. */
  readonly virtual: boolean;
  readonly files: readonly ArchiveFile[];
}

const manifestSchema = v.object({
  kind: v.literal("plugsmith-plug"),
  version: v.literal(ARCHIVE_VERSION),
  plug: v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/)),
  at: v.pipe(v.string(), v.isoTimestamp()),
  tool: v.pipe(v.string(), v.maxLength(64)),
  virtual: v.boolean(),
  files: v.pipe(
    v.array(
      v.object({
        path: v.pipe(v.string(), v.check(belongsInArchive)),
        bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      }),
    ),
    v.maxLength(MOST_FILES),
  ),
});

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The same files always make the same archive. */
export function packPlug({ plug, at, tool, virtual, files }: PlugArchive): Uint8Array {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const listed = sorted.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: sha256Hex(bytes) }));
  const version = ARCHIVE_VERSION;
  const manifest = encode(
    `${JSON.stringify({ kind: "plugsmith-plug", version, plug, at, tool, virtual, files: listed }, undefined, 2)}\n`,
  );
  const entries: readonly (readonly [string, Uint8Array])[] = [
    [MANIFEST, manifest],
    [SEAL, encode(`${sha256Hex(manifest)}\n`)],
    ...sorted.map(({ path, bytes }) => [path, bytes] as const),
  ];
  // A fixed time, so that the same files make the same bytes; the real one is in the manifest.
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: "1980-01-02" });
}

/** Everything is proven by its digest. @throws file-corrupt, record-newer */
export function unpackPlug(archive: Uint8Array): PlugArchive {
  const entries = unzipped(archive);
  const manifestBytes = entries[MANIFEST];
  if (manifestBytes === undefined) throw corrupt(say`it is not an archive of a plug`);
  const manifest = parseManifest(manifestBytes);
  if (new TextDecoder().decode(entries[SEAL] ?? new Uint8Array()) !== `${sha256Hex(manifestBytes)}\n`) {
    throw corrupt(say`its list of files is damaged`);
  }
  const { plug, at, tool, virtual } = manifest;
  const files = manifest.files.map(({ path, bytes, sha256 }): ArchiveFile => {
    const content = Object.hasOwn(entries, path) ? entries[path] : undefined;
    if (content === undefined) throw corrupt(say`${path} is missing`);
    if (content.length !== bytes || sha256Hex(content) !== sha256)
      throw corrupt(say`${path} has changed since it was packed`);
    return { path, bytes: content };
  });
  const listed = new Set(files.map(({ path }) => path));
  if (listed.size !== files.length || Object.keys(entries).length !== listed.size + 2) {
    throw corrupt(say`it contains files that are not on its list`);
  }
  return { plug, at, tool, virtual, files };
}

function unzipped(archive: Uint8Array): Record<string, Uint8Array> {
  if (archive.length > ARCHIVE_BYTES) throw corrupt(say`it is larger than any plug's folder`);
  let total = 0;
  let count = 0;
  try {
    // Sizes are refused before anything is unpacked; fflate unpacks no further than the size that it was given.
    return unzipSync(archive, {
      filter: ({ name, originalSize, size }) => {
        count++;
        total += Math.max(originalSize, size);
        const most = name.endsWith("/original.bin") ? LARGEST_FLASH : FILE_BYTES;
        if (name !== MANIFEST && name !== SEAL && !belongsInArchive(name))
          throw corrupt(say`it contains a file with an unexpected name`);
        if (count > MOST_FILES + 2 || total > TOTAL_BYTES || originalSize > most || size > most + 0x1000) {
          throw corrupt(say`it would unpack to more than any plug's folder holds`);
        }
        return true;
      },
    });
  } catch (error) {
    if (error instanceof PlugsmithError) throw error;
    throw corrupt(say`it is not a complete ZIP archive`, error);
  }
}

function parseManifest(bytes: Uint8Array): v.InferOutput<typeof manifestSchema> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw corrupt(say`its list of files is not JSON`, cause);
  }
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (typeof version === "number" && version > ARCHIVE_VERSION) {
    throw new PlugsmithError("record-newer", {
      message: say`The archive was written by a newer plugsmith (version ${version}).`,
      plugState: say`untouched; nothing was imported`,
      nextStep: say`Update plugsmith.`,
    });
  }
  const parsed = v.safeParse(manifestSchema, value);
  if (parsed.success) return parsed.output;
  throw corrupt(say`its list of files is not valid: ${parsed.issues[0].message}`);
}

export function corrupt(why: Text, cause?: unknown): PlugsmithError {
  return new PlugsmithError("file-corrupt", {
    message: say`The archive cannot be used: ${why}.`,
    plugState: say`untouched; nothing was imported`,
    nextStep: say`Copy the archive again, or export the plug again.`,
    cause,
  });
}
