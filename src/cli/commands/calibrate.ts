/** `plugsmith calibrate`: compares a closed plug with a reference and sets its three constants; or undoes that. */

import { type MeterConstants, say } from "../../core/index.ts";
import {
  type Calibrated,
  type CalibrationRequest,
  type Clock,
  calibrate,
  reapplyCalibration,
  recordStep,
  undoCalibration,
} from "../../engine/index.ts";
import { nodeClock, nodeFiles } from "../../platform/node/index.ts";
import { type ConstantsChange, calibratedLines, constantsLine } from "../calibration/answer.ts";
import { runRow } from "../calibration/batch.ts";
import { withPlug } from "../calibration/open-plug.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { withVirtualReference } from "../convert/named-reference.ts";
import {
  BY_NETWORK,
  isForVirtualPlug,
  planStep,
  SIM_PORT,
  type StepOptions,
  singleStep,
} from "../convert/single-step.ts";
import { flag, type OptionsOf, text } from "../options.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import { PROFILE } from "../tasmota/plug-config.ts";
import {
  badArgument,
  comparedWith,
  REFERENCE_OPTIONS,
  referenceNamedBy,
  TARGET_UNCERTAINTY,
} from "../tasmota/reference-options.ts";
import { ADDRESS_OPTIONS } from "../tasmota/target.ts";

const OPTIONS = {
  ...ADDRESS_OPTIONS,
  port: SIM_PORT,
  ...REFERENCE_OPTIONS,
  profile: PROFILE,
  target: TARGET_UNCERTAINTY,
  row: text(
    "--row <hosts>",
    say`calibrate several plugs in one circuit, in the order from the wall to the load: host,host,… (with --reference)`,
  ),
  undo: flag("--undo", say`restore the constants from before the last calibration`),
  fromJournal: flag("--from-journal", say`set the recorded constants again without measuring`),
};

export const calibrateCommand: CommandModule = calibrateCommandWith(nodeClock);

/** @param clock paces the readings. */
export function calibrateCommandWith(clock: Clock): CommandModule {
  return defineCommand({ options: OPTIONS, run: (run, options) => work(run, options, clock) });
}

async function work(run: CommandRun, options: OptionsOf<typeof OPTIONS>, clock: Clock): Promise<CommandOutcome> {
  const profile = await loadProfile(options.profile);
  const { target, samples, row, undo, fromJournal } = options;
  const request = {
    samples,
    maximumPower: profile.device.rating.amperes * profile.device.rating.volts,
    target: target === undefined ? undefined : target / 100,
  };
  if (row !== undefined) return runRow(run, row, options, clock, request);
  if (undo && fromJournal) {
    throw badArgument(
      say`--undo and --from-journal cannot be combined.`,
      say`--undo restores the previous constants; --from-journal sets the recorded ones again.`,
    );
  }
  if (undo) return withPlug(run, options, clock, undoCalibration, constantsOutcome("restored"));
  if (fromJournal) return withPlug(run, options, clock, reapplyCalibration, constantsOutcome("set again"));
  if (isForVirtualPlug(options)) {
    const reference = await referenceNamedBy(run, withVirtualReference(options), options.address);
    return comparedWith(reference, undefined, (method) => calibrateVirtual(run, options, { ...request, method }));
  }
  const reference = await referenceNamedBy(run, options, options.address);
  const { outcome, mac, after } = await withPlug(
    run,
    options,
    clock,
    (parts, at) => comparedWith(reference, at, (method) => calibrate(parts, { ...request, method })),
    (result, at) => ({ outcome: calibratedOutcome(result, at), mac: at, after: result.after }),
  );
  const place = { files: nodeFiles, home: run.home, clock };
  await recordStep(place, mac, "calibrate", { after });
  return outcome;
}

/** The step of a conversion at the virtual plug's own mains. */
async function calibrateVirtual(
  run: CommandRun,
  options: StepOptions,
  request: CalibrationRequest,
): Promise<CommandOutcome> {
  const plan = await planStep(run, options, BY_NETWORK);
  const { plug, done } = await singleStep(run, plan, "calibrate", request);
  return calibratedOutcome(done, plug);
}

function calibratedOutcome(record: Calibrated, mac: string): CommandOutcome {
  return { data: { mac, ...record }, answer: calibratedLines(record) };
}

function constantsOutcome(change: ConstantsChange): (after: MeterConstants, mac: string) => CommandOutcome {
  return (after, mac) => ({ data: { mac, ...after }, answer: [constantsLine(after, change)] });
}
