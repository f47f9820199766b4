/**
 * The acts that change the flash: write, erase, restore. Prepared once, shown as a plan or carried out behind the
 * erase gate, journalled before the first erase, proven at the end.
 */
import { md5Hex, sha256Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { identifyFirmware } from "../../core/firmware/identify.ts";
import { type ChipIdentity, macDigits } from "../../core/loader/chip.ts";
import { SECTOR } from "../../core/loader/tables.ts";
import { say, type Text } from "../../core/text/text.ts";
import { checkAgainstManifest, listBackups } from "../home/backups.ts";
import { readJournal } from "../home/journal.ts";
import { flashMd5s } from "../link/digest-stream.ts";
import type { FlashPlan, FlashRange, GateOptions, PlanStep, RestoreSource, WriteResult } from "./contract.ts";
import { slice, totalLength, without } from "./digests.ts";
import { gateClosed } from "./gate.ts";
import type { Operation } from "./operation.ts";
import { kib, plan, step } from "./plan.ts";
import { announce, type Prepared, prepare, removeTargets } from "./prepare.ts";
import { changesFor, eraseRange, type Programmed, program } from "./program.ts";
import { unfinishedChange } from "./unfinished.ts";
import type { Request } from "./write-request.ts";

export interface ChangeOptions extends GateOptions {
  readonly erase?: "needed" | "all";
}

export interface Changed extends Programmed {
  readonly at: number;
  readonly length: number;
  readonly md5: string;
  readonly skippedBytes: number;
  readonly image: WriteResult["image"];
}

const STEPS = { write: "write", erase: "erase", restore: "restore" } as const;

export async function planChange(
  operation: Operation,
  requestFor: (identity: ChipIdentity) => Request | Promise<Request>,
  options: ChangeOptions,
): Promise<FlashPlan> {
  return operation.connection.withReconnect("plan", async (identity) => {
    const request = await requestFor(identity);
    const prepared = await prepare(operation, identity, request, options.typedMac);
    const different = differences(prepared, options, operation.skips);
    const whole = range(prepared);
    const erasesAll = options.erase === "all";
    // Erased all at first, what shall be blank is blank already.
    const changes = changesFor(different, prepared.expected).filter(({ act }) => act !== "erase" || !erasesAll);
    const first: PlanStep[] = erasesAll ? [step("erase", target(prepared), say`the whole target first`)] : [];
    const steps = [
      ...first,
      ...changes.map(({ act, at, length }) =>
        step(
          act,
          { at, length },
          act === "erase" ? say`must be blank` : say`differs`,
          md5Hex(slice(prepared.expected, { at, length })),
        ),
      ),
      ...without(whole, different).map((part) =>
        step("skip", part, say`already correct`, md5Hex(slice(prepared.expected, part))),
      ),
      step("digest", whole, say`expected contents`, md5Hex(prepared.expected.bytes)),
    ];
    const needed = different.length > 0;
    return plan(request.kind, identity.flashSize, steps, {
      gate: needed ? (prepared.gate.open ? "open" : "closed") : "not needed",
      gateReason: needed ? prepared.gate.reason : say`nothing is erased`,
    });
  });
}

/** Errors: erase-gate, flash-protected, verify-failed, and those of the connection and the files. */
export async function change(
  operation: Operation,
  requestFor: (identity: ChipIdentity) => Request | Promise<Request>,
  options: ChangeOptions,
  title: Text,
): Promise<Changed> {
  const tally: Programmed = { erasedBytes: 0, writtenBytes: 0, sentBytes: 0 };
  let prepared: Prepared | undefined;
  let erasedAll = false;
  const { connection } = operation;
  const identity = await connection.withReconnect("connect", (found) => Promise.resolve(found));
  const request = await requestFor(identity);
  const name = STEPS[request.kind];
  return operation.step(
    name,
    title,
    () =>
      connection.withReconnect(name, async () => {
        let first: readonly FlashRange[] | undefined;
        if (prepared === undefined) {
          const found = await prepare(operation, identity, request, options.typedMac);
          first = differences(found, options, operation.skips);
          if (first.length > 0) {
            if (!found.gate.open) throw gateClosed(found.gate.reason);
            await announce(operation, identity, found);
            operation.changes({ kind: request.kind, backup: found.gate.backup?.id, proven: false });
          }
          prepared = found;
        }
        if (options.erase === "all" && !erasedAll) {
          await eraseRange(operation, target(prepared));
          erasedAll = true;
          first = undefined;
        }
        const before = first === undefined ? undefined : totalLength(first);
        const md5 = await program(operation, prepared.expected, tally, first);
        await proveOutside(operation, prepared);
        operation.changes({ kind: request.kind, backup: prepared.gate.backup?.id, proven: true });
        if (request.kind === "restore") {
          // On record even where another tool has put it back: what the journal says of the plug changes by it.
          const firmware = identifyFirmware(request.bytes).kind;
          await operation.record(identity, { type: "restore-proven", md5, firmware });
        } else if (before !== 0 || (await isOpen(operation, identity, md5))) {
          await operation.record(identity, { type: "target-proven", md5 });
        }
        await removeTargets(operation, identity);
        // Erasing all at first erases every byte once, and the writes that follow erase nothing more.
        const erasedBytes = erasedAll ? target(prepared).length : tally.erasedBytes;
        const whole = range(prepared);
        const skippedBytes = Math.max(0, whole.length - erasedBytes);
        const image = { at: request.at, length: request.bytes.length, md5: md5Hex(request.bytes) };
        return { ...whole, ...tally, erasedBytes, md5, skippedBytes, image };
      }),
    (done) =>
      say`Verified: ${kib(done.writtenBytes)} written, ${kib(done.erasedBytes)} erased, ${kib(done.skippedBytes)} already correct`,
  );
}

/** Whether an act was cut short between its last byte and its conclusion: then only the conclusion is missing. */
async function isOpen(operation: Operation, identity: ChipIdentity, md5: string): Promise<boolean> {
  return unfinishedChange(await readJournal(operation.files, operation.folderOf(identity)))?.md5 === md5;
}

/** Restoring: a whole flash, byte for byte. Errors: wrong-plug, file-corrupt, bad-argument. */
export async function requestRestore(
  operation: Operation,
  identity: ChipIdentity,
  source: RestoreSource,
  options: GateOptions,
): Promise<Request> {
  const { bytes, manifest } = source;
  if (manifest !== undefined) checkAgainstManifest(bytes, manifest, "the backup");
  if (bytes.length !== identity.flashSize) {
    throw new PlugsmithError("bad-argument", {
      message: say`The backup has ${bytes.length} bytes, but the plug's flash has ${identity.flashSize} bytes.`,
      step: "restore",
      plugState: say`untouched`,
      nextStep: say`Use a backup of this plug. To write only a part of the flash, use plugsmith write.`,
      context: { size: bytes.length, expected: identity.flashSize },
    });
  }
  const overridden = options.typedMac !== undefined && macDigits(options.typedMac) === identity.plug;
  if (!overridden && !(await belongs(operation, identity, source))) {
    throw new PlugsmithError("wrong-plug", {
      message:
        manifest === undefined
          ? say`This file is not a sealed backup of the plug ${identity.mac}.`
          : say`This backup belongs to the plug ${manifest.mac}, but the connected plug is ${identity.mac}.`,
      step: "restore",
      plugState: say`untouched`,
      nextStep: say`Use this plug's own backup: calibration and radio data differ from plug to plug. To restore it anyway, type the plug's MAC address.`,
      context: { expected: identity.mac, found: manifest?.mac },
    });
  }
  return { kind: "restore", at: 0, bytes };
}

async function belongs(operation: Operation, identity: ChipIdentity, source: RestoreSource): Promise<boolean> {
  if (source.manifest !== undefined) return source.manifest.mac === identity.mac;
  const sha256 = sha256Hex(source.bytes);
  const backups = await listBackups(operation.files, operation.options.home, identity.plug);
  return backups.some(({ manifest }) => manifest.sha256 === sha256);
}

/** Erasing all, or with skipping turned off, the whole target counts as different. */
function differences(prepared: Prepared, options: ChangeOptions, skips: boolean): readonly FlashRange[] {
  return options.erase === "all" || !skips ? [target(prepared)] : prepared.different;
}

/** Whole sectors that hold the request itself. */
function target({ request }: Prepared): FlashRange {
  const at = request.at - (request.at % SECTOR);
  const end = Math.ceil((request.at + request.bytes.length) / SECTOR) * SECTOR;
  return { at, length: end - at };
}

function range({ expected }: Prepared): FlashRange {
  return { at: expected.at, length: expected.bytes.length };
}

/** A command damaged on its way could have hit a place that nobody asked for: that must not pass in silence. */
async function proveOutside(operation: Operation, prepared: Prepared): Promise<void> {
  const digests = await flashMd5s(operation.connection.link, prepared.outside);
  const hit = prepared.outside.find((part, i) => part.md5 !== digests[i]);
  if (hit === undefined) return;
  throw new PlugsmithError("verify-failed", {
    message: say`The flash changed outside the target, from 0x${hit.at.toString(16)} to 0x${(hit.at + hit.length).toString(16)}: a command was corrupted on the serial line.`,
    step: prepared.request.kind,
    plugState: say`the target is correct, but something outside it is not`,
    nextStep: say`Use shorter wires. Then write the whole chip (--target chip) or restore a backup.`,
    context: { offset: hit.at, size: hit.length },
  });
}
