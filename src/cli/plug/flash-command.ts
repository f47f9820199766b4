/** What the commands that touch the flash have in common: options, the session, the way it ends. */

import { say } from "../../core/index.ts";
import type { FlashJob, FlashOutcome, FlashRequest } from "../../engine/index.ts";
import { HANDLING, JobHost, startFlash, VIRTUAL_PATIENCE_MS } from "../../host/index.ts";
import { operatorThrough } from "../ask/shown-operator.ts";
import { followJob } from "../ask/watch-job.ts";
import type { CommandRun } from "../command.ts";
import { anyPort, choice, flag, type OptionsOf, type Parser, parsed } from "../options.ts";
import { connectPlug } from "./connection.ts";

/**
 * Where nobody sits at the terminal, nobody will plug anything in either: long enough for a look at all rates, a wait,
 * and a look again.
 */
export const UNATTENDED_PATIENCE_MS = 30_000;

/** How long a chip is called that has not answered yet, ms; undefined: until Ctrl-C. */
export function firstPatienceMs(virtual: boolean, attended: boolean): number | undefined {
  if (virtual) return VIRTUAL_PATIENCE_MS;
  return attended ? undefined : UNATTENDED_PATIENCE_MS;
}

/** Seconds a command lasts: more than 0, at most a day. */
export const SECONDS: Parser<number> = {
  parse: (text) => (Number(text) > 0 && Number(text) <= 86_400 ? Number(text) : undefined),
  expected: say`Write a number of seconds, at most one day (86400).`,
};

/** Decimal or 0x hexadecimal, not negative. */
export const COUNT: Parser<number> = {
  parse: (text) => (/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text) ? Number(text) : undefined),
  expected: say`Write a number such as 4096 or 0x1000.`,
};

export const CONNECTION_OPTIONS = {
  port: anyPort(),
  baud: parsed(
    "--baud <rate>",
    say`use exactly this rate; by default, the highest rate that the adapter supports, tested before use`,
    COUNT,
  ),
  after: choice(
    "--after <what>",
    say`at the end: stay (the stub keeps running for the next command) or run (start the firmware)`,
    ["stay", "run"],
    "stay",
  ),
};

export const FLASH_OPTIONS = {
  ...CONNECTION_OPTIONS,
  full: flag("--full", say`transfer everything, even data that a digest proves unchanged`),
  dryRun: flag("--dry-run", say`show the plan without changing anything`),
};

export interface SessionOptions extends OptionsOf<typeof CONNECTION_OPTIONS> {
  readonly full?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** One connection and one power-up; the terminal is asked before something is changed. Errors: port-*, and those of the job. */
export async function runFlash<J extends FlashJob>(
  run: CommandRun,
  { port, baud, after, full = false, dryRun = false }: SessionOptions,
  job: J,
  order: FlashRequest<J>["order"],
): Promise<FlashOutcome<J>> {
  const plug = await connectPlug(run, { name: port, handling: HANDLING.download });
  const { emit, signal, attended } = run;
  const connectMs = firstPatienceMs(plug.virtual, attended);
  const patience = connectMs === undefined ? undefined : { connectMs };
  const place = { host: new JobHost(plug), environment: plug, line: plug.line, patience };
  const request = { job, order, dryRun, agreed: run.globals.yes, attended, baud, full, after };
  // Virtual time waits for the person.
  const watcher = { emit, operator: operatorThrough(run.operator, (answer) => plug.hold(answer)) };
  try {
    return await followJob(plug, startFlash(place, request), signal, watcher);
  } finally {
    await plug.close();
  }
}
