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
import { type ConversionOrder, type ConversionPorts, type ConversionResult, ordered } from "./conversion-contract.ts";
import { flashPlug } from "./conversion-flash.ts";
import { openConversionLog, toldByLog } from "./conversion-log.ts";
import { ConversionSteps } from "./conversion-steps.ts";
import { chooseUnfinished } from "./known-plug.ts";
import { prepareFirmware } from "./prepare-conversion.ts";
import { writeReport } from "./report.ts";

export type { ConversionOrder, ConversionPorts, ConversionResult } from "./conversion-contract.ts";

/** Errors: those of the steps, each with what to do next; running it again goes on where it ended. */
export async function convert(ports: ConversionPorts, order: ConversionOrder): Promise<ConversionResult> {
  const { files, home, clock, random, firmwares } = ports;
  const { firmware, credentials, wishes, secure } = order;
  // Refused before anybody picks up a saw.
  driverFor(order.profile, firmwares).refuseUnusable({ credentials, wishes, secure });
  const prepared =
    firmware === undefined ? undefined : prepareFirmware(firmware, order.profile, order.virtual, firmwares);
  const resumed = order.resume ?? (await chooseUnfinished(ports)) ?? "new";
  const known =
    resumed === "new" ? undefined : { plug: resumed, state: foldConversion(await readEarlier(ports, order, resumed)) };
  const resumedAfter = known === undefined ? [] : [...known.state.finished.keys()];

  const before = { state: known?.state ?? foldConversion([]) };
  await proveWritable(files, home, clock, random).catch((error: unknown) => {
    throw toldByLog(error, before);
  });
  const flashed = known?.state.finished.has("write") === true;
  const plug = flashed
    ? known!.plug
    : await flashPlug(ports, {
        profile: order.profile,
        guide: order.guide,
        texts: order.texts,
        again: order.again,
        known,
        firmware: ordered(firmware, say`a firmware image`, "prepare"),
        prepared: ordered(prepared, say`a firmware image`, "prepare"),
        credentials: ordered(order.credentials, say`the Wi-Fi's name and passphrase`, "prepare"),
      }).catch((error: unknown) => {
        throw toldByLog(error, before);
      });
  const log = await openConversionLog(files, home, plug, clock);
  try {
    const steps = new ConversionSteps(ports, order, log, plug);
    const address = await afterFlashing(steps, order);
    await steps.calibrate(address, order.calibration, false, order);
    const { data, page } = await steps.step("report", say`Write the report`, async () => {
      const tester = await order.tester?.();
      const { profile, guide, texts, virtual } = order;
      const source = { profile, guide, texts, virtual, tester, firmwares };
      const written = await writeReport(ports, log, plug, source, clock);
      return [written, { page: written.page, tester }, `report.html and report.json in ${log.folder}`];
    });
    return { plug, address, report: data, page, resumedAfter };
  } catch (error) {
    throw toldByLog(error, log);
  } finally {
    await log.close();
  }
}

/** The journal of an earlier run. Its order is that of its lines; a clock that was set back since is only told. */
async function readEarlier(
  { files, home, clock, events }: ConversionPorts,
  order: ConversionOrder,
  plug: string,
): Promise<readonly StoredEntry[]> {
  const entries = await readJournal(files, plugFolder(home, plug));
  const latest =
    entries
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? "";
  // A virtual world's time begins anew with each command.
  if (!order.virtual && latest > new Date(clock.wallTime()).toISOString()) {
    events({
      type: "notice",
      level: "warning",
      text: say`This computer's clock is behind the plug's journal (${latest}): was it set back? The order on record stays right; the times in the report may not be.`,
    });
  }
  return entries;
}

/** What comes between the write and the calibration, in the order that the supply allows. Returns the plug's address. */
async function afterFlashing(steps: ConversionSteps, order: ConversionOrder): Promise<string> {
  const supply = await steps.supply();
  let address = "";
  const work: Partial<Record<ConversionStep, () => Promise<void>>> = {
    boot: () => steps.boot(supply),
    // Configured, locked and audited along with it.
    provision: async () => {
      address = await steps.join(supply, order);
    },
    "close-case": async () => {
      await steps.close();
    },
  };
  for (const step of stepsInOrder(supply)) await work[step]?.();
  return address;
}
