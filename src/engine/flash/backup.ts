/**
 * Backing up: the whole flash, read once, proven against the chip's own MD5 of itself, sealed in the home. What an
 * earlier run left half done is taken over as far as digests confirm it; blank stretches are found by samples and
 * proven by the digest of the whole, not moved.
 */
import { md5Hex } from "../../core/digest.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import { BLOCK, SECTOR } from "../../core/loader/tables.ts";
import { say } from "../../core/text/text.ts";
import { type BackupFacts, listBackups, readSealedImage, type SealedBackup, sealBackup } from "../home/backups.ts";
import { openPartial, readPartial, removePartial } from "../home/partial-file.ts";
import { copyOut, refuseExistingFiles } from "./backup-copy.ts";
import { BackupReader, type Survey } from "./backup-reader.ts";
import type { BackupOptions, BackupResult, FlashPlan, FlashRange } from "./contract.ts";
import { differing, differingParts, type Expected, merge, slice, split, totalLength, without } from "./digests.ts";
import type { Operation } from "./operation.ts";
import { kib, plan, step } from "./plan.ts";

const held = ({ image }: Survey): Expected => ({ at: 0, bytes: image });

export async function planBackup(operation: Operation): Promise<FlashPlan> {
  return operation.connection.withReconnect("back-up", async (identity) => {
    const survey = await surveyFlash(operation, identity);
    const whole = { at: 0, length: identity.flashSize };
    const notNeeded = { gate: "not needed", gateReason: say`nothing is erased` } as const;
    if (survey.sealed !== undefined) {
      const reason = say`equals the sealed backup ${survey.sealed.id}`;
      return plan("backup", identity.flashSize, [step("skip", whole, reason, survey.md5)], notNeeded);
    }
    const blank = operation.skips ? await blankBlocks(operation, survey.missing, survey.image) : [];
    return plan(
      "backup",
      identity.flashSize,
      [
        ...survey.resumed.map((range) =>
          step("skip", range, say`already read by an earlier run`, md5Hex(slice(held(survey), range))),
        ),
        ...blank.map((range) => step("skip", range, say`blank`, md5Hex(slice(held(survey), range)))),
        ...survey.missing
          .flatMap((range) => without(range, inside(blank, range)))
          .map((range) => step("read", range, say`not yet read; blank stretches are skipped`)),
        step("digest", whole, say`the chip's MD5 digest of its flash`, survey.md5),
      ],
      notNeeded,
    );
  });
}

/** Errors: backup-unproven, file-exists, disk-full, file-*, and those of the connection. */
export async function backup(operation: Operation, options: BackupOptions): Promise<BackupResult> {
  const { connection } = operation;
  if (options.out !== undefined) await refuseExistingFiles(operation, options.out);
  const result = await operation.step(
    "back-up",
    say`Back up the whole flash`,
    () => connection.withReconnect("back-up", (identity) => backupOnce(operation, identity)),
    (done) =>
      done.already
        ? say`already sealed as ${done.backup.id}`
        : say`Complete and verified: ${kib(done.readBytes)} read, ${kib(done.skippedBytes)} blank, ${kib(done.resumedBytes)} from an earlier run`,
  );
  if (options.out === undefined) return result;
  await copyOut(operation, result.backup, options.out);
  return { ...result, out: options.out };
}

async function backupOnce(operation: Operation, identity: ChipIdentity): Promise<BackupResult> {
  const { connection, files } = operation;
  await operation.journal(identity);
  const survey = await surveyFlash(operation, identity);
  if (survey.sealed !== undefined) {
    // A crash between sealing and tidying up left what was read beside what was sealed.
    await removePartial(files, operation.folderOf(identity));
    return resultOf(survey.sealed, true, 0, 0, 0);
  }
  const partial = await openPartial(files, operation.folderOf(identity), identity.flashSize);
  const reader = new BackupReader(operation, survey, partial);
  try {
    await reader.readMissing();
  } finally {
    await partial.close();
  }
  const { home, tool, clock } = operation.options;
  const facts: BackupFacts = {
    chip: identity.variant,
    mac: identity.mac,
    flashId: identity.flashId,
    flashMaker: identity.flashMaker,
    tool,
    at: clock.wallTime(),
  };
  const sealed = await sealBackup(files, home, identity.plug, survey.image, facts, connection.link.codec);
  const { md5, sha256 } = sealed.manifest;
  await operation.record(identity, { type: "backup-sealed", backup: sealed.id, md5, sha256 });
  await removePartial(files, operation.folderOf(identity));
  operation.events({ type: "fact", name: "backup", value: sealed.path });
  operation.events({ type: "fact", name: "sha256", value: sha256 });
  return resultOf(sealed, false, reader.readBytes, reader.skippedBytes, totalLength(survey.resumed));
}

function resultOf(
  backup: SealedBackup,
  already: boolean,
  readBytes: number,
  skippedBytes: number,
  resumedBytes: number,
): BackupResult {
  const { path, manifest } = backup;
  return { backup, manifest, path, out: undefined, already, readBytes, skippedBytes, resumedBytes };
}

/** What need not be read, by digests: everything, or what an earlier run read. */
async function surveyFlash(operation: Operation, identity: ChipIdentity): Promise<Survey> {
  const { files } = operation;
  const { link, flashDigest } = operation.connection;
  const whole: FlashRange = { at: 0, length: identity.flashSize };
  const { md5 } = await flashDigest.now(identity.flashSize);
  const image = new Uint8Array(identity.flashSize).fill(0xff);
  if (!operation.skips) return { md5, sealed: undefined, image, resumed: [], missing: [whole] };
  const sealed = await soundBackup(operation, identity, md5);
  const partial = await readPartial(files, operation.folderOf(identity), identity.flashSize);
  const resumed: FlashRange[] = [];
  if (partial !== undefined && sealed === undefined) {
    const claimed = merge(partial.sectors.map((at) => ({ at, length: SECTOR })));
    for (const range of claimed) {
      const wrong = await differing(link, range, { at: 0, bytes: partial.image }, { exact: true });
      resumed.push(...without(range, wrong));
    }
    for (const range of resumed) image.set(partial.image.subarray(range.at, range.at + range.length), range.at);
  }
  return { md5, sealed, image, resumed, missing: without(whole, resumed) };
}

/** The blocks that are blank as a whole; what is blank in part shows while reading. */
async function blankBlocks(
  operation: Operation,
  ranges: readonly FlashRange[],
  image: Uint8Array,
): Promise<FlashRange[]> {
  const parts = ranges.flatMap((range) => split(range, BLOCK));
  const used = await differingParts(operation.connection.link, parts, { at: 0, bytes: image });
  return merge(parts.filter((part) => !used.includes(part)));
}

async function soundBackup(
  operation: Operation,
  identity: ChipIdentity,
  md5: string,
): Promise<SealedBackup | undefined> {
  const backups = await listBackups(operation.files, operation.options.home, identity.plug);
  for (const candidate of backups.toReversed()) {
    if (candidate.manifest.md5 !== md5 || candidate.manifest.size !== identity.flashSize) continue;
    try {
      await readSealedImage(operation.files, candidate, operation.connection.link.codec);
      return candidate;
    } catch {
      // A backup that rotted is passed over: this run makes a new one.
    }
  }
  return undefined;
}

function inside(ranges: readonly FlashRange[], outer: FlashRange): FlashRange[] {
  return ranges
    .map((range) => {
      const at = Math.max(range.at, outer.at);
      return { at, length: Math.min(range.at + range.length, outer.at + outer.length) - at };
    })
    .filter((range) => range.length > 0);
}
