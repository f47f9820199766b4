/**
 * Bringing the flash to hold what it should: compare by digests, erase and write what differs, compare again, until
 * the chip's own digest says it is right. Whatever cut it short before, this takes it up where it is.
 */
import { filledWith } from "../../core/bytes.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { SECTOR } from "../../core/loader/tables.ts";
import { say } from "../../core/text/text.ts";
import { flashMd5s } from "../link/digest-stream.ts";
import { eraseMs } from "../link/timing.ts";
import { writeRun } from "../link/write-stream.ts";
import type { FlashRange } from "./contract.ts";
import { differing, type Expected, merge, slice, split, totalLength, without } from "./digests.ts";
import type { Operation } from "./operation.ts";
import { Progress } from "./progress.ts";
import { SectorReport } from "./sector-report.ts";

/** Rounds in which nothing got better before the flash counts as refusing. */
const FRUITLESS_ROUNDS = 3;

export interface Programmed {
  erasedBytes: number;
  writtenBytes: number;
  sentBytes: number;
}

/** A run of sectors that differ, by what is to be done with it. */
export interface Change extends FlashRange {
  readonly act: "erase" | "write";
}

/** Runs that shall be blank are erased, the others written; neighbours of one kind are one run. */
export function changesFor(different: readonly FlashRange[], expected: Expected): Change[] {
  const erased: FlashRange[] = [];
  const written: FlashRange[] = [];
  for (const sector of different.flatMap((range) => split(range, SECTOR))) {
    (filledWith(slice(expected, sector), 0xff) ? erased : written).push(sector);
  }
  return [
    ...merge(erased).map((range) => ({ act: "erase" as const, ...range })),
    ...merge(written).map((range) => ({ act: "write" as const, ...range })),
  ].sort((a, b) => a.at - b.at);
}

/**
 * Errors: flash-protected (the same sectors stay wrong), and those of the connection, which the caller may meet by
 * calling again.
 * @param first what is known to differ already; found out by digests otherwise.
 */
export async function program(
  operation: Operation,
  expected: Expected,
  tally: Programmed,
  first?: readonly FlashRange[],
): Promise<string> {
  const { link } = operation.connection;
  const whole: FlashRange = { at: expected.at, length: expected.bytes.length };
  const wanted = link.codec.md5(expected.bytes);
  let different = first ?? (await differing(link, whole, expected));
  const sectors = new SectorReport(operation.events, operation.options.clock, link.step);
  for (const range of without(whole, different)) sectors.add("kept", range);
  let best = Number.POSITIVE_INFINITY;
  for (let fruitless = 0; ; ) {
    await applyChanges(operation, expected, different, tally, sectors);
    const [digest] = await flashMd5s(link, [whole]);
    if (digest === wanted) {
      sectors.add("proven", whole);
      sectors.flush();
      return wanted;
    }
    different = await differing(link, whole, expected, { known: digest });
    const left = totalLength(different);
    fruitless = left < best ? 0 : fruitless + 1;
    best = Math.min(best, left);
    if (fruitless === FRUITLESS_ROUNDS) throw refuses(different);
    operation.events({
      type: "retry",
      step: link.step,
      attempt: fruitless + 1,
      reason: say`${left} bytes are not correct yet`,
    });
  }
}

async function applyChanges(
  operation: Operation,
  expected: Expected,
  different: readonly FlashRange[],
  tally: Programmed,
  sectors: SectorReport,
): Promise<void> {
  const { connection, events, options } = operation;
  const { link } = connection;
  const progress = new Progress(events, options.clock, link.step, totalLength(different));
  for (const change of changesFor(different, expected)) {
    if (change.act === "erase") {
      await eraseRange(operation, change);
      sectors.add("erased", change);
      progress.add(change.length);
    } else {
      let at = change.at;
      const { sentBytes } = await writeRun(link, change.at, slice(expected, change), (bytes) => {
        progress.add(bytes);
        sectors.add("written", { at, length: bytes });
        at += bytes;
      });
      tally.sentBytes += sentBytes;
      tally.writtenBytes += change.length;
    }
    tally.erasedBytes += change.length;
    connection.advanced();
  }
  sectors.flush();
}

/** Erases whole sectors. Harmless to repeat, so damage on the line is met by asking again. */
export async function eraseRange(operation: Operation, range: FlashRange): Promise<void> {
  const { link } = operation.connection;
  await link.exchangeWithRetry(
    "eraseRegion",
    { at: range.at, length: range.length },
    { busyMs: eraseMs(range.length) },
  );
}

function refuses(different: readonly FlashRange[]): PlugsmithError {
  const { at, length } = different[0]!;
  return new PlugsmithError("flash-protected", {
    message: say`The flash does not keep what is written: 0x${at.toString(16)} to 0x${(at + length).toString(16)} stays wrong.`,
    step: "write",
    plugState: say`${totalLength(different)} bytes are wrong, the rest is correct; the plug does not boot`,
    nextStep: say`Check the supply under load and try again. If the same place stays wrong, the flash is worn out or write-protected.`,
    context: { offset: at, size: length },
  });
}
