/** What the commands that touch the flash have in common: options, the session, the way it ends. */

import { say, type Text } from "../../core/index.ts";
import { type FlashSession, openSession } from "../../engine/index.ts";
import { HANDLING, VIRTUAL_PATIENCE_MS } from "../../host/index.ts";
import { confirm } from "../ask/confirm.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import { anyPort, choice, flag, type OptionsOf, type Parser, parsed } from "../options.ts";
import { connectPlug, type PlugConnection } from "./connection.ts";

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
  expected: say`Write seconds, at most a day.`,
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
    say`exactly this rate; default: the highest that the adapter is known to carry, proven before use`,
    COUNT,
  ),
  after: choice("--after <what>", say`stay (stub keeps running for the next command) or run`, ["stay", "run"], "stay"),
};

export const FLASH_OPTIONS = {
  ...CONNECTION_OPTIONS,
  full: flag("--full", say`transfer everything, even what a digest proves to be there`),
  dryRun: flag("--dry-run", say`show the plan, change nothing`),
};

export interface SessionOptions extends OptionsOf<typeof CONNECTION_OPTIONS> {
  /** Whatever a digest proves to be there. */
  readonly full?: boolean | undefined;
}

export interface FlashTools {
  readonly session: FlashSession;
  readonly plug: PlugConnection;
  /** Asks the person; virtual time waits for the answer. */
  readonly confirmed: (question: Text) => Promise<boolean>;
}

/** Runs `work` in one session: one connection and one power-up, however many steps it has. */
export async function withSession(
  run: CommandRun,
  { port, baud, after, full }: SessionOptions,
  work: (tools: FlashTools) => Promise<CommandOutcome>,
): Promise<CommandOutcome> {
  const plug = await connectPlug(run, { name: port, handling: HANDLING.download });
  const connectMs = firstPatienceMs(plug.virtual, run.attended);
  const job = async (): Promise<CommandOutcome> => {
    const session = openSession({
      line: plug.line,
      clock: plug.clock,
      files: plug.files,
      home: plug.home,
      tool: plug.tool,
      events: run.emit,
      signal: run.signal,
      baud: baud === undefined ? undefined : { force: baud },
      patience: connectMs === undefined ? undefined : { connectMs },
      codec: plug.codec,
      skip: full !== true,
    });
    try {
      const confirmed = (question: Text): Promise<boolean> => plug.hold(confirm(run, question));
      const outcome = await work({ session, plug, confirmed });
      await session.finish(after);
      return outcome;
    } catch (error) {
      throw await session.withPlugState(error);
    } finally {
      await session.close();
    }
  };
  try {
    return await plug.drive(job());
  } finally {
    await plug.close();
  }
}
