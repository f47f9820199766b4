/** Host CPU of a client doing a job, without the simulator's: process.cpuUsage() over a replay, in µs. */
import { drain } from "../../src/platform/node/system.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { inVirtualTime } from "../../test/support/virtual-host.ts";
import type { Client } from "./clients.ts";
import type { Job } from "./jobs.ts";
import { type Recording, RecordingLine, ReplayLine } from "./replay.ts";
import { watchedPlug } from "./rig.ts";

export interface HostCost {
  /** Of the client alone: with it, less without it. */
  readonly client: number;
  /** Of delivering the recorded events to nobody. */
  readonly delivery: number;
}

/** The least of this many: the first pays for compiling, others for what else runs on the machine. */
const TIMES = 3;

export async function hostCost(client: Client, job: Job, baud: number, latencyMs: number): Promise<HostCost> {
  const { clock, bench } = watchedPlug({ flash: job.before, latencyMs });
  const began = clock.now;
  const line = new RecordingLine(bench.line, clock);
  const run = { job, baud, finished: () => {} };
  await inVirtualTime(clock, () => client.run({ ...run, line, clock: clock.port() }));
  const ended = clock.now;
  const costs: number[] = [];
  const deliveries: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const again = replayed(line.recording, began);
    costs.push(
      await cpuOf(() =>
        inVirtualTime(again.clock, () => client.run({ ...run, line: again.line, clock: again.clock.port() })),
      ),
    );
    if (Math.abs(again.clock.now - ended) > 1) throw new Error(`${client.name} did something else when played again`);
    const nobody = replayed(line.recording, began);
    nobody.line.listen({ bytes: () => {} });
    deliveries.push(await cpuOf(() => nobody.clock.run(drain, () => false)));
  }
  const delivery = Math.min(...deliveries);
  return { client: Math.min(...costs) - delivery, delivery };
}

function replayed(recording: Recording, began: number): { clock: SimClock; line: ReplayLine } {
  const clock = new SimClock();
  const line = new ReplayLine(recording, clock);
  clock.runInternal(began);
  return { clock, line };
}

export async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
