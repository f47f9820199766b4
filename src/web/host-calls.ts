/** The host's calls as every way to it has them: by name, with what they are given, both as data. */
import type { Device, JobSummary, PlugSummary, PortListing } from "../host/index.ts";
import type { HostClient } from "./host-client.ts";

type SharedCalls = Pick<HostClient, "jobs" | "start" | "answer" | "abort" | "plugs" | "adapters" | "device">;

/** @param call carries the call to the host and gives what it answers. */
export function hostCalls(call: (name: keyof SharedCalls, given?: object) => Promise<unknown>): SharedCalls {
  return {
    jobs: async () => (await call("jobs")) as readonly JobSummary[],
    start: async (order) => (await call("start", { order })) as JobSummary,
    answer: async (job, question, answer) => void (await call("answer", { job, question, answer })),
    abort: async (job) => void (await call("abort", { job })),
    plugs: async () => (await call("plugs")) as readonly PlugSummary[],
    adapters: async () => (await call("adapters")) as PortListing,
    device: async () => (await call("device")) as Device,
  };
}
