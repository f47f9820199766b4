/**
 * The whole conversion: from a plug with its vendor's firmware to a configured, locked, closed and calibrated one. Each
 * step is on record before the next begins; run again, it goes on after the last step on record, and what a step can
 * prove cheaply (a digest, a read-back) it proves instead of doing it again.
 * The order of the steps is in core/conversion/next-step.ts.
 */

import { stepsInOrder } from "../../core/conversion/next-step.ts";
import { foldConversion } from "../../core/conversion/state.ts";
import type { StoredEntry } from "../../core/journal/stored-entry.ts";
import type { ConversionStep } from "../../core/step-id.ts";
import { say } from "../../core/text/text.ts";
import { driverFor } from "../firmware-drivers.ts";
import { plugFolder, proveWritable } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import {
  type ConversionOptions,
  type ConversionPorts,
  type ConversionResult,
  requireOption,
} from "./conversion-contract.ts";
import { flashPlug } from "./conversion-flash.ts";
import { openConversionLog, stepOnRecord, withJournalContext } from "./conversion-log.ts";
import { ConversionSteps } from "./conversion-steps.ts";
import { chooseUnfinished } from "./known-plug.ts";
import { prepareFirmware } from "./prepare-conversion.ts";
import { writeReport } from "./report.ts";
import { testerOf } from "./tester.ts";

export type { ConversionOptions, ConversionPorts, ConversionResult } from "./conversion-contract.ts";

/** Errors: those of the steps, each with what to do next; running it again goes on where it ended. */
export async function convert(ports: ConversionPorts, options: ConversionOptions): Promise<ConversionResult> {
  const { files, home, clock, random, firmwares } = ports;
  const { firmware, credentials, config, secure } = options;
  // Refused before anybody picks up a saw.
  driverFor(options.profile, firmwares).refuseUnusable({ profile: options.profile, credentials, config, secure });
  const prepared =
    firmware === undefined ? undefined : prepareFirmware(firmware, options.profile, options.virtual, firmwares);
  const resumed = options.resume ?? (await chooseUnfinished(ports)) ?? "new";
  const known =
    resumed === "new"
      ? undefined
      : { plug: resumed, state: foldConversion(await readEarlier(ports, options, resumed)) };
  const resumedAfter = known === undefined ? [] : [...known.state.finished.keys()];

  const before = { state: known?.state ?? foldConversion([]) };
  await proveWritable(files, home, clock, random).catch((error: unknown) => {
    throw withJournalContext(error, before);
  });
  const flashed = known?.state.finished.has("write") === true;
  const plug = flashed
    ? known!.plug
    : await flashPlug(ports, {
        profile: options.profile,
        guide: options.guide,
        texts: options.texts,
        again: options.again,
        wired: options.wired,
        sameBatch: options.sameBatch,
        known,
        firmware: requireOption(firmware, "firmware", "prepare"),
        prepared: requireOption(prepared, "firmware", "prepare"),
        credentials: requireOption(options.credentials, "wifi", "prepare"),
      }).catch((error: unknown) => {
        throw withJournalContext(error, before);
      });
  const log = await openConversionLog(files, home, plug, clock);
  try {
    const steps = new ConversionSteps(ports, options, log, plug);
    const address = await afterFlashing(steps, options);
    await steps.calibrate(address, options.calibration, false, options);
    const { data, page } = await stepOnRecord(ports, log, "report", say`Write the report`, async () => {
      const tester = await testerOf(ports, options);
      const { profile, guide, texts, virtual, catalogue } = options;
      const source = { profile, guide, texts, virtual, tester, catalogue, firmwares };
      const written = await writeReport(ports, log, plug, source, clock);
      return [written, { page: written.page, tester }, say`report.html and report.json are in ${log.folder}`];
    });
    return { plug, address, report: data, page, resumedAfter };
  } catch (error) {
    throw withJournalContext(error, log);
  } finally {
    await log.close();
  }
}

/** The journal of an earlier run. Its order is that of its lines; a clock that was set back since is only reported. */
async function readEarlier(
  { files, home, clock, events }: ConversionPorts,
  options: ConversionOptions,
  plug: string,
): Promise<readonly StoredEntry[]> {
  const entries = await readJournal(files, plugFolder(home, plug));
  const latest =
    entries
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? "";
  // A virtual world's time begins again with each command.
  if (!options.virtual && latest > new Date(clock.wallTime()).toISOString()) {
    events({
      type: "notice",
      level: "warning",
      text: say`This computer's clock is behind the latest entry in the plug's journal (${latest}). Was it set back? The recorded order stays correct, but the times in the report may be wrong.`,
    });
  }
  return entries;
}

/** What comes between the write and the calibration, in the order that the supply allows. Returns the plug's address. */
async function afterFlashing(steps: ConversionSteps, options: ConversionOptions): Promise<string> {
  const supply = await steps.supply();
  let address = "";
  const work: Partial<Record<ConversionStep, () => Promise<unknown>>> = {
    boot: () => steps.boot(supply),
    // Configured, locked and audited along with it.
    provision: async () => {
      address = await steps.join(supply, options);
    },
    "close-case": () => steps.close(),
  };
  for (const step of stepsInOrder(supply)) await work[step]?.();
  return address;
}
