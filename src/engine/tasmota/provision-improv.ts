/** Wi-Fi credentials by the Improv protocol, over the same serial line. Carries UTF-8, which the console does not. */

import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import {
  encodeStateRequest,
  encodeWifiSettings,
  IMPROV_ERRORS,
  IMPROV_PREAMBLE,
  IMPROV_STATES,
  type ImprovFrame,
} from "../../core/tasmota/improv.ts";
import { say } from "../../core/text/text.ts";
import type { ProvisionContext, Provisioned } from "../firmware-driver/contract.ts";
import { waitFor } from "./client.ts";
import type { ConsoleClient } from "./console-client.ts";
import type { PlugConsole } from "./plug-console.ts";
import { provisionAtWires } from "./provision-at-wires.ts";
import { awaitSafeUptime } from "./restart.ts";

const REPLY_MS = 2000;
const ATTEMPTS = 3;

/** Sends a request and waits for a frame that the caller accepts. Errors: no-answer. */
async function request(
  console: PlugConsole,
  bytes: Uint8Array,
  accept: (frame: ImprovFrame) => boolean,
  context: ProvisionContext,
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const reply = waitFor<ImprovFrame>(
      context.clock,
      REPLY_MS,
      (found, failed) => {
        const endLost = console.onLost(failed);
        const endFrames = console.listen((output) => {
          if (output.kind === "improv" && (accept(output.frame) || output.frame.kind === "error")) found(output.frame);
        });
        return () => {
          endLost();
          endFrames();
        };
      },
      context.signal,
    );
    reply.catch(() => undefined);
    await console.write(new Uint8Array([...IMPROV_PREAMBLE, ...bytes]), context.signal);
    const frame = await reply;
    if (frame !== undefined && accept(frame)) return;
    if (frame?.kind === "error") {
      const reason = IMPROV_ERRORS[frame.error] ?? say`unknown error`;
      context.events({ type: "retry", step: "provision", attempt, reason });
    }
  }
  throw new PlugsmithError("no-answer", {
    message: say`The plug does not answer in the Improv protocol.`,
    context: { protocol: "improv" },
    step: "provision",
    plugState: say`running Tasmota, not in a network`,
    nextStep: say`Use the serial console or the access point as the transport. This image may not support Improv.`,
  });
}

/** Whether the plug's image has no Improv: it was asked in it and did not answer. */
export function lacksImprov(error: unknown): boolean {
  return isPlugsmithError(error, "no-answer") && error.context?.protocol === "improv";
}

/** Errors: as over the serial console. */
export async function provisionOverImprov(
  console: PlugConsole,
  credentials: WifiCredentials,
  context: ProvisionContext,
  options: { readonly mac?: string | undefined } = {},
): Promise<Provisioned> {
  const submit = async (each: WifiCredentials, client: ConsoleClient): Promise<readonly string[]> => {
    await awaitSafeUptime(client, context.clock, context.signal);
    await request(console, encodeStateRequest(), (frame) => frame.kind === "state", context);
    const taken = (frame: ImprovFrame): boolean => frame.kind === "state" && frame.state === IMPROV_STATES.provisioning;
    await request(console, encodeWifiSettings(each.ssid, each.passphrase), taken, context);
    return [];
  };
  return provisionAtWires(console, credentials, context, { transport: "improv", mac: options.mac, submit });
}
