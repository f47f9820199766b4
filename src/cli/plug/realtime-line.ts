/**
 * A line to a plug that runs its firmware, in real time, by the name after `--port`: a real port, or a virtual plug whose
 * world keeps pace with the clock on the wall. What runs there goes on; otherwise it is powered up with GPIO0 free.
 */
import { parsePortName } from "../../core/index.ts";
import { type RecordedLine, recordedLine } from "../../engine/index.ts";
import { HANDLING, loadSim, openVirtualEnvironment } from "../../host/index.ts";
import type { CommandRun } from "../command.ts";
import { environmentOf, openRealPort } from "./connection.ts";

export interface RealtimeLine {
  readonly line: RecordedLine;
  readonly close: () => Promise<void>;
}

/**
 * @param baud bits per second.
 * @param from where a virtual plug that does not run yet is heard from: its start, or once it is up.
 * Errors: port-*, locked, bad-argument, aborted.
 */
export async function openRealtimeLine(
  run: CommandRun,
  name: string,
  baud: number,
  from: "start" | "up",
): Promise<RealtimeLine> {
  const port = parsePortName(name);
  const here = environmentOf(run);
  if (port.kind !== "sim") {
    const line = recordedLine(await openRealPort(run, { name, baud, handling: HANDLING.wired }), here);
    return { line, close: () => line.close() };
  }
  const { RealTimePacer } = await loadSim();
  const plan = { folder: port.folder, start: "running", startsFirst: from === "up" } as const;
  const { plug, home } = await openVirtualEnvironment(here, plan);
  const pacer = new RealTimePacer({ world: plug.world, clock: here.clock });
  // In force a moment later, in the plug's time: the world moves so far and no further, so that anyone who listens from here
  // on hears the boot text from its beginning, however busy the computer is.
  try {
    await plug.world.complete(here.drain, plug.bench.line.setBaud(baud));
  } catch (error) {
    await plug.close();
    throw error;
  }
  pacer.start();
  const line = recordedLine(plug.bench.line, { files: here.files, home, clock: here.clock });
  const close = async (): Promise<void> => {
    await line.settled().catch(() => undefined);
    pacer.stop();
    await plug.close();
  };
  return { line, close };
}
