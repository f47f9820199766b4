/** Which Wi-Fi network a plug is to join, asked of the person: beforehand, and again where the plug could not join. */
import type { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { credentialFaults, type WifiCredentials } from "../../core/tasmota/credentials.ts";
import { joined, say } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";

/** A network as far as it is given. */
export interface GivenWifi {
  readonly ssid?: string | undefined;
  readonly passphrase?: string | undefined;
}

/**
 * Asks until a network could have these, each time only for what is wrong. No network has an empty name, so that is the
 * way to give up.
 */
export async function askCredentials(
  operator: Operator,
  given: GivenWifi,
  signal?: AbortSignal,
): Promise<WifiCredentials | undefined> {
  const ssid = await validName(operator, given.ssid, signal);
  if (ssid === "") return undefined;
  const question = say`Password of "${ssid}" (empty for an open network):`;
  let text = question;
  for (let { passphrase } = given; ; passphrase = undefined) {
    passphrase ??= await operator.provide({ id: "passphrase", text, secret: true }, signal);
    const faults = credentialFaults({ ssid, passphrase });
    if (faults.length === 0) return { ssid, passphrase };
    text = joined([say`Invalid password: ${joined(faults, "; ")}.`, question]);
  }
}

/** Empty: given up. */
async function validName(
  operator: Operator,
  given: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const first = say`Name of the Wi-Fi network:`;
  let name = given ?? (await operator.provide({ id: "ssid", text: first, secret: false }, signal));
  for (;;) {
    const faults = credentialFaults({ ssid: name, passphrase: "" });
    if (name === "" || faults.length === 0) return name;
    const text = joined([
      say`Invalid network name: ${joined(faults, "; ")}.`,
      say`Name of the Wi-Fi network (empty to cancel):`,
    ]);
    name = await operator.provide({ id: "ssid", text, secret: false }, signal);
  }
}

interface Asking {
  readonly operator: Operator;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What to do after the plug could not join: ask for other credentials.
 * @param tried the name that it was given first, kept by an empty answer.
 */
export function correction(
  { operator, events, signal }: Asking,
  tried?: string,
): (failure: PlugsmithError) => Promise<WifiCredentials | undefined> {
  let name = tried;
  return async (failure) => {
    // The failure was reported as the reason for the new attempt.
    const { nextStep } = failure.texts;
    if (nextStep !== undefined) events({ type: "notice", level: "info", text: nextStep });
    const text =
      name === undefined
        ? say`Correct name of the Wi-Fi network (empty to cancel):`
        : say`Network name [${name}], Enter keeps it, Ctrl-C cancels:`;
    const typed = await operator.provide({ id: "ssid", text, secret: false }, signal);
    const credentials = await askCredentials(operator, { ssid: typed === "" ? (name ?? "") : typed }, signal);
    name = credentials?.ssid ?? name;
    return credentials;
  };
}
