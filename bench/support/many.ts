/**
 * Several plugs flashed at once by one process. Virtual time knows no host CPU, so here it is charged: what the process
 * spends after an event passes on the clock too before the next event is looked at, as it would on a real host, at the
 * speed of this machine. Times in µs.
 */
import type { ByteLine } from "../../src/engine/ports.ts";
import { drain } from "../../src/platform/node/drain.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import type { Client } from "./clients.ts";
import type { Job } from "./jobs.ts";
import { watchedPlug } from "./rig.ts";

export interface Many {
  /** How long each plug took. */
  readonly times: readonly number[];
  /** CPU charged, all plugs together, and the longest single stretch of it. */
  readonly charged: number;
  readonly longest: number;
}

export async function flashMany(client: Client, job: Job, count: number, latencyMs: number): Promise<Many> {
  const clock = new SimClock();
  const plugs = Array.from({ length: count }, () => watchedPlug({ flash: job.before, latencyMs, clock }));
  const began = clock.now;
  let owed = 0;
  let charged = 0;
  let longest = 0;
  const charge = (before: NodeJS.CpuUsage): void => {
    const { user, system } = process.cpuUsage(before);
    owed += user + system;
  };
  const times: number[] = [];
  const work = plugs.map(async ({ bench }) => {
    const line = charging(bench.line, charge);
    await client.run({ line, clock: clock.port(), job, baud: undefined, finished: () => {} });
    times.push(clock.now - began);
  });
  await clock.complete(async () => {
    // Passing the time that is owed may bring events, and these more for the host to do.
    for (let woken = true; woken; ) {
      const before = process.cpuUsage();
      await drain();
      charge(before);
      const due = owed;
      owed = 0;
      charged += due;
      longest = Math.max(longest, due);
      woken = clock.nextEventAt <= clock.now + due;
      clock.runInternal(clock.now + due);
    }
  }, Promise.all(work));
  return { times, charged, longest };
}

/** Work that is done inside the line's callbacks is charged as well. */
function charging(line: ByteLine, charge: (before: NodeJS.CpuUsage) => void): ByteLine {
  return {
    get identity() {
      return line.identity;
    },
    get present() {
      return line.present;
    },
    get baud() {
      return line.baud;
    },
    can: line.can,
    write: (bytes) => line.write(bytes),
    setBaud: (baud) => line.setBaud(baud),
    setControlLines: (lines) => line.setControlLines(lines),
    close: () => line.close(),
    listen: (listener) =>
      line.listen({
        ...listener,
        bytes: (chunk, at) => {
          const before = process.cpuUsage();
          listener.bytes(chunk, at);
          charge(before);
        },
      }),
  };
}
