/**
 * Backing up: the whole flash, read once, proven against the chip's own MD5 of itself, sealed in the home. What an
 * earlier run left half done is taken over as far as digests confirm it; blank stretches are proven, not moved.
 */
import { filledWith } from "../../core/bytes.ts";
import { md5Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import { BLOCK, SECTOR } from "../../core/loader/tables.ts";
import { formatManifest, listBackups, readSealedImage, type SealedBackup, sealBackup } from "../home/backups.ts";
import { PRIVATE_FILE_MODE } from "../home/folders.ts";
import { openPartial, type PartialFile, readPartial, removePartial } from "../home/partial-file.ts";
import { flashMd5s } from "../link/digest-stream.ts";
import { readFlash } from "../link/read-stream.ts";
import type { BackupOptions, BackupResult, FlashPlan, FlashRange } from "./contract.ts";
import {
  blankFrom,
  differing,
  differingParts,
  type Expected,
  merge,
  slice,
  split,
  totalLength,
  without,
} from "./digests.ts";
import type { Operation } from "./operation.ts";
import { plan, step } from "./plan.ts";
import { Progress } from "./progress.ts";

export const BACKUP_SEALED = "backup-sealed";
/** Rounds of reading again what a digest found wrong, before the backup counts as not provable. */
const ROUNDS = 4;

interface Survey {
  readonly md5: string;
  /** An earlier sealed backup that equals the flash. */
  readonly sealed: SealedBackup | undefined;
  readonly image: Uint8Array;
  /** Proven to be in `image` already. */
  readonly resumed: readonly FlashRange[];
  readonly blank: readonly FlashRange[];
  readonly missing: readonly FlashRange[];
}

const held = ({ image }: Survey): Expected => ({ at: 0, bytes: image });

export async function planBackup(operation: Operation): Promise<FlashPlan> {
  return operation.connection.steadily("back up", async (identity) => {
    const survey = await surveyFlash(operation, identity);
    const whole = { at: 0, length: identity.flashSize };
    const notNeeded = { gate: "not needed", gateReason: "nothing is erased" } as const;
    if (survey.sealed !== undefined) {
      const reason = `equals the sealed backup ${survey.sealed.id}`;
      return plan("backup", identity.flashSize, [step("skip", whole, reason, survey.md5)], notNeeded);
    }
    return plan(
      "backup",
      identity.flashSize,
      [
        ...survey.resumed.map((range) =>
          step("skip", range, "read by an earlier run", md5Hex(slice(held(survey), range))),
        ),
        ...survey.blank.map((range) => step("skip", range, "blank", md5Hex(slice(held(survey), range)))),
        ...survey.missing.map((range) =>
          step("read", range, "not yet read; blank stretches found on the way are skipped"),
        ),
        step("digest", whole, "the chip's MD5 of its flash", survey.md5),
      ],
      notNeeded,
    );
  });
}

/** Errors: backup-unproven, disk-full, file-*, and those of the connection. */
export async function backup(operation: Operation, options: BackupOptions): Promise<BackupResult> {
  const { connection, files } = operation;
  if (options.out !== undefined && (await files.stat(options.out)) !== undefined) {
    throw new PlugsmithError("file-exists", {
      message: `${options.out} exists already.`,
      step: "back up",
      plugState: "untouched",
      nextStep: "Choose another name, or move the file away.",
    });
  }
  const result = await operation.step(
    "back up",
    "Back up the whole flash",
    () => connection.steadily("back up", (identity) => backupOnce(operation, identity)),
    (done) =>
      done.already
        ? `already sealed as ${done.backup.id}`
        : `${done.readBytes} bytes read, ${done.skippedBytes} blank, ${done.resumedBytes} from an earlier run; sealed`,
  );
  if (options.out === undefined) return result;
  await copyOut(operation, result.backup, options.out);
  return { ...result, out: options.out };
}

async function backupOnce(operation: Operation, identity: ChipIdentity): Promise<BackupResult> {
  const { files } = operation;
  await operation.journal(identity);
  const survey = await surveyFlash(operation, identity);
  if (survey.sealed !== undefined) {
    // A crash between sealing and tidying up left what was read beside what was sealed.
    await removePartial(files, operation.folderOf(identity));
    return resultOf(survey.sealed, true, 0, 0, 0);
  }
  const partial = await openPartial(files, operation.folderOf(identity), identity.flashSize);
  const reader = new Reader(operation, identity, survey, partial);
  try {
    await reader.readMissing();
  } finally {
    await partial.close();
  }
  const sealed = await sealBackup(files, operation.options.home, identity.plug, survey.image, {
    chip: identity.variant,
    mac: identity.mac,
    flashId: identity.flashId,
    flashMaker: identity.flashMaker,
    tool: operation.options.tool,
    at: operation.options.clock.wallTime(),
  });
  const { md5, sha256 } = sealed.manifest;
  await operation.record(identity, BACKUP_SEALED, { backup: sealed.id, md5, sha256 });
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

/** What need not be read, by digests: everything, what an earlier run read, blank blocks. */
async function surveyFlash(operation: Operation, identity: ChipIdentity): Promise<Survey> {
  const { files } = operation;
  const { link } = operation.connection;
  const whole: FlashRange = { at: 0, length: identity.flashSize };
  const md5 = (await flashMd5s(link, [whole]))[0]!;
  const image = new Uint8Array(identity.flashSize).fill(0xff);
  if (!operation.skips) return { md5, sealed: undefined, image, resumed: [], blank: [], missing: [whole] };
  const sealed = await soundBackup(operation, identity, md5);
  const partial = await readPartial(files, operation.folderOf(identity), identity.flashSize);
  const resumed: FlashRange[] = [];
  if (partial !== undefined && sealed === undefined) {
    const claimed = merge(partial.sectors.map((at) => ({ at, length: SECTOR })));
    for (const range of claimed) {
      const wrong = await differing(link, range, { at: 0, bytes: partial.image });
      resumed.push(...without(range, wrong));
    }
    for (const range of resumed) image.set(partial.image.subarray(range.at, range.at + range.length), range.at);
  }
  const rest = without(whole, resumed);
  const blank = sealed === undefined ? await blankBlocks(operation, rest, image) : [];
  const missing = rest.flatMap((range) => without(range, inside(blank, range)));
  return { md5, sealed, image, resumed, blank, missing };
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
      await readSealedImage(operation.files, candidate);
      return candidate;
    } catch {
      // A backup that rotted is passed over: this run makes a new one.
    }
  }
  return undefined;
}

