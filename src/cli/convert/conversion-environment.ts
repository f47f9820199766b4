/**
 * Where a conversion takes place: the bench with its serial line, the network, the person. Real, or the virtual home
 * with its virtual person.
 */

import { join } from "node:path";
import { parsePortName, say } from "../../core/index.ts";
import type { Files, Operator } from "../../engine/index.ts";
import {
  guidedOperator,
  HANDLING,
  type JobHandle,
  JobHost,
  type JobPlace,
  loadSim,
  openVirtualEnvironment,
  virtualPlugHome,
} from "../../host/index.ts";
import type { VirtualHome } from "../../sim/index.ts";
import { hintsOf } from "../ask/guide-hints.ts";
import { operatorThrough, shownOperator } from "../ask/shown-operator.ts";
import type { TerminalOperator } from "../ask/terminal-operator.ts";
import { followJob } from "../ask/watch-job.ts";
import type { CommandRun } from "../command.ts";
import { connectPlug, environmentOf } from "../plug/connection.ts";
import type { Device } from "../tasmota/device-profile.ts";

export interface RecordLocation {
  readonly files: Files;
  readonly home: string;
  /** The folder of a virtual plug that lives in one. */
  readonly folder: string | undefined;
  readonly virtual: boolean;
}

/** Where the records of the plug at this port belong. Errors: bad-argument. */
export function recordLocationOf(run: CommandRun, port: string | undefined): RecordLocation {
  const name = port === undefined ? undefined : parsePortName(port);
  const { files, home } = environmentOf(run);
  if (name?.kind !== "sim") return { files, home, folder: undefined, virtual: false };
  const { folder } = name;
  return { files, home: virtualPlugHome(folder, home), folder, virtual: true };
}

export interface ConversionEnvironment {
  /** Where jobs are started. */
  readonly place: JobPlace;
  /** Follows a job to its end, watched by the terminal, and moves virtual time where time is virtual. Settles as the job does. */
  readonly follow: <T>(job: JobHandle<T>) => Promise<T>;
  readonly close: () => Promise<void>;
  /** Of a virtual plug: its chip executes the firmware; else a stand-in answers. */
  readonly isExecuted: boolean;
}

/** The person, with the device's pictures beside the questions. */
export function guidedPerson(run: CommandRun, { guide, folder }: Device): TerminalOperator {
  const here = `${process.cwd().replaceAll("\\", "/")}/`;
  return run.operator.withHints(
    hintsOf(guide, (name) => {
      const path = join(folder, "drawings", `${name}.svg`).replaceAll("\\", "/");
      return path.startsWith(here) ? path.slice(here.length) : path;
    }),
  );
}

export interface WorkshopPlan {
  readonly port: string | undefined;
  /** Where to look for the plug; default: the networks that the computer is in. */
  readonly range?: string | undefined;
  readonly location: RecordLocation;
  readonly person: TerminalOperator;
  /** How the adapter is to be plugged in, were it missing; undefined where nothing goes over wires: no port is looked for. */
  readonly wires: keyof typeof HANDLING | undefined;
  /** What will be written to the plug, where that is known. */
  readonly image?: Uint8Array | undefined;
}

/** Errors: port-*, needs-input, locked, aborted. */
export async function openConversionEnvironment(run: CommandRun, plan: WorkshopPlan): Promise<ConversionEnvironment> {
  const { port, range, location, person, wires } = plan;
  if (location.virtual) return await openVirtualConversion(run, plan);
  const environment = environmentOf(run);
  const plug = wires === undefined ? undefined : await connectPlug(run, { name: port, handling: HANDLING[wires] });
  const place = { host: new JobHost(environment), environment, line: plug?.line, range };
  const watcher = { emit: run.emit, operator: person };
  return {
    place,
    follow: (job) => followJob(environment, job, run.signal, watcher),
    isExecuted: false,
    close: async () => plug?.close(),
  };
}

async function openVirtualConversion(
  run: CommandRun,
  { location: { folder, home }, person, range, image }: WorkshopPlan,
): Promise<ConversionEnvironment> {
  const environment = await openVirtualEnvironment(environmentOf(run), { folder, start: "kept" }, home);
  const { plug, virtualHome } = environment;
  const isExecuted = await executes(image ?? plug.bench.flash);
  run.emit({ type: "notice", level: "info", text: isExecuted ? EXECUTED : STAND_IN });
  const hold = <T>(work: Promise<T>): Promise<T> => environment.hold(work);
  // The hands leave everything as it is, were the process to end now.
  const operator = afterEach(await virtualOperator(run, virtualHome, person, hold), () => hold(plug.save()));
  return {
    place: { host: new JobHost(environment), environment, line: virtualHome.line, range },
    follow: (job) => followJob(environment, job, run.signal, { emit: run.emit, operator }),
    isExecuted,
    close: async () => {
      for (const incident of plug.bench.incidents) {
        run.emit({ type: "notice", level: "warning", text: say`Accident at the bench: ${incident}` });
      }
      await environment.close();
    },
  };
}

const STAND_IN = say`This is a virtual plug in a virtual home: nothing real is touched. A stand-in answers for Tasmota; the image itself is not executed.`;
const EXECUTED = say`This is a virtual plug in a virtual home: nothing real is touched. The virtual chip executes the firmware's image itself.`;

/** Whether the chip executes what is in this flash or image, instead of a stand-in answering for it. */
async function executes(image: Uint8Array): Promise<boolean> {
  const { isStandInImage, isTasmota } = await loadSim();
  const read = (at: number, length: number): Uint8Array => image.slice(at, at + length);
  return isTasmota(read) && !isStandInImage(read);
}

/** Who answers at a virtual bench: the person at the terminal with virtual hands, or the virtual person, watched. */
export async function virtualOperator(
  run: CommandRun,
  home: VirtualHome,
  person: TerminalOperator,
  hold: <T>(work: Promise<T>) => Promise<T>,
): Promise<Operator> {
  const operator = (await loadSim()).virtualPerson(home, {});
  if (run.attended) return guidedOperator(person, operator, hold);
  return run.globals.json ? operator : shownOperator(operator, person);
}

/** The operator, with something done after each answer. */
export function afterEach(operator: Operator, then: () => Promise<void>): Operator {
  return operatorThrough(operator, async (asked) => {
    const answer = await asked;
    await then();
    return answer;
  });
}
