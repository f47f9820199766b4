/**
 * The first start of the new firmware: GPIO0 free, power really away and back, and the firmware's own word that it woke
 * up from a power-on. The straps are latched at power-up, so a plug that only restarted would fall back into the boot
 * loader later; and Tasmota's default module has its button on GPIO0, where a wire held low for 40 s resets everything.
 */
import { PlugsmithError } from "../../core/errors.ts";
import { isOverNetwork, lineLostRemedy } from "../../core/line-lost.ts";
import { say } from "../../core/text/text.ts";
import type { BootProof, FirmwareDriver } from "../firmware-driver/contract.ts";
import type { Clock, Operator } from "../ports.ts";
import type { RecordedLine } from "../wires/recorded-line.ts";
import { appearsWithin } from "./operator-actions.ts";

/** How often the person is asked to take the power away before the job gives up. */
const ATTEMPTS = 3;

/** Enumeration, boot and the first seconds in which Tasmota is busy with Wi-Fi. */
const PATIENCE_MS = 30_000;

export interface ColdStart {
  readonly clock: Clock;
  readonly operator: Operator;
  /** Of the firmware that was written. */
  readonly firmware: Pick<FirmwareDriver, "boot">;
  /** Whose start it must be; two plugs on one bench are soon mistaken for each other. */
  readonly plug?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws no-answer, wrong-plug, line-lost after patience, aborted */
export async function coldStart(line: RecordedLine, context: ColdStart): Promise<BootProof> {
  const { clock, operator, firmware, plug, signal } = context;
  const { boot } = firmware;
  for (let attempt = 1; ; attempt++) {
    await operator.act(
      {
        id: "release-gpio0",
        text: say`Let go of the button. From now on, never press it again; nothing may join the blue wire (GPIO0) to GND.`,
      },
      signal,
    );
    await operator.act(
      {
        id: "cold-start",
        text: say`Take the power away and give it back: pull the USB adapter out, count to three, plug it in again.`,
      },
      signal,
    );
    if (!(await appearsWithin(line, clock, PATIENCE_MS, signal))) throw adapterGone(line.identity.path);
    const { proof: heard, cause } = await boot.hear(line, clock, PATIENCE_MS, signal);
    if (heard === undefined) {
      // Power that was not really away leaves the flasher's stub running, which says nothing of itself.
      if (attempt < ATTEMPTS) continue;
      throw startSilent(cause);
    }
    if (plug !== undefined && heard.mac !== plug) throw otherPlug(heard.mac, plug);
    if (heard.restartReason.toLowerCase().includes(boot.powerOn.toLowerCase())) return heard;
    if (attempt === ATTEMPTS) {
      throw new PlugsmithError("unsafe", {
        message: say`The plug says "${heard.restartReason}" instead of "${boot.powerOn}": it has not been without power.`,
        step: "boot",
        plugState: say`running the new firmware, its straps still latched from download mode`,
        nextStep: say`Pull the adapter, or switch the separate supply off, for three seconds; then run it again.`,
      });
    }
  }
}

function otherPlug(heard: string, plug: string): PlugsmithError {
  return new PlugsmithError("wrong-plug", {
    message: say`The plug at the wires is ${heard}, not ${plug}, which was flashed.`,
    step: "boot",
    plugState: say`${plug} is written and proven, not started yet`,
    nextStep: say`Connect the plug that was flashed, then run it again; nothing is repeated.`,
  });
}

function adapterGone(path: string): PlugsmithError {
  return new PlugsmithError("line-lost", {
    message: isOverNetwork(path)
      ? say`The connection to ${path} did not come back.`
      : say`The USB adapter did not come back.`,
    step: "boot",
    plugState: say`written and proven, not started yet`,
    nextStep: say`${lineLostRemedy(path)}, then run it again; nothing is repeated.`,
  });
}

function startSilent(cause: unknown): PlugsmithError {
  return new PlugsmithError("no-answer", {
    message: say`The new firmware does not answer on the serial console.`,
    step: "boot",
    plugState: say`written and proven; it does not start, or its wires are loose`,
    nextStep: say`Check that GPIO0 hangs free and that TX and RX are still connected; with a weak 3.3 V supply use a separate one. Then run it again.`,
    cause,
  });
}
