/**
 * The first start of the new firmware: GPIO0 free, power really away and back, and the firmware's own word that it woke
 * up from a power-on. The straps are latched at power-up, so a plug that only restarted would fall back into the boot
 * loader later; and Tasmota's default module has its button on GPIO0, where a wire held low for 40 s resets everything.
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { isOverNetwork, lineLostRemedy } from "../../core/line-lost.ts";
import { isObject, textField } from "../../core/tasmota/answer.ts";
import { query } from "../../core/tasmota/command.ts";
import { parseNetwork } from "../../core/tasmota/status.ts";
import type { Clock, Operator } from "../ports.ts";
import type { TasmotaClient } from "../tasmota/client.ts";
import { ConsoleClient } from "../tasmota/console-client.ts";
import { PlugConsole } from "../tasmota/plug-console.ts";
import { sleep } from "../time.ts";
import type { RecordedLine } from "../wires/recorded-line.ts";
import { isThereWithin } from "./bench-acts.ts";

export interface BootProof {
  /** "15.2.0.2(tasmota)". */
  readonly version: string;
  /** As Tasmota words it: "Power On". */
  readonly restartReason: string;
  /** 12 lower-case hex digits. */
  readonly mac: string;
}

/** How often the person is asked to take the power away before the job gives up. */
const ATTEMPTS = 3;

/** Enumeration, boot and the first seconds in which Tasmota is busy with Wi-Fi. */
const PATIENCE_MS = 30_000;

/**
 * @param plug whose start it must be; two plugs on one bench are soon mistaken for each other.
 * @throws no-answer, wrong-plug, line-lost after patience, aborted
 */
export async function coldStart(
  line: RecordedLine,
  clock: Clock,
  operator: Operator,
  signal?: AbortSignal,
  plug?: string,
): Promise<BootProof> {
  for (let attempt = 1; ; attempt++) {
    await operator.act(
      { id: "release-gpio0", text: "Take the GPIO0 wire off ground: it must hang free from now on." },
      signal,
    );
    await operator.act(
      {
        id: "cold-start",
        text: "Take the power away and give it back: pull the USB adapter out, count to three, plug it in again.",
      },
      signal,
    );
    if (!(await isThereWithin(line, clock, PATIENCE_MS, signal))) throw adapterGone(line.identity.path);
    const heard = await hear(line, clock, signal);
    if (heard instanceof PlugsmithError) {
      // Power that was not really away leaves the flasher's stub running, which says nothing of itself.
      if (attempt < ATTEMPTS) continue;
      throw heard;
    }
    if (plug !== undefined && heard.mac !== plug) throw otherPlug(heard.mac, plug);
    // "Power On" is what Status 1 says after the supply was away (ESP.getResetReason in the Arduino core).
    if (/power on/i.test(heard.restartReason)) return heard;
    if (attempt === ATTEMPTS) {
      throw new PlugsmithError("unsafe", {
        message: `The plug says "${heard.restartReason}" instead of "Power On": it has not been without power.`,
        step: "boot",
        plugState: "running the new firmware, its straps still latched from download mode",
        nextStep: "Pull the adapter, or switch the separate supply off, for three seconds; then run it again.",
      });
    }
  }
}

function otherPlug(heard: string, plug: string): PlugsmithError {
  return new PlugsmithError("wrong-plug", {
    message: `The plug at the wires is ${heard}, not ${plug}, which was flashed.`,
    step: "boot",
    plugState: `${plug} is written and proven, not started yet`,
    nextStep: "Connect the plug that was flashed, then run it again; nothing is repeated.",
  });
}

function adapterGone(path: string): PlugsmithError {
  return new PlugsmithError("line-lost", {
    message: isOverNetwork(path)
      ? `The connection to ${path} did not come back.`
      : "The USB adapter did not come back.",
    step: "boot",
    plugState: "written and proven, not started yet",
    nextStep: `${lineLostRemedy(path)}, then run it again; nothing is repeated.`,
  });
}

async function hear(line: RecordedLine, clock: Clock, signal?: AbortSignal): Promise<BootProof | PlugsmithError> {
  const console = await PlugConsole.open(line, clock);
  const client: TasmotaClient = new ConsoleClient(console);
  const deadline = clock.now() + PATIENCE_MS;
  let cause: unknown;
  try {
    while (clock.now() < deadline) {
      try {
        const version = text(await client.send(query("Status 2"), { timeoutMs: 2000, signal }), "StatusFWR", "Version");
        const reason = text(
          await client.send(query("Status 1"), { timeoutMs: 2000, signal }),
          "StatusPRM",
          "RestartReason",
        );
        const { mac } = parseNetwork(await client.send(query("Status 5"), { timeoutMs: 2000, signal }));
        if (version !== undefined && reason !== undefined && mac !== undefined) {
          return { version, restartReason: reason, mac };
        }
      } catch (error) {
        if (isPlugsmithError(error, "aborted") || isPlugsmithError(error, "mains-on-wires")) throw error;
        cause = error;
        await sleep(clock, 1000, signal);
      }
    }
  } finally {
    await client.close();
  }
  return new PlugsmithError("no-answer", {
    message: "The new firmware does not answer on the serial console.",
    step: "boot",
    plugState: "written and proven; it does not start, or its wires are loose",
    nextStep:
      "Check that GPIO0 hangs free and that TX and RX are still connected; with a weak 3.3 V supply use a separate one. Then run it again.",
    cause,
  });
}

function text(answer: Awaited<ReturnType<TasmotaClient["send"]>>, group: string, key: string): string | undefined {
  const value = answer.members.find((member) => member.key === group)?.value;
  return isObject(value) ? textField(value, key) : undefined;
}