class Reader {
  readonly #operation: Operation;
  readonly #survey: Survey;
  readonly #size: number;
  readonly #partial: PartialFile;
  readonly #progress: Progress;
  readBytes = 0;
  skippedBytes: number;

  constructor(operation: Operation, identity: ChipIdentity, survey: Survey, partial: PartialFile) {
    this.#operation = operation;
    this.#survey = survey;
    this.#size = identity.flashSize;
    this.#partial = partial;
    this.skippedBytes = totalLength(survey.blank);
    this.#progress = new Progress(operation.events, operation.options.clock, "back up", this.#size);
    this.#progress.add(this.skippedBytes + totalLength(survey.resumed));
  }

  async readMissing(): Promise<void> {
    for (const range of this.#survey.missing) await this.#readRange(range);
    const { link } = this.#operation.connection;
    const whole = { at: 0, length: this.#size };
    const expected = { at: 0, bytes: this.#survey.image };
    for (let round = 0; md5Hex(this.#survey.image) !== this.#survey.md5; round++) {
      if (round === ROUNDS) throw unproven();
      for (const wrong of await differing(link, whole, expected, this.#survey.md5)) await this.#readRange(wrong);
    }
  }

  async #readRange(range: FlashRange): Promise<void> {
    const end = range.at + range.length;
    let at = range.at;
    for (let fruitless = 0; at < end; ) {
      const got = await this.#stream(at, end - at);
      this.#throwIfDiskFailed();
      if (got === 0 && ++fruitless > ROUNDS) throw unproven();
      if (got > 0) fruitless = 0;
      at += got;
      if (at < end && got > 0 && this.#blankAt(at - SECTOR)) at += await this.#skipBlank(at, end - at);
    }
  }

  /** Streams until the end, trouble, or a blank sector. Returns the bytes proven to have come right. */
  async #stream(at: number, length: number): Promise<number> {
    const { link } = this.#operation.connection;
    const outcome = await readFlash(link, at, length, (where, data) => {
      this.#survey.image.set(data, where);
      this.#progress.add(data.length);
      if (this.#partial.failure !== undefined) return "enough";
      this.#partial.put(where, data);
      const blank = this.#operation.skips && data.length === SECTOR && filledWith(data, 0xff);
      return blank ? "enough" : "more";
    });
    this.readBytes += outcome.length;
    if (outcome.length > 0) this.#operation.connection.advanced();
    if (outcome.proven) return outcome.length;
    if (outcome.trouble !== undefined) {
      this.#operation.events({ type: "retry", step: "back up", attempt: 1, reason: outcome.trouble });
    }
    return this.#provenPrefix(at, outcome.length);
  }

  /** After damage: how much of what came is right up to the first sector that is not. */
  async #provenPrefix(at: number, length: number): Promise<number> {
    const wrong = await differing(
      this.#operation.connection.link,
      { at, length },
      { at: 0, bytes: this.#survey.image },
    );
    return wrong[0] === undefined ? length : wrong[0].at - at;
  }

  async #skipBlank(at: number, limit: number): Promise<number> {
    if (!this.#operation.skips) return 0;
    const length = await blankFrom(this.#operation.connection.link, at, limit);
    this.#survey.image.fill(0xff, at, at + length);
    this.skippedBytes += length;
    this.#progress.add(length);
    return length;
  }

  #blankAt(at: number): boolean {
    return at >= 0 && filledWith(this.#survey.image.subarray(at, at + SECTOR), 0xff);
  }

  #throwIfDiskFailed(): void {
    if (this.#partial.failure !== undefined) throw this.#partial.failure;
  }
}

async function copyOut(operation: Operation, sealed: SealedBackup, out: string): Promise<void> {
  const { files } = operation;
  const image = await readSealedImage(files, sealed);
  for (const [path, bytes] of [
    [out, image],
    [`${out}.json`, formatManifest(sealed.manifest)],
  ] as const) {
    const handle = await files.open(path, "create", PRIVATE_FILE_MODE);
    try {
      await handle.write(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

function inside(ranges: readonly FlashRange[], outer: FlashRange): FlashRange[] {
  return ranges
    .map((range) => {
      const at = Math.max(range.at, outer.at);
      return { at, length: Math.min(range.at + range.length, outer.at + outer.length) - at };
    })
    .filter((range) => range.length > 0);
}

function unproven(): PlugsmithError {
  return new PlugsmithError("backup-unproven", {
    message: "What was read could not be brought to equal the chip's own digest of its flash.",
    step: "back up",
    plugState: "untouched",
    nextStep: "Shorten the wires or stay at a lower rate (--baud 115200), and try again; nothing was sealed.",
  });
}
