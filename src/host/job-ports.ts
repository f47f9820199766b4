/** What the engine's jobs get: their environment, and the way to those who watch. */
import type { ConversionPorts } from "../engine/jobs/convert.ts";
import type { Environment } from "./environment.ts";
import type { JobContext } from "./job.ts";

/** What is decided job by job. */
export type JobExtras = Pick<ConversionPorts, "line" | "locate" | "patience" | "random">;

/** A virtual chip whose wires are wrong will never answer, and its time costs nothing: a minute of it is enough, ms. */
export const VIRTUAL_PATIENCE_MS = 60_000;

/** @param extras what is left out is as the environment has it; no line: nothing goes over wires. */
export async function jobPorts(
  environment: Environment,
  { operator, events, signal, claimPlug, guardWifi }: JobContext,
  { line, locate, patience, random }: Partial<JobExtras> = {},
): Promise<ConversionPorts> {
  const { virtual, clock, files, codec, home, tool, http, neighbours } = environment;
  const wifi = await environment.wifi();
  return {
    line,
    clock,
    files,
    codec,
    home,
    tool,
    random: random ?? environment.random,
    http,
    operator,
    events,
    signal,
    claimPlug,
    // A virtual home's computer is in no other job's network.
    wifi: wifi === undefined || virtual ? wifi : guardWifi(wifi),
    neighbours,
    locate,
    patience: patience ?? (virtual ? { connectMs: VIRTUAL_PATIENCE_MS } : undefined),
  };
}
