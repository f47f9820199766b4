/** A serial line to a plug by the name after `--port`, in its environment: real or virtual. */
import { parsePortName } from "../../core/index.ts";
import { type ByteLine, type RecordedLine, recordedLine } from "../../engine/index.ts";
import { type Environment, openPort, openVirtualEnvironment, type PortOptions } from "../../host/index.ts";
import { createNodeEnvironment } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import { TOOL } from "../version.ts";

export interface PlugConnection extends Environment {
  readonly line: RecordedLine;
  close(): Promise<void>;
}

/** This computer with its real plugs. */
export function environmentOf({ home }: Pick<CommandRun, "home">): Environment {
  return createNodeEnvironment({ home, tool: TOOL });
}

/** A port of this computer or of the network. Errors: as `openPort`. */
export async function openRealPort(run: CommandRun, options: PortOptions): Promise<ByteLine> {
  const { ports, clock } = environmentOf(run);
  return await openPort(run, options, { ...ports, clock });
}

/** @param options `name` as written after `--port`. Errors: port-*, bad-argument, aborted, needs-input where several adapters could be meant. */
export async function connectPlug(run: CommandRun, options: PortOptions): Promise<PlugConnection> {
  const port = options.name === undefined ? undefined : parsePortName(options.name);
  const here = environmentOf(run);
  if (port?.kind !== "sim") {
    const line = recordedLine(await openRealPort(run, options), here);
    return { ...here, line, close: () => line.close() };
  }
  const there = await openVirtualEnvironment(here, { folder: port.folder, start: "download" });
  return { ...there, line: recordedLine(there.line, there) };
}
