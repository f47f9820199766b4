/**
 * The environment around a virtual plug, made from the one that the plug's files are in: its own time, line, network and
 * home; files and randomness as they are there. Whatever happens outside of the virtual world while it runs is waited for.
 */
import type { ByteLine } from "../../engine/ports.ts";
import type { VirtualHome } from "../../sim/index.ts";
import type { Environment, SerialPorts } from "../environment.ts";
import { ExternalWork } from "./external-work.ts";
import { loadSim } from "./load-sim.ts";
import { virtualPlugHome } from "./virtual-home-folder.ts";
import type { VirtualPlug, VirtualPlugOptions } from "./virtual-plug.ts";

/** Where the virtual router gives addresses. */
const VIRTUAL_RANGE = "192.168.1.0/24";

export interface VirtualEnvironment extends Environment {
  readonly plug: VirtualPlug;
  readonly virtualHome: VirtualHome;
  /** The adapter at the bench. It is open already, and there is no other. */
  readonly line: ByteLine;
  /** Closes the line and saves the plug. */
  close(): Promise<void>;
}

/** @param records where the records belong; default: see `virtualPlugHome`. Errors: those of the virtual plug. */
export async function openVirtualEnvironment(
  around: Environment,
  options: VirtualPlugOptions,
  records: string = virtualPlugHome(options.folder, around.home),
): Promise<VirtualEnvironment> {
  // Loaded before there is a world that runs.
  await loadSim();
  const { openVirtualPlug } = await import("./virtual-plug.ts");
  const plug = await openVirtualPlug(around, options);
  const outside = new ExternalWork(() => around.drain());
  const { world, home, bench } = plug;
  const drive = <T>(work: Promise<T>): Promise<T> => world.complete(outside.drain, work);
  return {
    ...{ virtual: true, tool: `${around.tool} (virtual plug)`, home: records, plug, virtualHome: home },
    clock: home.clock.port(),
    files: outside.files(around.files),
    random: around.random,
    // The same bytes on every platform, so that a seed gives the same run.
    codec: undefined,
    http: home.http,
    neighbours: undefined,
    ranges: () => [VIRTUAL_RANGE],
    wifi: () => Promise.resolve(home.wifi),
    ports: onlyPort(bench.line),
    line: bench.line,
    openFlash: (path) => around.openFlash(path),
    drain: outside.drain,
    drive,
    hold: (work) => outside.hold(work),
    close: async () => {
      // Closing a line takes a moment of its world's time.
      await drive(bench.line.close());
      await plug.close();
    },
  };
}

/** Whatever name is asked for, at a virtual bench there is one adapter. */
function onlyPort(line: ByteLine): SerialPorts {
  return {
    list: () => Promise.resolve({ adapters: [line.identity], troubles: [] }),
    has: () => Promise.resolve(true),
    open: () => Promise.resolve(line),
  };
}
