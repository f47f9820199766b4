/**
 * Restarts: seeing that one has happened, waiting until the plug can be believed again, and leaving the pauses that
 * its boot-loop guard demands.
 * Source: Tasmota tasmota/tasmota_support/support_tasmota.ino (restart_flag, PerformEverySecond),
 * tasmota/tasmota.ino (fast_reboot_count: restarts within 10 s of uptime count; at the 4th rules are switched off, at
 * the 6th the module is changed).
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { field, memberOf, numberField, textField } from "../../core/tasmota/answer.ts";
import { query } from "../../core/tasmota/command.ts";
import { say } from "../../core/text/text.ts";
import type { Clock } from "../ports.ts";
import { sleep } from "../time.ts";
import type { TasmotaClient } from "./client.ts";

/** Below this uptime a restart counts as one of a boot loop; one second of margin for the plug's clock. */
export const SAFE_UPTIME_S = 11;
/**
 * Where a setting causes the restart: restart_flag is 2 then and counts down once a second (Every250mSeconds), so the restart
 * comes at least a second after it.
 */
export const SAFE_UPTIME_FOR_SETTINGS_S = 10;
/** In its first 3 s of uptime a plug carries commands out but answers `{}` over HTTP. */
const TALKING_UPTIME_S = 3;
const POLL_MS = 1000;
/** How often a plug is asked for its uptime when it is about to be long enough, ms. */
const LOOK_MS = 250;

export interface Moment {
  /** Seconds since the plug started, by its own count. */
  readonly uptime: number;
  /** This side's clock when it was reported, ms. */
  readonly at: number;
}

/** "0T00:05:12" in versions without UptimeSec. */
function parseUptime(text: string | undefined): number | undefined {
  const match = /^(\d+)T(\d\d):(\d\d):(\d\d)$/.exec(text ?? "");
  if (match === null) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map(Number) as [number, number, number, number];
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** Errors: those of `send`; bad-answer. */
export async function readMoment(client: TasmotaClient, clock: Clock, signal?: AbortSignal): Promise<Moment> {
  const answer = await client.send(query("Status 11"), { signal, timeoutMs: 5_000 });
  const status = memberOf(answer, "StatusSTS");
  const uptime = numberField(status, "UptimeSec") ?? parseUptime(textField(status, "Uptime"));
  if (uptime === undefined || field(status, "Uptime") === undefined) {
    throw new PlugsmithError("bad-answer", {
      message: say`The plug's answer to \`Status 11\` does not contain its uptime.`,
      nextStep: say`Update the plug's firmware. plugsmith supports Tasmota 9.0 and later.`,
    });
  }
  return { uptime, at: clock.now() };
}

/**
 * Whether the plug started again between two moments. Its own seconds may lag (it blocks while it scans), but never by
 * half.
 */
function hasRestarted(before: Moment, now: Moment): boolean {
  const elapsed = (now.at - before.at) / 1000;
  return now.uptime < before.uptime || now.uptime < before.uptime + elapsed / 2 - 4;
}

/**
 * Waits until a restart does not count as part of a boot loop. Call before whatever restarts the plug.
 * @param uptime s; less where the restart comes later than the command.
 */
export async function awaitSafeUptime(
  client: TasmotaClient,
  clock: Clock,
  signal?: AbortSignal,
  uptime: number = SAFE_UPTIME_S,
): Promise<Moment> {
  const patience = clock.now() + 60_000;
  for (;;) {
    const moment = await readMoment(client, clock, signal);
    if (moment.uptime >= uptime) return moment;
    if (clock.now() > patience) {
      throw new PlugsmithError("no-answer", {
        message: say`The plug restarts repeatedly.`,
        step: "restart",
        plugState: say`running for ${moment.uptime} s`,
        nextStep: say`Check the supply: Wi-Fi needs more current than many serial adapters supply (300 mA and more).`,
        context: { uptimeS: moment.uptime },
      });
    }
    await sleep(clock, Math.max(LOOK_MS, (uptime - moment.uptime) * 500), signal);
  }
}

export interface AwaitRestartOptions {
  /** How long the plug may be away, ms. Default 60 s. */
  readonly timeoutMs?: number;
  /** How long to watch for a restart that may not be needed, ms. Default 8 s (the plug takes about 2 s to begin one). */
  readonly watchMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits until the plug has restarted and can be believed. Answers before that show new values that are not in force.
 * Resolves to false where it kept running: what was sent needed no restart.
 * Errors: no-answer if it does not come back.
 */
export async function awaitRestart(
  client: TasmotaClient,
  clock: Clock,
  before: Moment,
  options: AwaitRestartOptions = {},
): Promise<boolean> {
  const { signal } = options;
  const deadline = clock.now() + (options.timeoutMs ?? 60_000);
  const watchUntil = clock.now() + (options.watchMs ?? 8_000);
  let heardStart = false;
  const endListening = client.listen((event) => {
    if (event.type === "started") heardStart = true;
  });
  let silent: unknown;
  try {
    for (;;) {
      await sleep(clock, POLL_MS, signal);
      try {
        const now = await readMoment(client, clock, signal);
        silent = undefined;
        const restarted = heardStart || hasRestarted(before, now);
        if (restarted && now.uptime >= TALKING_UPTIME_S) return true;
        if (!restarted && clock.now() > watchUntil) return false;
      } catch (error) {
        if (!isPlugsmithError(error) || !["no-answer", "network-failed", "bad-answer"].includes(error.code))
          throw error;
        silent = error;
      }
      if (clock.now() > deadline && silent !== undefined) {
        throw new PlugsmithError("no-answer", {
          message: say`The plug at ${client.where} did not come back after a restart.`,
          step: "restart",
          plugState: say`restarting, or in another network`,
          nextStep: say`Wait a minute. Check the plug's LED and the router's device list, then run the same command again.`,
          cause: silent,
          context: { address: client.where },
        });
      }
    }
  } finally {
    endListening();
  }
}
