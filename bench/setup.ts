/**
 * Setting up plugs that have Tasmota: one over each transport, and many at once on one machine. Virtual time for what the
 * plugs and the network take; CPU time and memory for what the virtual plugs and the engine cost this machine.
 */
import { WIFI_TRANSPORTS, type WifiTransport } from "../src/core/tasmota/credentials.ts";
import { drain } from "../src/platform/node/system.ts";
import { SetupRig } from "../test/support/setup-rig.ts";
import { Fleet } from "./support/fleet.ts";
import { cpuOf } from "./support/host-cost.ts";
import { type Bench, type Goal, heading, seconds, table } from "./support/report.ts";

const COUNTS: readonly number[] = [10, 50, 200];
const QUICK_COUNTS: readonly number[] = [5, 20];
/** How long the plugs of a fleet are left alone afterwards, virtual s. */
const QUIET_S = 60;
/** Cost of one plug of the largest fleet by that of one of the smallest: linear growth would be 1. */
const GROWTH_LIMIT = 1.5;

export const setupBench: Bench = async ({ quick }) => {
  heading("Setting up Tasmota");
  const rows: string[][] = [];
  for (const transport of WIFI_TRANSPORTS) rows.push(await onePlug(transport));
  table(
    "One plug, from power-up to audited (virtual time)",
    ["transport", "virtual s", "HTTP requests", "bytes to the console", "steps, virtual s each"],
    rows,
  );
  return [await fleets(quick ? QUICK_COUNTS : COUNTS)];
};

async function onePlug(transport: WifiTransport): Promise<string[]> {
  const rig = new SetupRig();
  rig.board.powerOn();
  await rig.setup(transport);
  const steps = rig.events.flatMap((event) =>
    event.type === "step-finished" ? [`${event.step} ${(event.durationMs / 1000).toFixed(1)}`] : [],
  );
  return [
    transport,
    seconds(rig.clock.now),
    String(rig.requests.length),
    String(rig.line.sent.length),
    steps.join(", "),
  ];
}

interface FleetCost {
  readonly count: number;
  readonly virtualUs: number;
  readonly wallMs: number;
  readonly cpuUs: number;
  readonly quietCpuUs: number;
  readonly bytes: number;
}

async function fleets(counts: readonly number[]): Promise<Goal> {
  // The first pays for compiling, which is not growth.
  await fleetCost(counts[0]!);
  const costs: FleetCost[] = [];
  for (const count of counts) costs.push(await fleetCost(count));
  table(
    `Plugs set up at once over their serial lines in one process, then left alone for ${QUIET_S} virtual s`,
    [
      "plugs",
      "virtual s",
      "wall s",
      "CPU s",
      "CPU ms a plug",
      "quiet: CPU ms a plug",
      "real time / CPU, all plugs",
      "memory MiB",
      "MiB a plug",
    ],
    costs.map(({ count, virtualUs, wallMs, cpuUs, quietCpuUs, bytes }) => [
      String(count),
      seconds(virtualUs),
      (wallMs / 1000).toFixed(1),
      seconds(cpuUs),
      (cpuUs / count / 1000).toFixed(0),
      (quietCpuUs / count / 1000).toFixed(1),
      ((QUIET_S * 1e6) / quietCpuUs).toFixed(1),
      (bytes / 2 ** 20).toFixed(0),
      (bytes / 2 ** 20 / count).toFixed(2),
    ]),
  );
  const [first, last] = [costs[0]!, costs.at(-1)!];
  const growth = last.cpuUs / last.count / (first.cpuUs / first.count);
  return {
    goal: `${last.count} plugs at once: a plug's CPU at most ${GROWTH_LIMIT} x that among ${first.count}`,
    met: growth <= GROWTH_LIMIT,
    found: `${growth.toFixed(2)} x`,
  };
}

async function fleetCost(count: number): Promise<FleetCost> {
  const before = await memory();
  const fleet = new Fleet(count);
  const wall = performance.now();
  const cpuUs = await cpuOf(() => fleet.setUp());
  const wallMs = performance.now() - wall;
  const virtualUs = fleet.clock.now;
  const bytes = (await memory()) - before;
  const quietCpuUs = await cpuOf(() => fleet.clock.run(drain, () => false, fleet.clock.now + QUIET_S * 1e6));
  fleet.powerOff();
  return { count, virtualUs, wallMs, cpuUs, quietCpuUs, bytes };
}

/** What is alive, bytes: heap and the arrays outside it. Arrays are given back only when a turn has passed. */
async function memory(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await drain();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
