/**
 * Where a conversion takes place: the bench with its serial line, the network, the person. Real, or the virtual home
 * with its virtual person.
 */

import { join } from "node:path";
import type { ConversionPorts } from "../../engine/jobs/convert.ts";
import type { Files, Operator } from "../../engine/ports.ts";
import {
  createNodeHttp,
  findComputerWifi,
  nodeClock,
  nodeComputing,
  nodeFiles,
  nodeNeighbours,
  nodeRandom,
} from "../../platform/node/index.ts";
import { parsePortName } from "../../platform/port-name.ts";
import type { VirtualHome } from "../../sim/index.ts";
import { hintsOf } from "../ask/guide-hints.ts";
import { guidedHands, shownOperator } from "../ask/shown-operator.ts";
import type { TerminalOperator } from "../ask/terminal-operator.ts";
import type { CommandRun } from "../command.ts";
import { virtualPlugHome } from "../home.ts";
import { connectPlug } from "../plug/connection.ts";
import { VIRTUAL_PATIENCE_MS } from "../plug/flash-command.ts";
import { loadSim, loadVirtualPlug } from "../plug/load-sim.ts";
import { HANDLING } from "../plug/open-port.ts";
import { OutsideWork } from "../plug/outside-work.ts";
import type { Device } from "../tasmota/device-profile.ts";
import { locator } from "../tasmota/wifi-options.ts";
import { TOOL } from "../version.ts";

export interface Place {
  readonly files: Files;
  readonly home: string;
  /** The folder of a virtual plug that lives in one. */
  readonly folder: string | undefined;
  readonly virtual: boolean;
}

/** Where the records of the plug at this port belong. Errors: bad-argument. */
export function placeOf(run: CommandRun, port: string | undefined): Place {
  const name = port === undefined ? undefined : parsePortName(port);
  if (name?.kind !== "sim") return { files: nodeFiles, home: run.home, folder: undefined, virtual: false };
  const { folder } = name;
  return {
    files: nodeFiles,
    folder,
    virtual: true,
    home: virtualPlugHome(folder, run.home),
  };
}

export interface Workshop {
  readonly ports: ConversionPorts;
  /** Runs a job to its end, moving virtual time where time is virtual. */
  drive<T>(work: Promise<T>): Promise<T>;
  /** Has virtual time wait for something outside: a file that is not read through the ports, a person's answer. */
  readonly hold: <T>(work: Promise<T>) => Promise<T>;
  close(): Promise<void>;
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

/** Errors: port-*, needs-input, locked, aborted. */
export async function openWorkshop(
  run: CommandRun,
  {
    port,
    range,
    place,
    person,
    wires,
  }: {
    readonly port: string | undefined;
    /** Where to look for the plug; default: the networks this computer is in. */
    readonly range?: string | undefined;
    readonly place: Place;
    readonly person: TerminalOperator;
    /** How the adapter is to be plugged in, were it missing; undefined where nothing goes over wires: no port is looked for. */
    readonly wires: keyof typeof HANDLING | undefined;
  },
): Promise<Workshop> {
  if (place.virtual) return await openVirtualWorkshop(run, place, person, range);
  const http = createNodeHttp(nodeClock);
  const plug = wires === undefined ? undefined : await connectPlug(run, { name: port, handling: HANDLING[wires] });
  return {
    ports: {
      line: plug?.line,
      clock: nodeClock,
      files: nodeFiles,
      home: run.home,
      tool: TOOL,
      computing: nodeComputing,
      random: nodeRandom,
      http,
      operator: person,
      events: run.emit,
      signal: run.signal,
      wifi: await findComputerWifi(nodeClock),
      neighbours: nodeNeighbours(),
      locate: locator(run, range, http, nodeClock),
    },
    drive: (work) => work,
    hold: (work) => work,
    close: async () => plug?.close(),
  };
}

async function openVirtualWorkshop(
  run: CommandRun,
  place: Place,
  person: TerminalOperator,
  range: string | undefined,
): Promise<Workshop> {
  const { openVirtualPlug } = await loadVirtualPlug();
  const plug = await openVirtualPlug({ folder: place.folder, start: "kept" });
  run.emit({
    type: "notice",
    level: "info",
    text: "A virtual plug in a virtual home: nothing real is touched. The firmware that answers is a stand-in for Tasmota; the image is not executed.",
  });
  const outside = new OutsideWork();
  const hold = <T>(work: Promise<T>): Promise<T> => outside.hold(work);
  // The hands leave everything as it is, were the process to end now.
  const operator = afterEach(await virtualOperator(run, plug.home, person, hold), () => hold(plug.save()));
  return {
    ports: {
      ...virtualPorts(run, plug.home, outside, place.home, range),
      operator,
    },
    drive: (work) => plug.world.complete(outside.drain, work),
    hold,
    close: async () => {
      await plug.world.complete(outside.drain, plug.bench.line.close());
      for (const accident of plug.bench.accidents) {
        run.emit({ type: "notice", level: "warning", text: `Accident at the bench: ${accident}` });
      }
      await plug.close();
    },
  };
}

/** Where the virtual router gives addresses. */
const VIRTUAL_RANGE = "192.168.1.0/24";

/** The virtual home as a conversion's surroundings, without anybody in it. */
export function virtualPorts(
  run: CommandRun,
  home: VirtualHome,
  outside: OutsideWork,
  records: string,
  range: string = VIRTUAL_RANGE,
): Omit<ConversionPorts, "operator"> {
  const clock = home.clock.port();
  return {
    locate: locator(run, range, home.http, clock),
    line: home.line,
    clock,
    files: outside.files(nodeFiles),
    home: records,
    tool: `${TOOL} (virtual plug)`,
    random: nodeRandom,
    http: home.http,
    wifi: home.wifi,
    events: run.emit,
    signal: run.signal,
    patience: { connectMs: VIRTUAL_PATIENCE_MS },
  };
}

/** Who answers at a virtual bench: the person at the terminal with virtual hands, or the virtual person, watched. */
async function virtualOperator(
  run: CommandRun,
  home: VirtualHome,
  person: TerminalOperator,
  hold: <T>(work: Promise<T>) => Promise<T>,
): Promise<Operator> {
  const hands = (await loadSim()).virtualPerson(home, {});
  if (run.attended) return guidedHands(person, hands, hold);
  return run.globals.json ? hands : shownOperator(hands, person);
}

/** The operator, with something done after each answer. */
export function afterEach(operator: Operator, then: () => Promise<void>): Operator {
  const followed = async <T>(asked: Promise<T>): Promise<T> => {
    const answer = await asked;
    await then();
    return answer;
  };
  return {
    act: (action, signal) => followed(operator.act(action, signal)),
    measure: (quantity, signal) => followed(operator.measure(quantity, signal)),
    choose: (choice, signal) => followed(operator.choose(choice, signal)),
    provide: (what, signal) => followed(operator.provide(what, signal)),
  };
}
