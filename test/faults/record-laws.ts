/** What must be true of a plug's folder and flash between two runs of a conversion, wherever the first was cut off. */
import { nextStep } from "../../src/core/conversion/next-step.ts";
import { type ConversionStep, foldConversion } from "../../src/core/conversion/state.ts";
import { sha256Hex } from "../../src/core/digest.ts";
import { entriesOf } from "../../src/core/journal/stored-entry.ts";
import { listBackups } from "../../src/engine/home/backups.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import type { Files } from "../../src/engine/ports.ts";

export interface Records {
  readonly files: Files;
  /** The home. */
  readonly path: string;
  readonly plug: string;
  /** The flash now, and as the vendor left it. */
  readonly flash: Uint8Array;
  readonly original: Uint8Array;
  /** What is converted to. */
  readonly image: Uint8Array;
  /** Must not be anywhere on the disk but in the plug's secrets. */
  readonly secrets: readonly string[];
}

/** Steps that are not done twice once they are on record. The others are proven again by doing their cheap part. */
const ONCE: readonly ConversionStep[] = ["write", "boot", "close-case", "calibrate", "report"];

/** Broken laws, in words. */
export async function brokenRecords(records: Records): Promise<string[]> {
  const { files, path, plug, flash, original, image } = records;
  const broken: string[] = [];
  const entries = await readJournal(files, `${path}/plugs/${plug}`);
  const { finished } = foldConversion(entries);
  const backups = await listBackups(files, path, plug);
  if (!equal(flash, original)) {
    if (!entries.some(({ type }) => type === "erase-begun")) {
      broken.push("the flash is changed, and the journal does not know");
    }
    if (backups.length === 0) broken.push("the flash is changed, and no backup is sealed");
  }
  if (backups.length > 1) broken.push(`sealed ${backups.length} times`);
  for (const backup of backups) {
    const sealed = await files.read(backup.path);
    if (!equal(sealed, original) || backup.manifest.sha256 !== sha256Hex(original)) {
      broken.push(`the sealed backup ${backup.id} is not the original`);
    }
  }
  // The first four bytes carry the flash's mode and size, which are set for this chip.
  const written = equal(flash.subarray(4, image.length), image.subarray(4));
  if (finished.has("write") && !written) broken.push("written by the journal's word, but not in the flash");
  for (const step of ONCE) {
    const times = entriesOf(entries, "conversion-step").filter((entry) => entry.step === step).length;
    if (times > 1) broken.push(`"${step}" is on record ${times} times`);
  }
  return [...broken, ...(await exposed(records))];
}

/** Files that others could read, or that hold a secret which is kept elsewhere. */
async function exposed({ files, path, secrets }: Records): Promise<string[]> {
  const broken: string[] = [];
  for (const file of await everyFile(files, path)) {
    if (file.mode !== 0o600) broken.push(`${file.path} has mode ${file.mode?.toString(8)}`);
    if (/\/secrets\.json(\.new)?$/.test(file.path)) continue;
    if (secrets.some((secret) => file.text.includes(secret))) broken.push(`a secret is in ${file.path}`);
  }
  return broken;
}

/** What a finished conversion lacks, or left behind. */
export async function lacking(files: Files, folder: string): Promise<string[]> {
  const missing: string[] = [];
  const next = nextStep(foldConversion(await readJournal(files, folder)));
  if (next !== undefined) missing.push(`done, but "${next}" is not on record`);
  for (const name of ["report.html", "report.json"]) {
    if ((await files.stat(`${folder}/${name}`)) === undefined) missing.push(`done, but there is no ${name}`);
  }
  const left = (await files.list(folder)).filter((name) => /^(pending|incomplete)-/.test(name));
  return [...missing, ...left.map((name) => `${name} is left behind`)];
}

async function everyFile(
  files: Files,
  folder: string,
): Promise<{ readonly path: string; readonly text: string; readonly mode: number | undefined }[]> {
  const found = [];
  for (const name of await files.list(folder)) {
    const path = `${folder}/${name}`;
    const info = await files.stat(path);
    if (info?.kind === "directory") found.push(...(await everyFile(files, path)));
    else found.push({ path, text: new TextDecoder("latin1").decode(await files.read(path)), mode: info?.mode });
  }
  return found;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
