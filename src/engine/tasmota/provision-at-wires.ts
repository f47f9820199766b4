/** What the transports over the serial line have in common: who is at the wires, when it gets the credentials, and what it says of joining. */

import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { query } from "../../core/tasmota/command.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import { parseNetwork } from "../../core/tasmota/status.ts";
import { say } from "../../core/text/text.ts";
import type { ProvisionContext, Provisioned } from "../firmware-driver/contract.ts";
import { ConsoleClient } from "./console-client.ts";
import { JoinFollower } from "./join-follower.ts";
import type { PlugConsole } from "./plug-console.ts";
import { withCorrections } from "./provision.ts";

/** How long a plug may take from power-up to its first answer, ms. */
const BOOT_MS = 45_000;

/** Waits for the plug's first answer. Resolves to its MAC. Errors: no-answer, line-lost, aborted. */
export async function awaitConsole(client: ConsoleClient, context: ProvisionContext): Promise<string> {
  const deadline = context.clock.now() + BOOT_MS;
  for (;;) {
    try {
      const { mac } = parseNetwork(await client.send(query("Status 5"), { signal: context.signal, timeoutMs: 1500 }));
      if (mac !== undefined) return mac;
    } catch (error) {
      if (!isPlugsmithError(error, "no-answer")) throw error;
    }
    if (context.clock.now() > deadline) {
      throw new PlugsmithError("no-answer", {
        message: say`Tasmota does not answer on the serial line.`,
        step: "provision",
        plugState: say`unknown; no firmware detected`,
        nextStep: say`Let go of the button (GPIO0), then switch the power off and on. If nothing changes, check that TX and RX are not swapped.`,
      });
    }
  }
}

/** Before a secret is sent. Errors: wrong-plug. */
function refuseOther(found: string, wanted: string | undefined): void {
  if (wanted === undefined || found === wanted) return;
  throw new PlugsmithError("wrong-plug", {
    message: say`Plug ${found} is on the wires, not ${wanted}.`,
    step: "provision",
    plugState: say`untouched`,
    nextStep: say`Connect the other plug, then run the command again.`,
    context: { expected: wanted, found },
  });
}

export interface CredentialsHandover {
  readonly transport: "serial" | "improv";
  /** Of the plug that is meant, where it is known. */
  readonly mac: string | undefined;
  /** Gives the plug these credentials. Resolves to the names of what was set along. */
  readonly submit: (credentials: WifiCredentials, client: ConsoleClient) => Promise<readonly string[]>;
}

/** Errors: wrong-plug, wifi-failed, no-answer, line-lost, and those of handing over. */
export function provisionAtWires(
  console: PlugConsole,
  credentials: WifiCredentials,
  context: ProvisionContext,
  { transport, mac: wanted, submit }: CredentialsHandover,
): Promise<Provisioned> {
  const client = new ConsoleClient(console);
  return withCorrections(credentials, context, transport, async (each) => {
    const mac = await awaitConsole(client, context);
    refuseOther(mac, wanted);
    await context.met?.(mac);
    const follower = new JoinFollower(console, each.ssid, context);
    try {
      const changed = await submit(each, client);
      follower.forget();
      return { transport, mac, address: await follower.outcome(client), changed };
    } finally {
      follower.stop();
    }
  });
}
