/** `plugsmith calibrate`: compares a closed plug with a reference and sets its three constants; or undoes that. */

import type { MeterConstants } from "../../core/calibration/power-factor.ts";
import { PlugsmithError } from "../../core/errors.ts";
import {
  type Calibrated,
  type CalibrationRequest,
  calibrate,
  reapplyCalibration,
  undoCalibration,
} from "../../engine/calibration/calibrate.ts";
import { calibrationsOf } from "../../engine/calibration/journal-records.ts";
import { rememberedPlugs } from "../../engine/home/plug-records.ts";
import { recordStep } from "../../engine/jobs/step-record.ts";
import type { Clock } from "../../engine/ports.ts";
import { nodeClock, nodeFiles } from "../../platform/node/index.ts";
import { calibratedLines, constantsLine } from "../calibration/answer.ts";
import { withPlug } from "../calibration/open-plug.ts";
import { runRow } from "../calibration/row.ts";
import type { CommandModule, CommandOutcome, CommandRun } from "../command.ts";
import { virtualReferenceRun } from "../convert/ask-reference.ts";
import { BY_NETWORK, declareSimPort, isForVirtualPlug, nextLine, singleStep } from "../convert/single-step.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import {
  badArgument,
  comparedWith,
  declareReference,
  positive,
  referenceNamedBy,
  samplesOf,
} from "../tasmota/reference-options.ts";
import { declareAddress } from "../tasmota/target.ts";

export const calibrateCommand: CommandModule = calibrateCommandWith(nodeClock);

/** @param clock paces the readings. */
export function calibrateCommandWith(clock: Clock): CommandModule {
  return {
    declare: (command) => {
      declareReference(declareSimPort(declareAddress(command)))
        .option("--profile <name>", "device profile", "gosund-ep2")
        .option("--target <percent>", "expanded uncertainty (k = 2) that every constant must reach")
        .option(
          "--row <hosts>",
          "several plugs in one circuit, from the wall to the load: host,host,… (with --reference)",
        )
        .option("--undo", "bring back the constants from before the last calibration")
        .option("--from-journal", "set the recorded constants again, nothing measured");
    },
    run: (run) => work(run, clock),
  };
}

async function work(run: CommandRun, clock: Clock): Promise<CommandOutcome> {
  const profile = await loadProfile(String(run.options["profile"]));
  const target = positive(run, "target", "--target");
  const request = {
    samples: samplesOf(run),
    maximumPower: profile.device.rating.amperes * profile.device.rating.volts,
    target: target === undefined ? undefined : target / 100,
  };
  if (typeof run.options["row"] === "string") return runRow(run, clock, request);
  const { undo, fromJournal } = run.options;
  if (undo === true && fromJournal === true) {
    throw badArgument(
      "--undo and --from-journal do not go together.",
      "One takes constants back, the other sets them.",
    );
  }
  if (undo === true) return withPlug(run, clock, undoCalibration, constantsOutcome("Restored"));
  if (fromJournal === true) return withPlug(run, clock, reapplyCalibration, constantsOutcome("Set again"));
  if (isForVirtualPlug(run)) {
    const reference = await referenceNamedBy(virtualReferenceRun(run));
    return comparedWith(reference, undefined, (method) => calibrateVirtual(run, { ...request, method }));
  }
  const reference = await referenceNamedBy(run);
  const { outcome, mac, after } = await withPlug(
    run,
    clock,
    (parts, at) => comparedWith(reference, at, (method) => calibrate(parts, { ...request, method })),
    (result, at) => ({ outcome: calibratedOutcome(result, at), mac: at, after: result.after }),
  );
  const place = { files: nodeFiles, home: run.home, clock };
  await recordStep(place, mac, "calibrate", { after });
  return outcome;
}

/** The step of a conversion at the virtual plug's own mains. */
function calibrateVirtual(run: CommandRun, request: CalibrationRequest): Promise<CommandOutcome> {
  return singleStep(run, BY_NETWORK, async (scene) => {
    const { steps, known, log, ports } = scene;
    const seen = (await rememberedPlugs({ files: ports.files, path: ports.home })).find(
      ({ mac }) => mac === known.plug,
    );
    if (seen === undefined) {
      throw new PlugsmithError("bad-argument", {
        message: `The virtual plug ${known.plug} is in no network yet.`,
        step: "calibrate",
        plugState: "untouched",
        nextStep: nextLine(scene),
      });
    }
    await steps.calibrate(seen.address, request, true);
    const record = calibrationsOf(log.entries).findLast(({ kind }) => kind === "calibrated") as Calibrated;
    return calibratedOutcome(record, known.plug);
  });
}

function calibratedOutcome(record: Calibrated, mac: string): CommandOutcome {
  return { data: { mac, ...record }, answer: calibratedLines(record) };
}

function constantsOutcome(word: string): (after: MeterConstants, mac: string) => CommandOutcome {
  return (after, mac) => ({ data: { mac, ...after }, answer: [constantsLine(after, word)] });
}
