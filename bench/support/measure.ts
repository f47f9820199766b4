/** One client doing one job on one virtual plug: how long each phase took, and what was busy meanwhile. Times in µs. */
import type { ByteLine } from "../../src/engine/ports.ts";
import type { AdapterOptions } from "../../src/sim/bench/contract.ts";
import { inVirtualTime } from "../../test/support/virtual-host.ts";
import { type Client, PHASES, type Phase } from "./clients.ts";
import type { Job } from "./jobs.ts";
import { busyTime, type WatchedPlug, watchedPlug } from "./rig.ts";

export interface Setting {
  readonly client: Client;
  readonly job: Job;
  readonly baud: number | undefined;
  readonly latencyMs: number;
  readonly adapter?: AdapterOptions | undefined;
  /** A bridge that carries bytes only: the rate is the plug's, and nothing here can change it. */
  readonly bytesOnly?: boolean | undefined;
  readonly costScale?: number;
}

export interface PhaseTimes {
  readonly from: number;
  readonly to: number;
  readonly toChip: number;
  readonly toHost: number;
  readonly flash: number;
  /** Neither wire nor flash was busy. */
  readonly idle: number;
}

export interface Measurement extends Setting {
  /** Undefined where the job failed. */
  readonly total: number | undefined;
  readonly failure: string | undefined;
  readonly phases: Readonly<Partial<Record<Phase, PhaseTimes>>>;
  readonly plug: WatchedPlug;
  /** CPU time of simulator and client together, µs. */
  readonly cpuUs: number;
}

export async function measure(setting: Setting): Promise<Measurement> {
  const { client, job, baud } = setting;
  const plug = watchedPlug({ ...setting, flash: job.before });
  const { clock, bench } = plug;
  const began = clock.now;
  const ends: { phase: Phase; at: number }[] = [];
  const cpu = process.cpuUsage();
  let failure: string | undefined;
  try {
    await inVirtualTime(clock, () =>
      client.run({
        line: setting.bytesOnly ? withoutRates(bench.line) : bench.line,
        clock: clock.port(),
        job,
        baud,
        finished: (phase) => ends.push({ phase, at: clock.now }),
      }),
    );
    failure = wrongContents(job, bench.flash);
  } catch (error) {
    failure = (error instanceof Error ? error.message : String(error)).split("\n")[0];
  }
  const { user, system } = process.cpuUsage(cpu);
  if (client.provesWrites) splitProof(ends, plug);
  const phases: Partial<Record<Phase, PhaseTimes>> = {};
  let from = began;
  for (const { phase, at } of ends) {
    phases[phase] = phaseTimes(plug, from, at);
    from = at;
  }
  return {
    ...setting,
    total: failure === undefined ? from - began : undefined,
    failure,
    phases,
    plug,
    cpuUs: user + system,
  };
}

function withoutRates(line: ByteLine): ByteLine {
  return new Proxy(line, {
    get: (target, name) => {
      if (name === "can") return { baud: false, controlLines: false };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

function phaseTimes(plug: WatchedPlug, from: number, to: number): PhaseTimes {
  return {
    from,
    to,
    toChip: plug.toChip.busy(from, to),
    toHost: plug.toHost.busy(from, to),
    flash: plug.flash.busy(from, to),
    idle: to - from - busyTime([plug.toChip, plug.toHost, plug.flash], from, to),
  };
}

/** What comes after the last programming is the proof. */
function splitProof(ends: { phase: Phase; at: number }[], plug: WatchedPlug): void {
  const last = ends.at(-1);
  const done = plug.flashDoneAt();
  if (last?.phase !== "write" || done >= last.at || done <= (ends.at(-2)?.at ?? 0)) return;
  ends.splice(-1, 1, { phase: "write", at: done }, { phase: "verify", at: last.at });
}

/** The image is there; what lies beyond its last sector is as it was. */
function wrongContents({ image, before }: Job, flash: Uint8Array): string | undefined {
  const kept = Math.ceil(image.length / 0x1000) * 0x1000;
  if (Buffer.compare(flash.subarray(0, image.length), image) !== 0) return "the image is not in the flash";
  if (Buffer.compare(flash.subarray(kept), before.subarray(kept)) !== 0) return "flash beyond the image changed";
  return undefined;
}

export const phaseSeconds = (phase: PhaseTimes | undefined): string =>
  phase === undefined ? "" : ((phase.to - phase.from) / 1e6).toFixed(2);

export { PHASES };
