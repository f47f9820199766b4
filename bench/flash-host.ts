/** What flashing costs the host, and how fast the virtual chip runs: CPU time. */
import { openSession } from "../src/engine/flash/session.ts";
import { sleep } from "../src/engine/time.ts";
import { drain } from "../src/platform/node/system.ts";
import { VirtualDisk } from "../src/sim/world/disk.ts";
import { type Client, plugsmith } from "./support/clients.ts";
import { cpuOf, hostCost } from "./support/host-cost.ts";
import type { Job } from "./support/jobs.ts";
import { type Goal, heading, ratio, seconds, table } from "./support/report.ts";
import { watchedPlug } from "./support/rig.ts";

const HOST_SHARE = 0.2;
const BAUD = 460800;
/** Virtual seconds per CPU second. "Far more when it waits" is taken for this. */
const CODEC_SPEED = 2;
const WAITING_SPEED = 50;
const WAIT_MS = 60_000;

export async function hostGoals(jobs: readonly Job[], clients: readonly Client[]): Promise<readonly Goal[]> {
  heading("Flashing: the host's side (CPU time on this machine)");
  const found: Goal[] = [];
  for (const job of jobs) found.push(await shareGoal(job, clients));
  const conversion = jobs.find(({ name }) => name === "b");
  if (conversion !== undefined) found.push(...(await chipGoals(conversion)));
  return found;
}

async function shareGoal(job: Job, clients: readonly Client[]): Promise<Goal> {
  const costs: { client: Client; cpu: number; delivery: number }[] = [];
  for (const client of clients) {
    const cost = await hostCost(client, job, BAUD, 1);
    costs.push({ client, cpu: cost.client, delivery: cost.delivery });
  }
  const better = Math.min(...costs.filter(({ client }) => client !== plugsmith).map(({ cpu }) => cpu));
  table(
    `Host CPU of the client alone, by playing the line's side again; ${job.title}; ${BAUD} baud, 1 ms adapter`,
    ["client", "CPU s", "of better peer", "delivering alone, CPU s"],
    costs.map(({ client, cpu, delivery }) => [client.name, seconds(cpu), ratio(cpu / better), seconds(delivery)]),
  );
  const share = costs.find(({ client }) => client === plugsmith)!.cpu / better;
  return {
    goal: `(${job.name}) host CPU at most ${HOST_SHARE} of the better peer's`,
    met: share <= HOST_SHARE,
    found: ratio(share),
  };
}

/** Virtual time per CPU time while the stub computes (digests of the whole flash) and while it waits. */
async function chipGoals(job: Job): Promise<Goal[]> {
  const { clock, bench } = watchedPlug({ flash: job.before, latencyMs: 1 });
  const { files } = new VirtualDisk({ seed: 1 });
  const session = openSession({ line: bench.line, clock: clock.port(), files, home: "/home", tool: "bench" });
  await clock.complete(drain, session.identify());
  const speed = async (work: () => Promise<unknown>): Promise<number> => {
    const from = clock.now;
    const cpu = await cpuOf(work);
    return (clock.now - from) / cpu;
  };
  const codec = await speed(() => clock.complete(drain, session.verify(job.before, { raw: true })));
  // An empty world has nothing to wait for: something is due at the end of the wait.
  const waiting = await speed(() => clock.complete(drain, sleep(clock.port(), WAIT_MS)));
  await session.close();
  table(
    "The virtual chip under a stub: virtual seconds per CPU second",
    ["digests of its flash", "waiting for a command"],
    [[codec.toFixed(1), waiting.toFixed(0)]],
  );
  return [
    {
      goal: `virtual chip at ${CODEC_SPEED} x real time or better while a stub computes`,
      met: codec >= CODEC_SPEED,
      found: `${codec.toFixed(1)} x`,
    },
    {
      goal: `and at ${WAITING_SPEED} x or better while it waits`,
      met: waiting >= WAITING_SPEED,
      found: `${waiting.toFixed(0)} x`,
    },
  ];
}
