/**
 * A sealed backup's copy where a person wants it: the image, and its manifest beside it. Whatever interrupts it, the same
 * command again completes it; what somebody else keeps under these names stays as it is.
 */
import { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";
import { pureCodec } from "../codec.ts";
import {
  type BackupManifest,
  formatManifest,
  listBackups,
  MANIFEST_BYTES,
  parseManifest,
  readSealedImage,
  type SealedBackup,
} from "../home/backups.ts";
import { parentOf, plugsOnRecord, writeWholeFile } from "../home/folders.ts";
import type { Codec, Files } from "../ports.ts";
import type { Operation } from "./operation.ts";

const manifestName = (out: string): string => `${out}.json`;

/**
 * Before anything is read from the plug: refuses names under which something lies that is no copy of any sealed backup
 * in this home. Errors: file-exists, file-*.
 */
export async function refuseExistingFiles({ files, options }: Operation, out: string): Promise<void> {
  const names = [out, manifestName(out)];
  const stats = await Promise.all(names.map((name) => files.stat(name)));
  if (stats.every((stat) => stat === undefined)) return;
  const manifests: BackupManifest[] = [];
  for (const plug of await plugsOnRecord(files, options.home)) {
    for (const { manifest } of await listBackups(files, options.home, plug)) manifests.push(manifest);
  }
  const taken = await firstTaken(files, out, manifests, options.codec);
  if (taken !== undefined) throw takenError(taken, say`untouched`);
}

/** Completes the copy of this backup. Errors: file-exists, disk-full, file-*. */
export async function copyOut({ files, options }: Operation, sealed: SealedBackup, out: string): Promise<void> {
  const { manifest } = sealed;
  const { codec } = options;
  const image = await readSealedImage(files, sealed, codec);
  const taken = await firstTaken(files, out, [manifest], codec);
  if (taken !== undefined) throw takenError(taken, say`untouched; its backup is sealed: ${sealed.path}`);
  // Of this plug, whose folder this run has locked: two plugs' copies do not meet under one name.
  const suffix = `.${manifest.mac.replaceAll(":", "")}.plugsmith-unfinished`;
  for (const [name, bytes] of [
    [out, image],
    [manifestName(out), formatManifest(manifest)],
  ] as const) {
    if ((await files.stat(name)) === undefined) await writeWholeFile(files, name, bytes, suffix);
  }
  // A run that was killed may have left the names without flushing them.
  await files.syncDirectory(parentOf(out));
}

/** The name under which something else lies than what belongs to one of these backups. */
async function firstTaken(
  files: Files,
  out: string,
  manifests: readonly BackupManifest[],
  codec: Codec = pureCodec,
): Promise<string | undefined> {
  if (!(await isFree(files, out, (size) => hasSize(manifests, size), describedBy))) return out;
  return (await isFree(files, manifestName(out), (size) => size <= MANIFEST_BYTES, describes))
    ? undefined
    : manifestName(out);

  function describedBy(bytes: Uint8Array): boolean {
    const sha256 = codec.sha256(bytes);
    return manifests.some((manifest) => manifest.sha256 === sha256 && manifest.size === bytes.length);
  }

  function describes(bytes: Uint8Array): boolean {
    try {
      const { mac, sha256, size } = parseManifest(bytes, manifestName(out));
      return manifests.some((manifest) => manifest.mac === mac && manifest.sha256 === sha256 && manifest.size === size);
    } catch {
      return false;
    }
  }
}

/** Nothing lies there, or a file that is ours; one whose size shows that it is not is not read. */
async function isFree(
  files: Files,
  path: string,
  mayHave: (size: number) => boolean,
  isOurs: (bytes: Uint8Array) => boolean,
): Promise<boolean> {
  const stat = await files.stat(path);
  if (stat === undefined) return true;
  return stat.kind === "file" && mayHave(stat.size) && isOurs(await files.read(path));
}

const hasSize = (manifests: readonly BackupManifest[], size: number): boolean =>
  manifests.some((manifest) => manifest.size === size);

function takenError(path: string, plugState: Text): PlugsmithError {
  return new PlugsmithError("file-exists", {
    message: say`${path} exists already and is not a copy of this backup.`,
    step: "back-up",
    plugState,
    nextStep: say`Choose another name, or move the file.`,
  });
}
