/**
 * One image to a plug, followed until another firmware runs there. How it gets there is the delivery's affair.
 * Source: Tasmota tasmota/tasmota_support/support_tasmota.ino (restart_flag); Arduino core for ESP8266 eboot.c (a
 * compressed image is unpacked into its place at the restart).
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { type RunningFirmware, runningText } from "../../core/firmware/running.ts";
import type { Hop } from "../../core/firmware/upgrade-plan.ts";
import type { Clock } from "../ports.ts";
import type { HttpClient } from "../tasmota/http-client.ts";
import { awaitSafeUptime, readMoment } from "../tasmota/restart.ts";
import { sleep } from "../time.ts";
import { readRunning } from "./running.ts";

export interface SendContext {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly signal?: AbortSignal;
  readonly delivery: Delivery;
}

export interface Delivery {
  /**
   * Hands an image over. Resolves to undefined where the plug is known to have it, else to how the transfer broke off:
   * the plug may have it all the same. Rejects where trying again is of no use.
   */
  deliver(context: Omit<SendContext, "delivery">, hop: Hop, step: string): Promise<PlugsmithError | undefined>;
  /** The plug has restarted, or will not: nothing is given out any more. */
  end(): Promise<void>;
}

const ATTEMPTS = 3;
/** From the end of the upload to answers of the new firmware, ms: it restarts, unpacks some 20 s, joins the network. */
const RETURN_MS = 240_000;
/** An upload whose answer was lost: so long may the plug take to show that it restarts after all. */
const DOUBT_MS = 20_000;
const POLL_MS = 2_000;
/** In its first seconds a plug answers `{}` over HTTP. */
const TALKING_UPTIME_S = 3;

/** Resolves to what runs afterwards. Errors: command-refused, no-answer, network-failed, unauthorized, aborted. */
export async function sendImage(context: SendContext, hop: Hop, before: RunningFirmware): Promise<RunningFirmware> {
  const { client, clock, events, signal } = context;
  const step = hop.kind === "minimal" ? "minimal" : "upgrade";
  const title = `Send ${hop.image.name}, ${Math.ceil(hop.file.length / 1024)} KiB`;
  const began = clock.now();
  events({ type: "step-started", step, title });
  for (let attempt = 1; ; attempt++) {
    if (!before.minimal) await awaitSafeUptime(client, clock, signal);
    const { problem, after } = await attemptOnce(context, hop, before, step);
    if (after !== undefined) {
      const summary = `${hop.image.name} sent; the plug runs ${runningText(after)}`;
      events({ type: "step-finished", step, durationMs: clock.now() - began, summary });
      return after;
    }
    if (problem === undefined) {
      throw new PlugsmithError("no-answer", {
        message: `The plug took ${hop.image.name}, and ${RETURN_MS / 60_000} minutes later nothing else runs on it.`,
        step,
        nextStep: "Wait a minute, then run the same command again: it looks what is there and goes on.",
      });
    }
    if (attempt === ATTEMPTS) throw problem;
    events({ type: "retry", step, attempt: attempt + 1, reason: problem.message });
  }
}

interface Outcome {
  readonly problem: PlugsmithError | undefined;
  readonly after: RunningFirmware | undefined;
}

async function attemptOnce(context: SendContext, hop: Hop, before: RunningFirmware, step: string): Promise<Outcome> {
  const { clock, delivery } = context;
  try {
    const problem = await delivery.deliver(context, hop, step);
    const after = await awaitAnother(context, before, clock.now(), problem === undefined ? RETURN_MS : DOUBT_MS);
    return { problem, after };
  } finally {
    await delivery.end();
  }
}

/**
 * What runs once the plug has restarted; undefined where it did not within the time. A plug that is silent then is
 * restarting: it gets the whole time.
 */
async function awaitAnother(
  { client, clock, signal }: SendContext,
  before: RunningFirmware,
  sentAt: number,
  patienceMs: number,
): Promise<RunningFirmware | undefined> {
  let silent = false;
  while (clock.now() < sentAt + (silent ? RETURN_MS : patienceMs)) {
    await sleep(clock, POLL_MS, signal);
    try {
      const now = await readRunning(client, signal);
      silent = false;
      if (now.minimal) {
        if (!before.minimal) return now;
        continue;
      }
      const { uptime, at } = await readMoment(client, clock, signal);
      const sinceSent = (at - sentAt) / 1000;
      if (uptime >= TALKING_UPTIME_S && (before.minimal || uptime < sinceSent + 1)) return now;
    } catch (error) {
      const away = ["no-answer", "network-failed", "bad-answer", "not-supported"];
      if (!isPlugsmithError(error) || !away.includes(error.code)) throw error;
      silent = true;
    }
  }
  return undefined;
}
