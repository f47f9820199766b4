/**
 * One image to a plug, followed until another firmware runs there. How it gets there is the delivery's affair. Each wait
 * is a step of its own, so that a person sees what is waited for.
 * Source: Tasmota tasmota/tasmota_support/support_tasmota.ino (restart_flag); Arduino core for ESP8266 eboot.c (a
 * compressed image is unpacked into its place at the restart).
 */

import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import type { RunningFirmware } from "../../core/firmware/running.ts";
import type { UpgradeStage } from "../../core/firmware/upgrade-plan.ts";
import type { StageStep } from "../../core/step-id.ts";
import { say } from "../../core/text/text.ts";
import type { Clock } from "../ports.ts";
import { runStep } from "../step.ts";
import type { HttpClient } from "../tasmota/http-client.ts";
import { awaitSafeUptime, readMoment, SAFE_UPTIME_S } from "../tasmota/restart.ts";
import { awaitReboot, RETURN_MS, showedAnother } from "./await-reboot.ts";

export interface SendContext {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
  readonly delivery: Delivery;
}

export interface Delivery {
  /**
   * Hands an image over, telling the bytes as progress of the step. Resolves to undefined where the plug is known to
   * have it, else to how the transfer broke off: the plug may have it all the same. Rejects where trying again is of no
   * use.
   */
  deliver(
    context: Omit<SendContext, "delivery">,
    stage: UpgradeStage,
    step: StageStep,
  ): Promise<PlugsmithError | undefined>;
  /** The plug has restarted, or will not: nothing is given out any more. */
  end(): Promise<void>;
}

const ATTEMPTS = 3;

/**
 * Resolves to what runs afterwards, as first seen. Errors: command-refused, no-answer, network-failed, unauthorized,
 * aborted.
 */
export async function sendImage(
  context: SendContext,
  stage: UpgradeStage,
  before: RunningFirmware,
): Promise<RunningFirmware> {
  const { clock, events } = context;
  const step = stepOf(stage);
  for (let attempt = 1; ; attempt++) {
    if (!before.minimal) await settle(context);
    const began = clock.now();
    if (attempt === 1) {
      events({
        type: "step-started",
        step,
        title: say`Send ${stage.image.name}, ${Math.ceil(stage.file.length / 1024)} KiB`,
      });
    }
    const { problem, after } = await attemptOnce(context, stage, before, () => {
      events({
        type: "step-finished",
        step,
        durationMs: Math.round(clock.now() - began),
        summary: say`sent`,
      });
    });
    if (after !== undefined) return after;
    if (problem === undefined) {
      throw new PlugsmithError("no-answer", {
        message: say`The plug accepted ${stage.image.name}, but it still runs the previous firmware after ${RETURN_MS / 60_000} minutes.`,
        step,
        nextStep: say`Wait a minute, then run the same command again. It checks what runs and continues from there.`,
        context: { image: stage.image.name, timeoutMs: RETURN_MS },
      });
    }
    if (attempt === ATTEMPTS) throw problem;
    events({ type: "retry", step, attempt: attempt + 1, reason: problem.texts.message });
  }
}

/** The name of a stage's first step; those of its waits begin with it. */
export const stepOf = ({ kind }: UpgradeStage): StageStep => (kind === "minimal" ? "minimal" : "upgrade");

/** A plug that has only just started is let be: the restart to come would count as one of a boot loop. */
async function settle({ client, clock, events, signal }: SendContext): Promise<void> {
  const { uptime } = await readMoment(client, clock, signal);
  if (uptime >= SAFE_UPTIME_S) return;
  await runStep(
    { events, clock },
    "settle",
    say`Wait until the plug has been running for ${SAFE_UPTIME_S} s`,
    async () => {
      const moment = await awaitSafeUptime(client, clock, signal);
      return [undefined, say`running for ${moment.uptime} s`];
    },
  );
}

interface Outcome {
  readonly problem: PlugsmithError | undefined;
  readonly after: RunningFirmware | undefined;
}

async function attemptOnce(
  context: SendContext,
  stage: UpgradeStage,
  before: RunningFirmware,
  handedOver: () => void,
): Promise<Outcome> {
  const { delivery } = context;
  const step = stepOf(stage);
  try {
    const problem = await delivery.deliver(context, stage, step);
    if (problem === undefined) {
      handedOver();
      return { problem, after: await awaitReboot(context, step, before) };
    }
    const after = await showedAnother(context, step, before);
    if (after !== undefined) handedOver();
    return { problem, after };
  } finally {
    await delivery.end();
  }
}
