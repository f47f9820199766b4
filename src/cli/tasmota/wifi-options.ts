/** The Wi-Fi network a plug is to join: options, correction after a failure, and looking for the plug in it. */

import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { credentialFaults, type PlugsmithError, say, type Text, type WifiCredentials } from "../../core/index.ts";
import { type Clock, type Http, locateIn, type Operator } from "../../engine/index.ts";
import type { CommandRun } from "../command.ts";
import { flag, type OptionsOf, secretFile, text } from "../options.ts";
import { readSecret } from "./secret-input.ts";

export const WIFI_OPTIONS = {
  ssid: text("--ssid <name>", "name of the Wi-Fi network"),
  passphrase: secretFile(
    "--passphrase-file <file>",
    "its passphrase, - for standard input (or PLUGSMITH_WIFI_PASSPHRASE)",
    "PLUGSMITH_WIFI_PASSPHRASE",
  ),
  open: flag("--open", "the network has no passphrase"),
  range: text(
    "--range <addresses>",
    "where to look for the plug if it does not tell its address (default: this computer's networks)",
  ),
};

export type WifiOptions = OptionsOf<typeof WIFI_OPTIONS>;

/** As far as the options, files and the environment say it: without a prompt the passphrase may be missing. */
export async function readPassphrase(
  run: CommandRun,
  { open, passphrase }: Pick<WifiOptions, "open" | "passphrase">,
  prompt?: Text,
): Promise<string | undefined> {
  return open ? "" : await readSecret(run, passphrase, prompt);
}

/** A network as far as it is given. */
export interface GivenWifi {
  readonly ssid: string | undefined;
  readonly passphrase: string | undefined;
}

/** Asks nothing. */
export async function givenWifi(run: CommandRun, options: WifiOptions): Promise<GivenWifi> {
  return { ssid: options.ssid, passphrase: await readPassphrase(run, options) };
}

/**
 * Asks until a network could have these, each time only for what is wrong. No network has an empty name, so that is the
 * way to give up.
 */
export async function askCredentials(
  operator: Operator,
  given: { readonly ssid?: string | undefined; readonly passphrase?: string | undefined },
  signal: AbortSignal,
): Promise<WifiCredentials | undefined> {
  const ssid = await validName(operator, given.ssid, signal);
  if (ssid === "") return undefined;
  const question = say`Passphrase of "${ssid}" (empty for an open network):`;
  let text = question;
  for (let { passphrase } = given; ; passphrase = undefined) {
    passphrase ??= await operator.provide({ id: "passphrase", text, secret: true }, signal);
    const faults = credentialFaults({ ssid, passphrase });
    if (faults.length === 0) return { ssid, passphrase };
    text = say`That cannot be: ${faults.join("; ")}. ${question}`;
  }
}

/** Empty: given up. */
async function validName(operator: Operator, given: string | undefined, signal: AbortSignal): Promise<string> {
  const first = say`Name of the Wi-Fi network:`;
  let name = given ?? (await operator.provide({ id: "ssid", text: first, secret: false }, signal));
  for (;;) {
    const faults = credentialFaults({ ssid: name, passphrase: "" });
    if (name === "" || faults.length === 0) return name;
    const text = say`That cannot be: ${faults.join("; ")}. Name of the Wi-Fi network (empty to give up):`;
    name = await operator.provide({ id: "ssid", text, secret: false }, signal);
  }
}

/**
 * What to do after the plug could not join: ask for other credentials.
 * @param tried the name that it was given first, kept by an empty answer.
 */
export function correction(
  run: CommandRun,
  operator: Operator,
  tried?: string,
): (failure: PlugsmithError) => Promise<WifiCredentials | undefined> {
  let name = tried;
  return async (failure) => {
    // The failure was reported as the reason for the new attempt.
    const { nextStep } = failure.texts;
    if (nextStep !== undefined) run.emit({ type: "notice", level: "info", text: nextStep });
    const text =
      name === undefined
        ? say`Name of the Wi-Fi network, as it should have been (empty to give up):`
        : say`Name of the Wi-Fi network [${name}] (Enter keeps it, Ctrl-C gives up):`;
    const typed = await operator.provide({ id: "ssid", text, secret: false }, run.signal);
    const credentials = await askCredentials(operator, { ssid: typed === "" ? (name ?? "") : typed }, run.signal);
    name = credentials?.ssid ?? name;
    return credentials;
  };
}

/** Looks for a plug by its MAC in the range named, or in the networks this computer is in. */
export function locator(
  run: Pick<CommandRun, "emit" | "signal">,
  range: string | undefined,
  http: Http,
  clock: Clock,
): (mac: string) => Promise<string | undefined> {
  // Asked each time: on the way the computer leaves its network for the plug's, and comes back.
  const ranges = (): readonly string[] => (range === undefined ? ownRanges() : [range]);
  return (mac) => locateIn({ http, clock, events: run.emit }, ranges(), mac, run.signal);
}

/** Private networks (RFC 1918), at most 254 addresses of each around this computer's own. */
export function ownRanges(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): readonly string[] {
  const addresses = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ family, internal, address }) => family === "IPv4" && !internal && isPrivate(address))
    .map(({ address }) => `${address.split(".").slice(0, 3).join(".")}.0/24`);
  return [...new Set(addresses)];
}

function isPrivate(address: string): boolean {
  return /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address);
}
