/** Several plugs in one circuit against one reference plug: who they are, all of them opened, and what came of each. */
import { asText, isPlugsmithError, joined, list, PlugsmithError, say, type Text } from "../../core/index.ts";
import {
  type CalibrationRequest,
  type Clock,
  calibrateRow,
  macOfPlug,
  openCalibrationRecords,
  type RowPlug,
  type RowResult,
  recordStep,
  sameAddress,
} from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import {
  badArgument,
  chainOf,
  type NamedPlug,
  plugNamed,
  type ReferenceOptions,
  restoreReference,
} from "../tasmota/reference-options.ts";
import { type AddressOptions, clientAt } from "../tasmota/target.ts";
import { COVERAGE, constantLines } from "./answer.ts";
import { partsFor } from "./open-plug.ts";

/** What names one plug or another method, and therefore no row. */
const NOT_WITH_ROW = {
  address: "--address",
  plug: "--plug",
  port: "--port",
  undo: "--undo",
  fromJournal: "--from-journal",
  voltmeter: "--voltmeter",
  powerMeter: "--power-meter",
  ammeter: "--ammeter",
  load: "--load",
} as const;

export interface RowOptions extends ReferenceOptions, AddressOptions {
  readonly port: string | undefined;
  readonly undo: boolean;
  readonly fromJournal: boolean;
}

interface OpenRow {
  readonly plugs: readonly RowPlug[];
  /** By host, of those that were reached. */
  readonly macs: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** Errors: bad-argument before anything is asked of any plug, or before anything is changed; those of the row. */
export async function runRow(
  run: CommandRun,
  named: string,
  options: RowOptions,
  clock: Clock,
  request: Omit<CalibrationRequest, "method">,
): Promise<CommandOutcome> {
  const hosts = hostsOf(named, options);
  const reference = await referenceOf(run, options, hosts);
  const chain = chainOf(options);
  const row = await openRow(run, options, clock, hosts);
  let results: readonly RowResult[];
  try {
    const plug = await reference.open(row.macs.values());
    try {
      results = await calibrateRow(row.plugs, { ...request, ...chain, reference: plug });
    } finally {
      await restoreReference(run, plug);
    }
  } finally {
    await row.close();
  }
  const done = results.flatMap(({ name, outcome }) => (isPlugsmithError(outcome) ? [] : [{ name, outcome }]));
  const place = { files: nodeFiles, home: run.home, clock };
  for (const { name, outcome } of done) {
    await recordStep(place, row.macs.get(name), "calibrate", { after: outcome.after });
  }
  if (done.length < results.length) throw incomplete(results, row.macs);
  return {
    data: { plugs: done.map(({ name, outcome }) => ({ host: name, mac: row.macs.get(name), ...outcome })) },
    answer: [...done.flatMap(({ name, outcome }) => [asText(`${name}:`), ...constantLines(outcome.results)]), COVERAGE],
  };
}

function hostsOf(named: string, options: RowOptions): readonly string[] {
  for (const name of Object.keys(NOT_WITH_ROW) as (keyof typeof NOT_WITH_ROW)[]) {
    const { [name]: given } = options;
    if (given === undefined || given === false) continue;
    throw badArgument(
      say`--row and ${NOT_WITH_ROW[name]} cannot be combined.`,
      say`A row is only calibrated against --reference.`,
    );
  }
  const hosts = named
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
  if (hosts.length === 0)
    throw badArgument(say`--row names no plug.`, say`Write --row HOST,HOST, in the order from the wall to the load.`);
  const twice = hosts.find((host, index) => hosts.slice(0, index).some((other) => sameAddress(other, host)));
  if (twice === undefined) return hosts;
  throw badArgument(
    say`--row names ${twice} twice.`,
    say`Name each plug once, in the order from the wall to the load.`,
  );
}

async function referenceOf(run: CommandRun, options: RowOptions, hosts: readonly string[]): Promise<NamedPlug> {
  if (options.reference === undefined) {
    throw badArgument(
      say`A row of plugs needs another plug as the reference.`,
      say`Add --reference tasmota:HOST, shelly1:HOST or shelly2:HOST.`,
    );
  }
  const reference = await plugNamed(run, options, options.reference);
  reference.refuseAmong(hosts);
  return reference;
}

/** Reaches every plug and locks its journal; nothing is changed. One that does not answer is reported, and the others go on. */
async function openRow(run: CommandRun, options: RowOptions, clock: Clock, hosts: readonly string[]): Promise<OpenRow> {
  const plugs: RowPlug[] = [];
  const macs = new Map<string, string>();
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closers) await each();
  };
  try {
    for (const host of hosts) {
      try {
        const client = await clientAt(run, options, { address: host, source: "person" }, clock);
        const mac = await macOfPlug(client, run.signal);
        const other = [...macs].find(([, known]) => known === mac)?.[0];
        if (other !== undefined) {
          throw badArgument(
            say`${host} and ${other} are the same plug.`,
            say`Name each plug once, in the order from the wall to the load.`,
          );
        }
        const records = await openCalibrationRecords(nodeFiles, run.home, mac);
        closers.push(() => records.close());
        macs.set(host, mac);
        plugs.push({ name: host, parts: partsFor(run, clock, client, records) });
      } catch (error) {
        if (!isPlugsmithError(error) || error.code === "aborted" || error.code === "bad-argument") throw error;
        plugs.push({ name: host, parts: error });
        run.emit({
          type: "notice",
          level: "warning",
          text: say`${error.texts.message} The other plugs are calibrated without it.`,
        });
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { plugs, macs, close };
}

/** The row's error: who and why, what state each is in, and what to do at each. */
function incomplete(results: readonly RowResult[], reached: OpenRow["macs"]): PlugsmithError {
  const failed = results.flatMap(({ name, outcome }) => (isPlugsmithError(outcome) ? [{ name, error: outcome }] : []));
  const done = results.filter(({ outcome }) => !isPlugsmithError(outcome)).map(({ name }) => name);
  const codes = new Set(failed.map(({ error }) => error.code));
  const each = (words: (error: PlugsmithError, name: string) => Text): Text[] =>
    failed.map(({ name, error }) => say`${name}: ${words(error, name)}`);
  const states = each((error, name) =>
    reached.has(name) ? (error.texts.plugState ?? say`unknown`) : say`not reached`,
  );
  return new PlugsmithError(codes.size === 1 ? failed[0]!.error.code : "not-measurable", {
    message: joined([
      say`Not calibrated: ${failed.length} of ${results.length} plugs.`,
      ...each(({ texts }) => texts.message),
    ]),
    step: "calibrate",
    plugState: joined([...(done.length > 0 ? [say`calibrated: ${list(done)}`] : []), ...states], "; "),
    nextStep: joined([
      ...each(({ texts }) => texts.nextStep ?? say`Check the plug.`),
      say`Then run the whole row again.`,
    ]),
    cause: failed[0]!.error,
  });
}
