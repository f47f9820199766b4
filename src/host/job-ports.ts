/** What the engine's jobs get: their environment, and the way to those who watch. */
import type { ConversionPorts } from "../engine/jobs/convert.ts";
import { locateIn } from "../engine/locate-plug.ts";
import type { Environment } from "./environment.ts";
import type { JobContext } from "./job.ts";

/** What is decided job by job. */
export interface JobExtras {
  /** Undefined: nothing goes over wires. */
  readonly line?: ConversionPorts["line"];
  /** Where the plug is looked for in the network; default: as the environment has it. */
  readonly range?: string | undefined;
  /** How long to wait for the chip; default: as the environment has it. */
  readonly patience?: ConversionPorts["patience"];
}

/** A virtual chip whose wires are wrong will never answer, and its time costs nothing: a minute of it is enough, ms. */
export const VIRTUAL_PATIENCE_MS = 60_000;

export async function jobPorts(
  environment: Environment,
  { operator, events, signal, claimPlug, guardWifi }: JobContext,
  { line, range, patience }: JobExtras,
): Promise<ConversionPorts> {
  const { virtual, clock, files, random, codec, home, tool, http, neighbours } = environment;
  const wifi = await environment.wifi();
  return {
    line,
    clock,
    files,
    codec,
    home,
    tool,
    random,
    http,
    operator,
    events,
    signal,
    claimPlug,
    // A virtual home's computer is in no other job's network.
    wifi: wifi === undefined || virtual ? wifi : guardWifi(wifi),
    neighbours,
    // Asked for each time: on the way the computer leaves its network for the plug's, and comes back.
    locate: (mac) => locateIn({ http, clock, events }, rangesIn(environment, range), mac, signal),
    patience: patience ?? (virtual ? { connectMs: VIRTUAL_PATIENCE_MS } : undefined),
  };
}

/** Where a plug is looked for. @param range default: as the environment has it now. */
export function rangesIn(environment: Environment, range: string | undefined): readonly string[] {
  return range === undefined ? environment.ranges() : [range];
}
