/** The conversion's steps prepare to write: the bench made safe, then one connection and one power-up. */
import { type ConversionState, type ConversionStep, foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import { type AnsweredEntry, stepEntry } from "../../core/journal/entries.ts";
import type { FirmwareOnRecord, StepData } from "../../core/journal/step-data.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { say } from "../../core/text/text.ts";
import { driverFor } from "../firmware-drivers.ts";
import type { FlashSession } from "../flash/contract.ts";
import { openSession } from "../flash/session.ts";
import { flashIdText } from "../home/backups.ts";
import { rememberDefaults } from "../home/defaults.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { openAndWire } from "../safety/before-power.ts";
import { askForMaker, confirmBeforeWork } from "../safety/before-saw.ts";
import { classifySupply } from "../safety/supply.ts";
import { runStep } from "../step.ts";
import { onRecordOperator } from "./answer-record.ts";
import { type ConversionOptions, type ConversionPorts, needLine } from "./conversion-contract.ts";
import { askToConvertAgain, finishedConversion } from "./converted-already.ts";
import { whileGpio0IsHeld } from "./operator-actions.ts";
import type { FirmwareToWrite } from "./prepare-conversion.ts";

export interface FlashStepOptions
  extends Pick<ConversionOptions, "profile" | "guide" | "texts" | "again" | "wired" | "sameBatch"> {
  /** Undefined where the write is not wanted. */
  readonly firmware: FirmwareToWrite | undefined;
  /** Where they are known already: whether the plug can take them is checked before anything is touched. */
  readonly credentials: WifiCredentials | undefined;
  readonly prepared: FirmwareOnRecord;
  /** The conversion to go on with; undefined begins one. */
  readonly known: { readonly plug: string; readonly state: ConversionState } | undefined;
}

type Finish = <S extends ConversionStep>(step: S, data: StepData[S]) => Promise<void>;

/** Returns the plug. Errors: those of the steps; wrong-plug where another one than expected is connected. */
export async function flashPlug(given: ConversionPorts, options: FlashStepOptions): Promise<string> {
  const { clock, files, codec, home, tool, events, signal, patience } = given;
  // Whose answers they are is known when the chip has been met.
  const answers: AnsweredEntry[] = [];
  const operator = onRecordOperator(given.operator, clock, async (entry) => void answers.push(entry));
  const ports = { ...given, operator };
  const line = needLine(ports, "connect");
  const { guide, texts } = options;
  const powerSign = guide.powerSign === undefined ? undefined : guideText(texts, guide.powerSign);
  const bench = await benchReady(ports, options);
  const session = openSession({
    line,
    clock,
    files,
    home,
    tool,
    events,
    codec,
    signal,
    patience,
  });
  try {
    const identity = await runStep(ports, "connect", say`Connect in download mode`, async () => {
      const met = await whileGpio0IsHeld(ports, () => session.identify(), powerSign);
      return [met, say`${met.variant}, ${met.mac}`];
    });
    refuseOther(identity.plug, options.known?.plug);
    ports.claimPlug?.(identity.plug);
    if (options.known === undefined && options.again !== true) await refuseFinished(ports, identity.plug);
    const flashId = flashIdText(identity.flashId);
    if (options.known === undefined) await session.note({ type: "conversion-begun", version: JOURNAL_ENTRY_VERSION });
    await session.note({ type: "wires-attached", version: JOURNAL_ENTRY_VERSION });
    for (const answer of answers) await session.note(answer);
    const finish: Finish = (step, data) => session.note(stepEntry(step, data));
    const firmware = options.prepared;
    const before = options.known?.state.finished.get("prepare")?.data;
    // Nothing new where an earlier run measured it and the image is the same.
    if (bench !== undefined || !isSameImage(before?.firmware, firmware)) {
      await finish("prepare", { ...before, ...bench, firmware });
    }
    await finish("connect", {});
    await finish("identify", { chip: identity.variant, mac: identity.mac, flashId, flashSize: identity.flashSize });
    if (options.firmware !== undefined) await backUpAndWrite(session, options.firmware, options, finish);
    await session.finish("stay");
    return identity.plug;
  } catch (error) {
    throw await session.withPlugState(error);
  } finally {
    await session.close();
  }
}

/** What was found out, or undefined where an earlier run has it on record: nobody opens and wires a plug twice. */
async function benchReady(ports: ConversionPorts, options: FlashStepOptions): Promise<StepData["prepare"] | undefined> {
  const { operator, events, firmwares, signal, files, home } = ports;
  const { profile, guide, texts, credentials, wired, sameBatch } = options;
  const line = needLine(ports, "prepare");
  driverFor(options.profile, firmwares).refuseUnusable({ credentials });
  const before = options.known?.state;
  const prepared = before?.finished.get("prepare");
  if (before?.wiresAttached === true && prepared !== undefined) return undefined;
  const supply = await classifySupply(line, operator, signal);
  return await runStep(ports, "prepare", say`Open, wire and measure`, async () => {
    await confirmBeforeWork({ operator, signal }, wired === true);
    if (wired !== true && sameBatch !== true) {
      const macPrefix = await askForMaker({ operator, events, signal }, profile.device.name, guide, texts);
      await rememberDefaults({ files, path: home }, { macPrefix });
    }
    const safety = await openAndWire(guide, texts, operator, signal, wired);
    return [{ supply, safety }, say`${options.prepared.description}; supply ${supply}`];
  });
}

/** @param recorded what the step prepare noted of its firmware. */
export function isSameImage(
  recorded: FirmwareOnRecord | undefined,
  { sha256 }: Pick<FirmwareOnRecord, "sha256">,
): boolean {
  return recorded?.sha256 === sha256;
}

/** Which plug it is is known only now. Errors: aborted, needs-input. */
async function refuseFinished({ files, home, operator, signal }: ConversionPorts, plug: string): Promise<void> {
  const finished = finishedConversion(plug, foldConversion(await readJournal(files, plugFolder(home, plug))));
  if (finished !== undefined) await askToConvertAgain(finished, operator, signal);
}

function refuseOther(found: string, expected: string | undefined): void {
  if (expected === undefined || found === expected) return;
  throw new PlugsmithError("wrong-plug", {
    message: say`This is plug ${found}, but the conversion to continue is that of plug ${expected}.`,
    step: "identify",
    plugState: say`untouched`,
    nextStep: say`Connect the other plug, or start a new conversion with --new.`,
    context: { expected, found },
  });
}

async function backUpAndWrite(
  session: FlashSession,
  { image, overrideImage }: FirmwareToWrite,
  { prepared, known }: FlashStepOptions,
  finish: Finish,
): Promise<void> {
  // Once erasing began the flash holds nothing to be sealed; the erase gate digests the sealed backup before it opens.
  if (known?.state.erasing !== true) {
    const backup = await session.backup();
    await finish("back-up", { file: backup.path, sha256: backup.manifest.sha256, already: backup.already });
  }
  const written = await session.write(image, { target: "chip", overrideImage });
  await finish("write", { md5: written.md5, sha256: prepared.sha256 });
}
