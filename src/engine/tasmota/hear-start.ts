/** Tasmota's first words after a start, asked for over the serial console: what it is, why it started, its MAC. */
import { isPlugsmithError } from "../../core/errors.ts";
import { isObject, textField } from "../../core/tasmota/answer.ts";
import { query } from "../../core/tasmota/command.ts";
import { parseNetwork } from "../../core/tasmota/status.ts";
import type { HeardBoot } from "../firmware-driver/contract.ts";
import type { Clock } from "../ports.ts";
import { sleep } from "../time.ts";
import type { RecordedLine } from "../wires/recorded-line.ts";
import type { TasmotaClient } from "./client.ts";
import { ConsoleClient } from "./console-client.ts";
import { PlugConsole } from "./plug-console.ts";

/** What Status 1 says after the supply was away (ESP.getResetReason in the Arduino core). */
export const POWER_ON = "Power On";

export async function hearStart(
  line: RecordedLine,
  clock: Clock,
  patienceMs: number,
  signal?: AbortSignal,
): Promise<HeardBoot> {
  const console = await PlugConsole.open(line, clock);
  const client: TasmotaClient = new ConsoleClient(console);
  const deadline = clock.now() + patienceMs;
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
          return { proof: { version, restartReason: reason, mac } };
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
  return { cause };
}

function text(answer: Awaited<ReturnType<TasmotaClient["send"]>>, group: string, key: string): string | undefined {
  const value = answer.members.find((member) => member.key === group)?.value;
  return isObject(value) ? textField(value, key) : undefined;
}
