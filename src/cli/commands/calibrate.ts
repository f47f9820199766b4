/** `plugsmith calibrate`: compares a closed plug with a reference and sets its three constants; or undoes that. */

import type { MeterConstants } from "../../core/calibration/power-factor.ts";
import { COVERAGE_FACTOR } from "../../core/calibration/uncertainty.ts";
import { PlugsmithError } from "../../core/errors.ts";
import {
  type Calibrated,
  type CalibrationRequest,
  calibrate,
  reapplyCalibration,
  undoCalibration,
} from "../../engine/calibration/calibrate.ts";
import { calibrateRow } from "../../engine/calibration/calibrate-row.ts";
import {
  calibrationsOf,
  commandLink,
  macOfPlug,
  openCalibrationRecords,
} from "../../engine/calibration/journal-records.ts";
import type { CalibrationParts } from "../../engine/calibration/steady-load.ts";
import { HttpClient } from "../../engine/tasmota/http-client.ts";
import { readSecrets, rememberedPlugs } from "../../engine/tasmota/plug-records.ts";
import { createNodeHttp, nodeClock, nodeFiles } from "../../platform/node/index.ts";
import type { CommandModule, CommandOutcome, CommandRun } from "../command.ts";
import { virtualReferenceRun } from "../convert/ask-reference.ts";
import { BY_NETWORK, declareSimPort, isForVirtualPlug, nextLine, singleStep } from "../convert/single-step.ts";
import { recordSteps } from "../convert/step-record.ts";
import { loadProfile } from "../tasmota/device-profile.ts";
import {
  chainOf,
  declareReference,
  openReference,
  openReferencePlug,
  positive,
  samplesOf,
} from "../tasmota/reference-options.ts";
import { declareAddress, openHttp, type Target, withPassword } from "../tasmota/target.ts";

export const calibrateCommand: CommandModule = {
  name: "calibrate",
  summary: "calibrate a closed plug's meter against a reference, with its uncertainty",
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
  run: async (run) => {
    const profile = await loadProfile(String(run.options["profile"]));
    const target = positive(run, "target", "--target");
    const request = {
      samples: samplesOf(run),
      maximumPower: profile.rating.amperes * profile.rating.volts,
      ...(target === undefined ? {} : { target: target / 100 }),
    };
    if (typeof run.options["row"] === "string") return runRow(run, run.options["row"], request);
    if (run.options["undo"] === true)
      return withPlug(run, undoCalibration, (after) => constantsOutcome(after, "Restored"));
    if (run.options["fromJournal"] === true) {
      return withPlug(run, reapplyCalibration, (after) => constantsOutcome(after, "Set again"));
    }
    const virtual = isForVirtualPlug(run);
    const reference = await openReference(virtual ? virtualReferenceRun(run) : run);
    try {
      const { method } = reference;
      if (virtual) return await calibrateVirtual(run, { ...request, method });
      const outcome = await withPlug(run, (parts) => calibrate(parts, { ...request, method }), calibratedOutcome);
      const place = { files: nodeFiles, home: run.home, clock: nodeClock };
      await recordSteps(place, String(outcome.data["mac"]), [["calibrate", { after: outcome.data["after"] }]]);
      return outcome;
    } finally {
      await reference.release();
    }
  },
};

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

/** Runs `work` on the plug that the options name, its journal open and locked. */
export async function withPlug<T>(
  run: CommandRun,
  work: (parts: CalibrationParts) => Promise<T>,
  outcome: (result: T, mac: string) => CommandOutcome,
): Promise<CommandOutcome> {
  const target = await openHttp(run);
  try {
    return await withPassword(run, target, () => onTarget(run, target, work, outcome));
  } finally {
    await target.close();
  }
}

async function onTarget<T>(
  run: CommandRun,
  { client }: Target<HttpClient>,
  work: (parts: CalibrationParts) => Promise<T>,
  outcome: (result: T, mac: string) => CommandOutcome,
): Promise<CommandOutcome> {
  const mac = await macOfPlug(client, run.signal);
  const records = await openCalibrationRecords(nodeFiles, run.home, mac);
  try {
    return outcome(await work(partsFor(run, client, records)), mac);
  } finally {
    await records.close();
  }
}

function partsFor(run: CommandRun, client: HttpClient, records: CalibrationParts["records"]): CalibrationParts {
  return {
    clock: nodeClock,
    link: commandLink(client),
    operator: run.operator,
    events: run.emit,
    records,
    signal: run.signal,
  };
}

async function runRow(
  run: CommandRun,
  hosts: string,
  request: { samples: number; maximumPower: number; target?: number },
): Promise<CommandOutcome> {
  const name = run.options["reference"];
  if (typeof name !== "string") {
    throw new PlugsmithError("bad-argument", {
      message: "A row of plugs needs another plug as the reference.",
      step: "calibrate",
      plugState: "untouched",
      nextStep: "Add --reference tasmota:HOST, shelly1:HOST or shelly2:HOST.",
    });
  }
  const home = { files: nodeFiles, path: run.home };
  const http = createNodeHttp(nodeClock);
  const seen = await rememberedPlugs(home);
  const closers: (() => Promise<void>)[] = [];
  const reference = await openReferencePlug(run, name);
  try {
    const row = [];
    for (const host of hosts
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean)) {
      const known = seen.find((plug) => plug.address === host)?.mac;
      const password = known === undefined ? undefined : (await readSecrets(home, known)).webPassword;
      const client = new HttpClient({ http, clock: nodeClock, host, password });
      const records = await openCalibrationRecords(nodeFiles, run.home, await macOfPlug(client, run.signal));
      closers.push(
        () => records.close(),
        () => client.close(),
      );
      row.push({ name: host, parts: partsFor(run, client, records) });
    }
    const results = await calibrateRow(row, { ...request, ...chainOf(run), reference });
    const lines = results.map(({ name: host, outcome }) =>
      outcome instanceof PlugsmithError
        ? `${host}: not calibrated: ${outcome.message}`
        : `${host}: ${summary(outcome)}`,
    );
    const failed = results.filter(({ outcome }) => outcome instanceof PlugsmithError);
    if (failed.length > 0) {
      throw new PlugsmithError("not-measurable", {
        message: `${failed.length} of ${results.length} plugs could not be calibrated: ${lines.filter((line) => line.includes("not calibrated")).join("; ")}`,
        step: "calibrate",
        plugState: "the others are calibrated; these have their old constants",
        nextStep: "Look at each of them, then run the row again.",
      });
    }
    return { data: { plugs: results.map(({ name: host, outcome }) => ({ host, outcome })) }, answer: lines };
  } finally {
    for (const close of closers) await close();
    await reference.release();
  }
}

function summary(record: Calibrated): string {
  return record.results
    .map((result) => {
      const before = `${result.errorBefore >= 0 ? "+" : "−"}${(100 * Math.abs(result.errorBefore)).toFixed(2)} %`;
      return `${result.command} ${result.before} → ${result.after} (was ${before}, now ±${(100 * result.budget.expanded).toFixed(2)} %)`;
    })
    .join("; ");
}

function calibratedOutcome(record: Calibrated, mac: string): CommandOutcome {
  return {
    data: { mac, ...record },
    answer: [...summary(record).split("; "), `Uncertainties with k = ${COVERAGE_FACTOR}. Load: ${record.resistive}.`],
  };
}

function constantsOutcome(after: MeterConstants, word: string): CommandOutcome {
  return {
    data: { ...after },
    answer: [`${word}: PowerCal ${after.power}, VoltageCal ${after.voltage}, CurrentCal ${after.current}.`],
  };
}
