/**
 * Bringing a plug into a Wi-Fi network. What the three transports (serial console, access point, Improv) have in common:
 * what is asked, what comes out, how wrong credentials are corrected.
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import {
  credentialFaults,
  transportObstacle,
  transportsFor,
  type WifiCredentials,
  type WifiTransport,
} from "../../core/tasmota/credentials.ts";
import { WIFI_FAILURES, type WifiFailure } from "../../core/tasmota/plug-event.ts";
import { joined, say } from "../../core/text/text.ts";
import type { ProvisionContext, Provisioned } from "../firmware-driver/contract.ts";

export const DEFAULT_PATIENCE_MS = 300_000;

/** To be asked before anything is flashed. Errors: bad-argument, unsupported-transport, with reasons and without the values. */
export function checkCredentials(credentials: WifiCredentials, transport?: WifiTransport): void {
  const faults = credentialFaults(credentials);
  if (faults.length > 0) {
    throw new PlugsmithError("bad-argument", {
      message: say`Invalid Wi-Fi network: ${joined(faults, "; ")}.`,
      step: "provision",
      plugState: say`untouched`,
      nextStep: say`Correct the Wi-Fi name or password.`,
    });
  }
  if (transport === undefined) return;
  const obstacle = transportObstacle(transport, credentials);
  if (obstacle === undefined) return;
  const { usable } = transportsFor(credentials);
  throw new PlugsmithError("unsupported-transport", {
    message: say`These credentials cannot be sent with the transport "${transport}": ${obstacle}.`,
    step: "provision",
    plugState: say`untouched`,
    nextStep:
      usable.length > 0
        ? say`Leave out the transport (setup --transport), or use one of these: ${joined(usable, ", ")}.`
        : say`Change the router's network name or password.`,
    context: { transport },
  });
}

export function wifiFailed(reason: WifiFailure, ssid: string): PlugsmithError<"wifi-failed"> {
  const { text, nextStep } = WIFI_FAILURES[reason];
  return new PlugsmithError("wifi-failed", {
    message: say`The plug could not join "${ssid}": ${text}.`,
    step: "provision",
    plugState: say`running Tasmota, not in a network`,
    nextStep,
    context: { ssid, reason },
  });
}

/** Tries, and as long as somebody gives other credentials tries again. No need to open the plug in between. */
export async function withCorrections(
  first: WifiCredentials,
  context: ProvisionContext,
  transport: WifiTransport,
  attempt: (credentials: WifiCredentials) => Promise<Provisioned>,
): Promise<Provisioned> {
  let credentials = first;
  for (let round = 1; ; round++) {
    checkCredentials(credentials, transport);
    try {
      return await attempt(credentials);
    } catch (error) {
      if (!isPlugsmithError(error, "wifi-failed") || context.correct === undefined) throw error;
      context.events({ type: "retry", step: "provision", attempt: round, reason: error.texts.message });
      const corrected = await context.correct(error);
      if (corrected === undefined) throw error;
      credentials = corrected;
    }
  }
}
