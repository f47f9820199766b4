/**
 * The first start of the new firmware: GPIO0 free, power really away and back, and the firmware's own word that it woke
 * up from a power-on. The straps are latched at power-up, so a plug that only restarted would fall back into the boot
 * loader later; and Tasmota's default module has its button on GPIO0, where a wire held low for 40 s resets everything.
 */
import { PlugsmithError } from "../../core/errors.ts";
import { isOverNetwork, lineLostRemedy } from "../../core/line-lost.ts";
import { joined, say } from "../../core/text/text.ts";
import type { BootProof, FirmwareDriver } from "../firmware-driver/contract.ts";
import type { Clock, Operator } from "../ports.ts";
import type { RecordedLine } from "../wires/recorded-line.ts";
import { appearsWithin, doInOrder } from "./operator-actions.ts";

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
    await doInOrder(
      operator,
      "first-start",
      say`For the first start, in this order:`,
      [
        {
          id: "release-gpio0",
          text: say`Let go of the button. From now on, never press it again; nothing may join the blue wire (GPIO0) to GND.`,
        },
        {
          id: "cold-start",
          text: say`Switch the power off and on: pull out the USB adapter, count to three, and plug it in again.`,
        },
      ],
      "boot",
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
        message: say`The plug reports the restart reason "${heard.restartReason}" instead of "${boot.powerOn}": its power was not off.`,
        step: "boot",
        plugState: say`running the new firmware, but still with the straps from download mode`,
        nextStep: say`Pull out the adapter, or switch off the separate supply, for three seconds. Then run the command again.`,
        context: { expected: boot.powerOn, actual: heard.restartReason },
      });
    }
  }
}

function otherPlug(heard: string, plug: string): PlugsmithError {
  return new PlugsmithError("wrong-plug", {
    message: say`Plug ${heard} is on the wires, but plug ${plug} was flashed.`,
    step: "boot",
    plugState: say`${plug} is written and verified, but not started yet`,
    nextStep: say`Connect the plug that was flashed, then run the command again. Finished steps are not repeated.`,
    context: { expected: plug, found: heard },
  });
}

function adapterGone(path: string): PlugsmithError {
  return new PlugsmithError("line-lost", {
    message: isOverNetwork(path)
      ? say`The connection to ${path} did not come back.`
      : say`The USB adapter did not come back.`,
    step: "boot",
    plugState: say`written and verified, but not started yet`,
    nextStep: joined([lineLostRemedy(path), say`Then run the command again. Finished steps are not repeated.`]),
    context: { port: path },
  });
}

function startSilent(cause: unknown): PlugsmithError {
  return new PlugsmithError("no-answer", {
    message: say`The new firmware does not answer on the serial console.`,
    step: "boot",
    plugState: say`written and verified; it does not start, or a wire is loose`,
    nextStep: say`Make sure that nothing touches the GPIO0 wire and that TX and RX are still connected. If the 3.3 V supply is weak, use a separate one. Then run the command again.`,
    cause,
  });
}
