/** Eight plugs at once in one process: each against itself alone, in virtual time, and what that costs the computer. */
import { drain } from "../src/platform/node/system.ts";
import { SimClock } from "../src/sim/world/clock.ts";
import { plugsmith } from "./support/clients.ts";
import { cpuOf } from "./support/host-cost.ts";
import type { Job } from "./support/jobs.ts";
import { type Goal, heading, percent, seconds, table } from "./support/report.ts";
import { watchedPlug } from "./support/rig.ts";

const PLUGS = 8;
const SHARE = 0.95;
const BAUD = 460800;

/** As many plugs doing the job at once on one clock: µs that each took, and CPU time of all, simulators included. */
async function together(
  count: number,
  job: Job,
): Promise<{ readonly each: readonly number[]; readonly cpuUs: number }> {
  const clock = new SimClock();
  // All are made before any is powered up: making one lets time pass.
  const plugs = Array.from({ length: count }, () => watchedPlug({ flash: job.before, latencyMs: 1, clock }));
  const began = clock.now;
  const each: number[] = [];
  const work = plugs.map(async ({ bench }) => {
    await plugsmith.run({ line: bench.line, clock: clock.port(), job, baud: BAUD, finished: () => {} });
    each.push(clock.now - began);
    if (Buffer.compare(bench.flash.subarray(0, job.image.length), job.image) !== 0) throw new Error("wrong contents");
  });
  const cpuUs = await cpuOf(() => clock.complete(drain, Promise.all(work)));
  return { each, cpuUs };
}

export async function togetherGoal(job: Job): Promise<Goal> {
  heading(`Flashing: ${PLUGS} plugs at once, one process`);
  const alone = await together(1, job);
  const all = await together(PLUGS, job);
  const slowest = Math.max(...all.each);
  table(
    `${job.title}; ${BAUD} baud, 1 ms adapters; CPU time of loader and simulated plugs together`,
    ["plugs", "slowest, virtual s", "CPU s", "CPU s a plug", "virtual per CPU"],
    [alone, all].map(({ each, cpuUs }) => [
      String(each.length),
      seconds(Math.max(...each)),
      seconds(cpuUs),
      seconds(cpuUs / each.length),
      ((Math.max(...each) * each.length) / cpuUs).toFixed(1),
    ]),
  );
  const share = alone.each[0]! / slowest;
  return {
    goal: `${PLUGS} plugs at once, each at ${percent(SHARE)} of its single speed (virtual time)`,
    met: share >= SHARE,
    found: percent(share),
  };
}
