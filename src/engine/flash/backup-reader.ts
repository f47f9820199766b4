/**
 * Reading what a backup still misses: streams that stop where the flash is blank, samples that say where it is used
 * again, and the chip's digest of the whole as the proof; where that is not met, what is wrong is found and read.
 */
import { filledWith } from "../../core/bytes.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { SECTOR, STUB_READ_PACKET } from "../../core/loader/tables.ts";
import { say } from "../../core/text/text.ts";
import type { SealedBackup } from "../home/backups.ts";
import type { PartialFile } from "../home/partial-file.ts";
import { readFlash } from "../link/read-stream.ts";
import type { FlashRange } from "./contract.ts";
import { differing, looksBlank, totalLength } from "./digests.ts";
import type { Operation } from "./operation.ts";
import { Progress } from "./progress.ts";
import { SectorReport } from "./sector-report.ts";

export interface Survey {
  /** Of the whole flash. */
  readonly md5: string;
  /** An earlier sealed backup that equals the flash. */
  readonly sealed: SealedBackup | undefined;
  readonly image: Uint8Array;
  /** Proven to be in `image` already. */
  readonly resumed: readonly FlashRange[];
  readonly missing: readonly FlashRange[];
}

/** Rounds of reading again what a digest found wrong, before the backup counts as not provable. */
const ROUNDS = 4;

export class BackupReader {
  readonly #operation: Operation;
  readonly #survey: Survey;
  readonly #partial: PartialFile;
  readonly #progress: Progress;
  readonly #sectors: SectorReport;
  /** Stretches taken for blank on samples. */
  readonly #guessed: FlashRange[] = [];
  readBytes = 0;
  skippedBytes = 0;

  constructor(operation: Operation, survey: Survey, partial: PartialFile) {
    this.#operation = operation;
    this.#survey = survey;
    this.#partial = partial;
    this.#progress = new Progress(operation.events, operation.options.clock, "back-up", survey.image.length);
    this.#progress.add(totalLength(survey.resumed));
    this.#sectors = new SectorReport(operation.events, operation.options.clock, "back-up");
    for (const range of survey.resumed) this.#sectors.add("read", range);
  }

  /** Brings the image to equal the chip's digest of its flash. Errors: backup-unproven, disk-full, file-*, those of the link. */
  async readMissing(): Promise<void> {
    try {
      await this.#readUntilProven();
    } finally {
      this.#sectors.flush();
    }
  }

  async #readUntilProven(): Promise<void> {
    const { image, md5, missing } = this.#survey;
    for (const range of missing) await this.#readRange(range, this.#operation.skips);
    const { codec } = this.#operation.connection.link;
    if (codec.md5(image) === md5) return;
    for (const guess of this.#guessed) this.skippedBytes -= await this.#readWrong(guess);
    const whole = { at: 0, length: image.length };
    let known = md5;
    for (let round = 0; codec.md5(image) !== known; round++) {
      if (round === ROUNDS) throw unproven();
      await this.#readWrong(whole, known);
      // The digest itself may have been damaged on its way, or the command that asked for it.
      this.#operation.connection.link.invalidateDigest();
      known = (await this.#operation.connection.flashDigest.now(image.length)).md5;
    }
  }

  /** Returns how many bytes that were. */
  async #readWrong(range: FlashRange, known?: string): Promise<number> {
    const expected = { at: 0, bytes: this.#survey.image };
    const wrong = await differing(this.#operation.connection.link, range, expected, { known });
    for (const part of wrong) await this.#readRange(part, false);
    return totalLength(wrong);
  }

  async #readRange(range: FlashRange, skips: boolean): Promise<void> {
    const end = range.at + range.length;
    let at = range.at;
    for (let fruitless = 0; at < end; ) {
      const got = await this.#stream(at, end - at, skips);
      if (this.#partial.failure !== undefined) throw this.#partial.failure;
      if (got === 0 && ++fruitless > ROUNDS) throw unproven();
      if (got > 0) fruitless = 0;
      at += got;
      if (skips && at < end && got > 0 && this.#endsBlank(at)) at += await this.#skipBlank(at, end - at);
    }
  }

  /** Streams until the end, trouble, or a blank packet. Returns the bytes proven to have come right. */
  async #stream(at: number, length: number, stopAtBlank: boolean): Promise<number> {
    const { link } = this.#operation.connection;
    const outcome = await readFlash(link, at, length, (where, data) => {
      this.#survey.image.set(data, where);
      this.#progress.add(data.length);
      if (this.#partial.failure !== undefined) return "enough";
      this.#keep(where + data.length);
      return stopAtBlank && filledWith(data, 0xff) ? "enough" : "more";
    });
    this.readBytes += outcome.length;
    if (outcome.length > 0) this.#operation.connection.advanced();
    if (outcome.proven) return outcome.length;
    if (outcome.trouble !== undefined) {
      this.#operation.events({ type: "retry", step: "back-up", attempt: 1, reason: outcome.trouble });
    }
    return this.#provenPrefix(at, outcome.length);
  }

  /** A sector that has come to its end goes to the disk. */
  #keep(reached: number): void {
    if (reached % SECTOR !== 0) return;
    this.#partial.put(reached - SECTOR, this.#survey.image.slice(reached - SECTOR, reached));
    this.#report(reached - SECTOR, reached);
  }

  /** Whole sectors by what is known of them now. */
  #report(from: number, end: number): void {
    for (let at = from; at + SECTOR <= end; at += SECTOR) {
      const isBlank = filledWith(this.#survey.image.subarray(at, at + SECTOR), 0xff);
      this.#sectors.add(isBlank ? "blank" : "read", { at, length: SECTOR });
    }
  }

  /** After damage: how much of what came is right up to the first sector that is not. */
  async #provenPrefix(at: number, length: number): Promise<number> {
    const { link } = this.#operation.connection;
    const wrong = await differing(link, { at, length }, { at: 0, bytes: this.#survey.image });
    return wrong[0] === undefined ? length : wrong[0].at - at;
  }

  async #skipBlank(at: number, limit: number): Promise<number> {
    const length = await looksBlank(this.#operation.connection.link, at, limit);
    this.#survey.image.fill(0xff, at, at + length);
    this.#guessed.push({ at, length });
    this.#report(at - (at % SECTOR), at + length);
    this.skippedBytes += length;
    this.#progress.add(length);
    return length;
  }

  #endsBlank(at: number): boolean {
    return filledWith(this.#survey.image.subarray(Math.max(0, at - STUB_READ_PACKET), at), 0xff);
  }
}

function unproven(): PlugsmithError {
  return new PlugsmithError("backup-unproven", {
    message: say`The data that was read does not match the chip's own digest of its flash.`,
    step: "back-up",
    plugState: say`untouched`,
    nextStep: say`Nothing was sealed. Use shorter wires or a lower rate (--baud 115200), then try again.`,
  });
}
