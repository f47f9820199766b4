/**
 * A line to a plug that runs its firmware, in real time, by the name after `--port`: a real port, or a virtual plug
 * powered up with GPIO0 free whose world keeps pace with the clock on the wall.
 */
import { type RecordedLine, recordedLine } from "../../engine/wires/recorded-line.ts";
import { drain, nodeClock, nodeFiles } from "../../platform/node/index.ts";
import { parsePortName } from "../../platform/port-name.ts";
import type { CommandRun } from "../command.ts";
import { virtualPlugHome } from "../home.ts";
import { loadSim, loadVirtualPlug } from "./load-sim.ts";
import { HANDLING, openPort } from "./open-port.ts";

export interface LiveLine {
  readonly line: RecordedLine;
  readonly close: () => Promise<void>;
}

/** @param baud bits per second. Errors: port-*, locked, bad-argument, aborted. */
export async function openLiveLine(run: CommandRun, name: string, baud: number): Promise<LiveLine> {
  const port = parsePortName(name);
  if (port.kind !== "sim") {
    const { home } = run;
    const opened = await openPort(run, { name, baud, handling: HANDLING.wired });
    const line = recordedLine(opened, { files: nodeFiles, home, clock: nodeClock });
    return { line, close: () => line.close() };
  }
  const [{ openVirtualPlug }, { RealTimePacer }] = await Promise.all([loadVirtualPlug(), loadSim()]);
  const plug = await openVirtualPlug({ folder: port.folder, start: "run" });
  const pacer = new RealTimePacer({ world: plug.world, clock: nodeClock });
  // In force a moment later, in the plug's time: the world moves so far and no further, so that whoever listens from here
  // on hears the boot text from its beginning, however busy the computer is.
  try {
    await plug.world.complete(drain, plug.bench.line.setBaud(baud));
  } catch (error) {
    await plug.close();
    throw error;
  }
  pacer.start();
  const home = virtualPlugHome(port.folder, run.home);
  const line = recordedLine(plug.bench.line, { files: nodeFiles, home, clock: nodeClock });
  const close = async (): Promise<void> => {
    await line.settled().catch(() => undefined);
    pacer.stop();
    await plug.close();
  };
  return { line, close };
}
