/** A serial line to a plug by the name after `--port`, with everything a job needs around it: real or virtual. */
import type { Clock, Files } from "../../engine/ports.ts";
import { type RecordedLine, recordedLine } from "../../engine/wires/recorded-line.ts";
import { nodeClock, nodeFiles } from "../../platform/node/index.ts";
import { parsePortName } from "../../platform/port-name.ts";
import type { CommandRun } from "../command.ts";
import { virtualPlugHome } from "../home.ts";
import { TOOL } from "../version.ts";
import { loadVirtualPlug } from "./load-sim.ts";
import { openPort, type PortWishes } from "./open-port.ts";
import { OutsideWork } from "./outside-work.ts";

export interface PlugConnection {
  readonly line: RecordedLine;
  readonly clock: Clock;
  readonly files: Files;
  /** The home this plug's records belong in. */
  readonly home: string;
  /** Name and version for records. */
  readonly tool: string;
  readonly virtual: boolean;
  /** Runs a job to its end, moving virtual time where time is virtual. */
  drive<T>(work: Promise<T>): Promise<T>;
  /** Has virtual time wait for something outside, such as a person's answer. */
  hold<T>(work: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** @param wishes `name` as written after `--port`. Errors: port-*, bad-argument, aborted, needs-input where several adapters could be meant. */
export async function connectPlug(run: CommandRun, wishes: PortWishes): Promise<PlugConnection> {
  const port = wishes.name === undefined ? undefined : parsePortName(wishes.name);
  if (port?.kind === "sim") return connectVirtual(port.folder, run.home);
  const { home } = run;
  const line = recordedLine(await openPort(run, wishes), { files: nodeFiles, home, clock: nodeClock });
  return {
    line,
    clock: nodeClock,
    files: nodeFiles,
    home,
    tool: TOOL,
    virtual: false,
    drive: (work) => work,
    hold: (work) => work,
    close: () => line.close(),
  };
}

async function connectVirtual(folder: string | undefined, realHome: string): Promise<PlugConnection> {
  const { openVirtualPlug } = await loadVirtualPlug();
  const plug = await openVirtualPlug({ folder, start: "download" });
  const outside = new OutsideWork();
  const records = {
    files: outside.files(nodeFiles),
    home: virtualPlugHome(folder, realHome),
    clock: plug.world.port(),
  };
  const line = recordedLine(plug.bench.line, records);
  return {
    ...records,
    line,
    tool: `${TOOL} (virtual plug)`,
    virtual: true,
    drive: (work) => plug.world.complete(outside.drain, work),
    hold: (work) => outside.hold(work),
    close: async () => {
      // Closing a line takes a moment of its world's time.
      await plug.world.complete(outside.drain, line.close());
      await plug.close();
    },
  };
}
