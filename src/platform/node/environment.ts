/** What a job needs around it, on this computer and with real plugs. */
import type { ComputerWifi } from "../../engine/ports.ts";
import type { Environment } from "../../host/environment.ts";
import { listAdapters } from "./adapters.ts";
import { findComputerWifi } from "./computer-wifi.ts";
import { nodeFiles } from "./files.ts";
import { FlashFile } from "./flash-file.ts";
import { createNodeHttp } from "./http.ts";
import { nodeNeighbours, ownRanges } from "./neighbours.ts";
import { openLine } from "./open-line.ts";
import { isPortThere } from "./port-presence.ts";
import { drain, nodeClock, nodeCodec, nodeRandom } from "./system.ts";

export interface NodeEnvironmentOptions {
  /** Root of the home for real plugs. */
  readonly home: string;
  /** Name and version for records. */
  readonly tool: string;
}

/** Nothing is opened, and no program run, before it is asked for. */
export function createNodeEnvironment({ home, tool }: NodeEnvironmentOptions): Environment {
  let wifi: Promise<ComputerWifi | undefined> | undefined;
  return {
    virtual: false,
    tool,
    home,
    clock: nodeClock,
    files: nodeFiles,
    random: nodeRandom,
    codec: nodeCodec,
    http: createNodeHttp(nodeClock),
    neighbours: nodeNeighbours(),
    ranges: () => ownRanges(),
    wifi: () => {
      wifi ??= findComputerWifi(nodeClock);
      return wifi;
    },
    ports: { list: listAdapters, has: isPortThere, open: openLine },
    openFlash: (path) => FlashFile.at(path),
    drain,
    drive: (work) => work,
    hold: (work) => work,
  };
}
