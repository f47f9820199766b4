/** Wi-Fi credentials over the serial console, as commands. The wires that flashed the plug are still there. */

import { PlugsmithError } from "../../core/errors.ts";
import { memberOf } from "../../core/tasmota/answer.ts";
import { backlogOf, type Command, commandText, query, setting } from "../../core/tasmota/command.ts";
import { fitsBacklog, type WifiCredentials } from "../../core/tasmota/credentials.ts";
import { say } from "../../core/text/text.ts";
import type { ProvisionContext, Provisioned, ProvisionStart } from "../firmware-driver/contract.ts";
import { BACKLOG_STEP_MS, sendAll } from "./apply.ts";
import { waitFor } from "./client.ts";
import { differencesAlong } from "./configure.ts";
import { ConsoleClient } from "./console-client.ts";
import type { PlugConsole } from "./plug-console.ts";
import { awaitConsole, provisionAtWires } from "./provision-at-wires.ts";
import { awaitSafeUptime, SAFE_UPTIME_FOR_SETTINGS_S } from "./restart.ts";

/**
 * Errors: bad-argument and unsupported-transport before anything is sent; wifi-failed with the reason; not-settled if the plug
 * did not take the values; wrong-plug; no-answer; line-lost.
 */
export async function provisionOverSerial(
  console: PlugConsole,
  credentials: WifiCredentials,
  context: ProvisionContext,
  options: Pick<ProvisionStart, "mac" | "along"> = {},
): Promise<Provisioned> {
  const { mac, along } = options;
  const submit = async (each: WifiCredentials, client: ConsoleClient): Promise<readonly string[]> => {
    const own = commandsOf(each);
    const { signal, clock } = context;
    const others = along === undefined ? [] : await differencesAlong({ client, signal }, along, own);
    await awaitSafeUptime(client, clock, signal, SAFE_UPTIME_FOR_SETTINGS_S);
    await sendCredentials(console, each, others, context);
    return others.map(({ name }) => name);
  };
  return provisionAtWires(console, credentials, context, { transport: "serial", mac, submit });
}

/** One quote clears a text; an empty argument would only ask. */
function commandsOf({ ssid, passphrase }: WifiCredentials): readonly Command[] {
  return [setting("SSID1", ssid), setting("Password1", passphrase === "" ? '"' : passphrase)];
}

/** The plug's answers to both settings must come within this time, ms; its restart follows about 2 s later. */
const TAKEN_MS = 3000;
const SEND_ATTEMPTS = 3;

/**
 * Sends both values and checks the plug's own spelling of them. A plug that restarted in between is sent both again.
 * @param others that go before them in the same Backlog: it restarts when all have been carried out (restart_flag and
 * BACKLOG_EMPTY in support_tasmota.ino, Every250mSeconds).
 */
async function sendCredentials(
  console: PlugConsole,
  credentials: WifiCredentials,
  others: readonly Command[],
  context: ProvisionContext,
): Promise<void> {
  const { clock, signal } = context;
  const commands = [...others, ...commandsOf(credentials)];
  const lines = fitsBacklog(credentials)
    ? [commandText(backlogOf(commands, "serial"))]
    : commands.map((command) => commandText(command));
  // Kept from one attempt to the next: an answer that was heard stands, though the one beside it was lost on the wires.
  const taken = { ssid: undefined as unknown, passphrase: undefined as unknown };
  const areTaken = (): boolean => taken.ssid === credentials.ssid && taken.passphrase === credentials.passphrase;
  for (let attempt = 1; ; attempt++) {
    const answered = waitFor<true>(
      clock,
      TAKEN_MS + commands.length * BACKLOG_STEP_MS,
      (found) =>
        console.listen((output) => {
          if (output.kind !== "line" || output.answer?.answer === undefined) return;
          taken.ssid = memberOf(output.answer.answer, "SSId1") ?? taken.ssid;
          taken.passphrase = memberOf(output.answer.answer, "Password1") ?? taken.passphrase;
          if (areTaken()) found(true);
        }),
      signal,
    );
    // A rejection must find a handler even while the lines are still being written.
    answered.catch(() => undefined);
    await console.write(new TextEncoder().encode(`\n${lines.join("\n")}\n`), signal);
    await answered;
    if (areTaken()) return;
    if (attempt === SEND_ATTEMPTS) throw notTaken(taken.ssid === credentials.ssid);
    context.events({
      type: "retry",
      step: "provision",
      attempt,
      reason: say`the plug did not confirm the credentials`,
    });
    const client = new ConsoleClient(console);
    await awaitConsole(client, context);
    // The plug reports the name, but never the passphrase.
    taken.ssid = memberOf(await client.send(query("SSID1"), { signal }), "SSId1") ?? taken.ssid;
    if (areTaken()) return;
    await awaitSafeUptime(client, clock, signal);
  }
}

/**
 * Has a plug that knows a network forget it. Without one it opens its access point (support_wifi.ino, WifiConnect:
 * WIFI_MANAGER where no SSID is set). Errors: no-answer, line-lost, those of the restart.
 */
export async function forgetNetwork(console: PlugConsole, context: ProvisionContext): Promise<void> {
  const client = new ConsoleClient(console);
  const { clock, events, signal } = context;
  await awaitConsole(client, context);
  const known = memberOf(await client.send(query("SSID1"), { signal }), "SSId1");
  if (known === undefined || known === "") return;
  await sendAll({ client, clock, events, signal }, [setting("SSID1", '"'), setting("Password1", '"')]);
}

function notTaken(ssidTaken: boolean): PlugsmithError {
  return new PlugsmithError("not-settled", {
    message: ssidTaken
      ? say`The plug received a password that differs from the one sent.`
      : say`The plug received a network name that differs from the one sent.`,
    step: "provision",
    plugState: say`running Tasmota, credentials unknown`,
    nextStep: say`Check the wires (interference damages characters), or use the plug's access point.`,
    context: { setting: ssidTaken ? "Password1" : "SSID1" },
  });
}
