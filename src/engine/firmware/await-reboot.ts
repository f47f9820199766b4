/**
 * The way from an image handed over to another firmware that answers: the plug restarts, unpacks, joins its network. What
 * is awaited is reported in steps.
 */

import { isPlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { type RunningFirmware, runningText } from "../../core/firmware/running.ts";
import type { StageStep } from "../../core/step-id.ts";
import { say } from "../../core/text/text.ts";
import type { Clock } from "../ports.ts";
import { startStep } from "../step.ts";
import type { HttpClient } from "../tasmota/http-client.ts";
import { readMoment } from "../tasmota/restart.ts";
import { sleep } from "../time.ts";
import { readRunning } from "./running.ts";

interface Watch {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
}

/** From the end of the upload to answers of the new firmware, ms: it restarts, unpacks some 20 s, joins the network. */
export const RETURN_MS = 240_000;
/** An upload whose answer was lost: so long may the plug take to show that it restarts after all. */
const DOUBT_MS = 20_000;
const POLL_MS = 2_000;
/** A plug that answers at all answers sooner. */
const ANSWER_MS = 4_000;
/** In its first seconds a plug answers `{}` over HTTP. */
const TALKING_UPTIME_S = 3;

/** What the plug shows of itself, from the moment that it was handed an image. */
type Observation =
  | { readonly kind: "silent" }
  /** It runs what it ran, without a restart in between. */
  | { readonly kind: "as before" }
  /** It has restarted; it is not to be believed yet. */
  | { readonly kind: "starting" }
  | { readonly kind: "another"; readonly running: RunningFirmware };

/** It has the image for certain. Undefined where nothing else runs within the time. Errors: unauthorized, aborted. */
export async function awaitReboot(
  watch: Watch,
  step: StageStep,
  before: RunningFirmware,
): Promise<RunningFirmware | undefined> {
  let end = startStep(watch, `${step}-restart`, say`The plug restarts`);
  let gone = false;
  for await (const observation of observations(watch, before, () => RETURN_MS)) {
    if (!gone && observation.kind !== "as before") {
      gone = true;
      end(observation.kind === "silent" ? say`it no longer answers` : say`it has restarted`);
      end = startStep(watch, `${step}-return`, say`The plug unpacks the image and restarts`);
    }
    if (observation.kind === "another") {
      end(say`it answers again`);
      return observation.running;
    }
  }
  return undefined;
}

/**
 * The answer to the upload was lost, so nobody knows whether it has it. Undefined where it goes on as before. A plug that
 * is silent then is restarting: it gets the whole time. Errors: unauthorized, aborted.
 */
export async function showedAnother(
  watch: Watch,
  step: StageStep,
  before: RunningFirmware,
): Promise<RunningFirmware | undefined> {
  const end = startStep(
    watch,
    `${step}-doubt`,
    say`The transfer was interrupted: check whether the plug received the image`,
  );
  let patience = DOUBT_MS;
  for await (const observation of observations(watch, before, () => patience)) {
    patience = observation.kind === "as before" ? DOUBT_MS : RETURN_MS;
    if (observation.kind !== "another") continue;
    end(say`received: it restarted and runs ${runningText(observation.running)}`);
    return observation.running;
  }
  end(say`not received`);
  return undefined;
}

/** Looks again and again, for so long after the image was handed over, ms; the patience may change on the way. */
async function* observations(
  watch: Watch,
  before: RunningFirmware,
  patience: () => number,
): AsyncGenerator<Observation, void, undefined> {
  const { clock, signal } = watch;
  const sentAt = clock.now();
  while (clock.now() < sentAt + patience()) {
    await sleep(clock, POLL_MS, signal);
    yield await probeOnce(watch, before, sentAt);
  }
}

async function probeOnce(
  { client, clock, signal }: Watch,
  before: RunningFirmware,
  sentAt: number,
): Promise<Observation> {
  const rest = { signal };
  try {
    // One short question first: those below are repeated for long where nobody answers.
    await client.page({ method: "GET", path: "/", attempts: 1, timeoutMs: ANSWER_MS, ...rest });
    const running = await readRunning(client, signal);
    if (running.minimal) return before.minimal ? { kind: "as before" } : { kind: "another", running };
    const { uptime, at } = await readMoment(client, clock, signal);
    if (!before.minimal && uptime >= (at - sentAt) / 1000 + 1) return { kind: "as before" };
    return uptime >= TALKING_UPTIME_S ? { kind: "another", running } : { kind: "starting" };
  } catch (error) {
    const away = ["no-answer", "network-failed", "bad-answer", "not-supported"];
    // It knew the first question and not the next one: it became another in between.
    if (isPlugsmithError(error, "command-refused")) return { kind: "starting" };
    if (!isPlugsmithError(error) || !away.includes(error.code)) throw error;
    return { kind: "silent" };
  }
}
