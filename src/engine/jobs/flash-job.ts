/** A flash operation as a job of its own: one connection and one power-up; it asks before it changes, and is on the record of a conversion that is under way. */
import { sha256Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import { say } from "../../core/text/text.ts";
import type { FlashSession } from "../flash/contract.ts";
import { openSession } from "../flash/session.ts";
import { flashIdText } from "../home/backups.ts";
import type { OperatorChoice } from "../ports.ts";
import { warnOfWires } from "../safety/mains.ts";
import { abortedError } from "../time.ts";
import { confirm } from "./confirm.ts";
import { type ConversionPorts, needLine } from "./conversion-contract.ts";
import { isSameImage } from "./conversion-flash.ts";
import type { FlashJob, FlashJobs, FlashOutcome, FlashRequest, RestoreOrder } from "./flash-contract.ts";
import {
  type AskWhich,
  type BackupCandidate,
  type ChosenBackup,
  chooseBackup,
  firmwareWords,
  requirePlug,
} from "./restore.ts";
import { noteSessionStep } from "./step-record.ts";

interface At extends Pick<FlashRequest, "agreed" | "attended" | "dryRun"> {
  readonly session: FlashSession;
  readonly ports: ConversionPorts;
}

const WORK: {
  readonly [J in FlashJob]: (at: At, order: FlashJobs[J]["order"]) => Promise<FlashOutcome<J>>;
} = {
  info: async ({ session, ports }) => {
    const chip = await session.identify();
    const found = { chip: chip.variant, mac: chip.mac, flashId: flashIdText(chip.flashId), flashSize: chip.flashSize };
    await noteSessionStep(session, ports, "identify", found);
    return { done: chip };
  },
  backup: async ({ session, ports, dryRun }, order) => {
    if (dryRun) return { plan: await session.planBackup(order) };
    const done = await session.backup(order);
    const { manifest, path, already } = done;
    await noteSessionStep(session, ports, "back-up", { file: path, sha256: manifest.sha256, already });
    return { done };
  },
  write: async (at, { image, name, size, how, backup }) => {
    const { session, ports, dryRun } = at;
    if (dryRun) return { plan: await session.planWrite(image, how) };
    const { mac } = await session.identify();
    if (backup) await session.backup();
    if (!(await confirm(ports, at, say`Write ${name} (${size}) to ${mac}?`))) throw abortedError("write");
    const done = await session.write(image, how);
    // The conversion's write is the whole chip with the image that was prepared.
    const sha256 = sha256Hex(image);
    await noteSessionStep(session, ports, "write", { md5: done.md5, sha256 }, ({ finished }) => {
      const firmware = finished.get("prepare")?.data.firmware;
      return how.target === "chip" && isSameImage(firmware, { sha256 });
    });
    return { done };
  },
  verify: async ({ session }, { image, how }) => ({ done: await session.verify(image, how) }),
  erase: async (at, { range, name, gate, backup }) => {
    const { session, ports, dryRun } = at;
    if (dryRun) return { plan: await session.planErase(range, gate) };
    const { mac } = await session.identify();
    if (backup) await session.backup();
    if (!(await confirm(ports, at, say`Erase ${name} of ${mac}?`))) throw abortedError("erase");
    return { done: await session.erase(range, gate) };
  },
  restore: async (at, order) => {
    const { session, ports, dryRun } = at;
    const identity = await session.identify();
    const { mac, plug } = identity;
    const { source, name } = await chosenBackup(at, identity, order);
    if (dryRun) return { plan: await session.planRestore(source, order.gate) };
    if (order.backup) await session.backup();
    if (!(await confirm(ports, at, say`Restore ${name} to ${mac}?`))) throw abortedError("restore");
    const done = await session.restore(source, order.gate);
    warnOfWires(ports.events);
    return { done: { ...done, source: name, plug } };
  },
};

/** Errors: those of the session, each with the plug's state; aborted where the person does not agree. */
export async function flashJob<J extends FlashJob>(
  ports: ConversionPorts,
  { job, order, dryRun, agreed, attended, baud, full, after }: FlashRequest<J>,
): Promise<FlashOutcome<J>> {
  const { clock, files, home, tool, events, signal, patience, codec, claimPlug } = ports;
  const session = openSession({
    line: needLine(ports, "connect"),
    clock,
    files,
    home,
    tool,
    events,
    signal,
    baud: baud === undefined ? undefined : { force: baud },
    patience,
    codec,
    skip: !full,
    met: claimPlug,
  });
  try {
    const outcome = await WORK[job]({ session, ports, dryRun, agreed, attended }, order);
    await session.finish(after);
    return outcome;
  } catch (error) {
    throw await session.withPlugState(error);
  } finally {
    await session.close();
  }
}

const MAC = /^([0-9a-f]{2}:?){5}[0-9a-f]{2}$/i;

/** What a plug was delivered with, a sealed backup by its time, or a file by its path. */
async function chosenBackup(
  { ports, attended }: At,
  identity: ChipIdentity,
  { wanted }: RestoreOrder,
): Promise<ChosenBackup> {
  const { files, home, operator, signal } = ports;
  const named = wanted !== undefined && !MAC.test(wanted) ? wanted : undefined;
  if (wanted !== undefined && named === undefined)
    requirePlug(identity, wanted.replace(/[^0-9a-f]/gi, "").toLowerCase());
  const ask: AskWhich = (candidates) => operator.choose(whichOriginal(candidates), signal);
  const sealed = await chooseBackup(files, home, identity.plug, named, attended ? ask : undefined);
  if (sealed !== undefined) return sealed;
  if (named === undefined) {
    throw new PlugsmithError("file-not-found", {
      message: say`There is no sealed backup of ${identity.mac} in ${home}.`,
      step: "restore",
      plugState: say`untouched`,
      nextStep: say`Name a file: plugsmith restore FILE.`,
    });
  }
  return { source: { bytes: await files.read(named, LARGEST_FLASH) }, name: named };
}

function whichOriginal(candidates: readonly BackupCandidate[]): OperatorChoice {
  return {
    id: "which-backup",
    text: say`It is not clear which of these backups is the original: their times and the plug's journal disagree, or the first one contains Tasmota. Which one do you want to restore?`,
    options: candidates.map(({ id, firmware }) => ({ id, text: say`${id}, ${firmwareWords(firmware)}` })),
  };
}
