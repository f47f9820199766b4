/**
 * From what was asked to what the flash shall hold: the image with its header set, the parts around it that are kept,
 * and what of that differs from the flash as it is. One preparation serves the plan that is shown and the act.
 *
 * What is kept around an image is known from the sealed backup when that equals the flash; then the whole chip is
 * expected, and proven, not only the image's own sectors. Where it is not known, the rest of the first and last sector
 * is read from the chip, and what lies further out is compared with itself before and after.
 *
 * What was expected is put on disk before erasing begins: after an interruption the chip no longer has what it held.
 */
import { equalBytes } from "../../core/bytes.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import { SECTOR } from "../../core/loader/tables.ts";
import { writeWholeFile } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { flashMd5s } from "../link/digest-stream.ts";
import type { DigestNow } from "../link/flash-digest.ts";
import { readFlashOnce } from "../link/read-stream.ts";
import type { FlashRange } from "./contract.ts";
import { differing, type Expected, unequalSectors, without } from "./digests.ts";
import { askGate, type GateAnswer } from "./gate.ts";
import type { Operation } from "./operation.ts";
import { readTarget, targetName, unfinishedChange } from "./unfinished.ts";
import type { Request } from "./write-request.ts";

export interface Prepared {
  readonly request: Request;
  readonly expected: Expected;
  readonly different: readonly FlashRange[];
  readonly gate: GateAnswer;
  /** How long before the gate the chip reported the digest that opened it, ms; undefined where none was needed. */
  readonly digestAgeMs: number | undefined;
  /** Parts of the flash nobody asked to change and nobody knows: their digests before. */
  readonly outside: readonly (FlashRange & { readonly md5: string })[];
}

export async function prepare(
  operation: Operation,
  identity: ChipIdentity,
  request: Request,
  typedMac: string | undefined,
): Promise<Prepared> {
  const { files, connection, options } = operation;
  const { link } = connection;
  const whole: FlashRange = { at: 0, length: identity.flashSize };
  const asked: DigestNow[] = [];
  const entries = await readJournal(files, operation.folderOf(identity));
  const gate = await askGate({
    files,
    codec: link.codec,
    home: options.home,
    plug: identity.plug,
    md5Now: async (again) => {
      if (again !== undefined) link.invalidateDigest();
      const now = await connection.flashDigest.now(identity.flashSize);
      asked.push(now);
      return now.md5;
    },
    flashSize: identity.flashSize,
    entries,
    typedMac,
  });
  const expected = await expect(operation, identity, request, gate);
  const range: FlashRange = { at: expected.at, length: expected.bytes.length };
  const complete = range.length === whole.length;
  const different =
    gate.current === undefined
      ? await differing(link, range, expected, { known: complete ? asked.at(-1)?.md5 : undefined })
      : unequalSectors(gate.current, expected);
  const around = without(whole, [range]);
  const digests = await flashMd5s(link, around);
  const outside = around.map((part, i) => ({ ...part, md5: digests[i]! }));
  return { request, expected, different, gate, digestAgeMs: asked.at(-1)?.ageMs, outside };
}

/** Journals that erasing begins, with what is meant to come of it, and keeps the target where a crash cannot take it. */
export async function announce(operation: Operation, identity: ChipIdentity, prepared: Prepared): Promise<void> {
  const { expected, gate, request } = prepared;
  const { codec } = operation.connection.link;
  const md5 = codec.md5(expected.bytes);
  await operation.journal(identity);
  await writeWholeFile(operation.files, `${operation.folderOf(identity)}/${targetName(md5)}`, expected.bytes);
  await operation.record(identity, {
    type: "erase-begun",
    kind: request.kind,
    sha256: codec.sha256(request.bytes),
    from: expected.at,
    length: expected.bytes.length,
    md5,
    gate: gate.reason.toString(),
    digestAgeMs: prepared.digestAgeMs === undefined ? undefined : Math.round(prepared.digestAgeMs),
    backup: gate.backup?.id,
  });
}

/** Once every act is concluded, the targets kept for a crash are no longer needed. */
export async function removeTargets(operation: Operation, identity: ChipIdentity): Promise<void> {
  const { files } = operation;
  const folder = operation.folderOf(identity);
  if (unfinishedChange(await readJournal(files, folder)) !== undefined) return;
  const names = (await files.list(folder)).filter((name) => /^pending-[0-9a-f]{32}\.bin$/.test(name));
  for (const name of names) await files.remove(`${folder}/${name}`);
  // Or they come back after a crash.
  if (names.length > 0) await files.syncDirectory(folder);
}

async function expect(
  operation: Operation,
  identity: ChipIdentity,
  request: Request,
  gate: GateAnswer,
): Promise<Expected> {
  const flashSize = identity.flashSize;
  if (request.bytes.length === flashSize) return { at: 0, bytes: request.bytes };
  const pending = await pendingTarget(operation, identity);
  if (pending !== undefined && holds(pending, request)) return pending;
  if (gate.current !== undefined) {
    const bytes = gate.current.slice();
    bytes.set(request.bytes, request.at);
    return { at: 0, bytes };
  }
  return withEdges(operation, request, flashSize, pending);
}

/** The request rounded out to whole sectors, the rest of them as it is, or as an unfinished act meant it to be. */
async function withEdges(
  operation: Operation,
  request: Request,
  flashSize: number,
  pending: Expected | undefined,
): Promise<Expected> {
  const { link } = operation.connection;
  const end = request.at + request.bytes.length;
  const from = request.at - (request.at % SECTOR);
  const to = Math.min(flashSize, Math.ceil(end / SECTOR) * SECTOR);
  const bytes = new Uint8Array(to - from);
  const edges = [from, to - SECTOR].filter((at) => at < request.at || at + SECTOR > end);
  for (const at of new Set(edges)) {
    const known = pending !== undefined && at >= pending.at && at + SECTOR <= pending.at + pending.bytes.length;
    const sector = known
      ? pending.bytes.subarray(at - pending.at, at - pending.at + SECTOR)
      : await link.withRetry(() => readFlashOnce(link, at, SECTOR));
    bytes.set(sector, at - from);
  }
  bytes.set(request.bytes, request.at - from);
  return { at: from, bytes };
}

/** What an act that was cut short was bringing the flash to; undefined where none is open. */
async function pendingTarget(operation: Operation, identity: ChipIdentity): Promise<Expected | undefined> {
  const folder = operation.folderOf(identity);
  const open = unfinishedChange(await readJournal(operation.files, folder));
  const bytes = open === undefined ? undefined : await readTarget(operation.files, folder, open);
  return open === undefined || bytes === undefined ? undefined : { at: open.from, bytes };
}

function holds(pending: Expected, request: Request): boolean {
  const from = request.at - pending.at;
  if (from < 0 || from + request.bytes.length > pending.bytes.length) return false;
  return equalBytes(pending.bytes.subarray(from, from + request.bytes.length), request.bytes);
}
