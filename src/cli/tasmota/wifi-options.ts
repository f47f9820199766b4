/** The Wi-Fi network a plug is to join: options, correction after a failure, and looking for the plug in it. */
import type { Command } from "commander";
import type { PlugsmithError } from "../../core/errors.ts";
import { credentialFaults, type WifiCredentials } from "../../core/tasmota/credentials.ts";
import type { Clock, Http, Operator } from "../../engine/ports.ts";
import { locateIn } from "../../engine/tasmota/find.ts";
import type { CommandRun } from "../command.ts";
import { ownRanges } from "./own-networks.ts";
import { readSecret } from "./secret-input.ts";

export function declareWifi(command: Command): Command {
  return command
    .option("--ssid <name>", "name of the Wi-Fi network")
    .option("--passphrase-file <file>", "its passphrase, - for standard input (or PLUGSMITH_WIFI_PASSPHRASE)")
    .option("--open", "the network has no passphrase")
    .option(
      "--range <addresses>",
      "where to look for the plug if it does not tell its address (default: this computer's networks)",
    );
}

/** As far as the options, files and the environment say it: without a prompt the passphrase may be missing. */
export async function readPassphrase(run: CommandRun, prompt: string | undefined): Promise<string | undefined> {
  if (run.options["open"] === true) return "";
  return await readSecret(run, {
    ...{ file: run.options["passphraseFile"], variable: "PLUGSMITH_WIFI_PASSPHRASE" },
    prompt,
  });
}

/** Asks until a network could have these; no network has an empty name, so that is the way to give up. */
export async function askCredentials(
  operator: Operator,
  given: { readonly ssid?: string | undefined; readonly passphrase?: string | undefined },
  signal: AbortSignal,
): Promise<WifiCredentials | undefined> {
  let { ssid, passphrase } = given;
  for (;;) {
    ssid ??= await operator.provide({ id: "ssid", text: "Name of the Wi-Fi network:", secret: false }, signal);
    if (ssid === "") return undefined;
    passphrase ??= await operator.provide(
      { id: "passphrase", text: `Passphrase of "${ssid}" (empty for an open network):`, secret: true },
      signal,
    );
    const faults = credentialFaults({ ssid, passphrase });
    if (faults.length === 0) return { ssid, passphrase };
    const text = `That cannot be: ${faults.join("; ")}. Name of the Wi-Fi network (empty to give up):`;
    ssid = await operator.provide({ id: "ssid", text, secret: false }, signal);
    passphrase = undefined;
  }
}

/** What to do after the plug could not join: ask for other credentials. */
export function correction(
  run: CommandRun,
  operator: Operator,
): (failure: PlugsmithError) => Promise<WifiCredentials | undefined> {
  return async (failure) => {
    // What happened was told as the reason for the new attempt.
    if (failure.nextStep !== undefined) run.emit({ type: "notice", level: "info", text: failure.nextStep });
    const text = "Name of the Wi-Fi network, as it should have been (empty to give up):";
    const ssid = await operator.provide({ id: "ssid", text, secret: false }, run.signal);
    return await askCredentials(operator, { ssid }, run.signal);
  };
}

/** Looks for a plug by its MAC in the range named, or in the networks this computer is in. */
export function locator(run: CommandRun, http: Http, clock: Clock): (mac: string) => Promise<string | undefined> {
  const range = run.options["range"];
  // Asked each time: on the way the computer leaves its network for the plug's, and comes back.
  const ranges = (): readonly string[] => (typeof range === "string" ? [range] : ownRanges());
  return (mac) => locateIn({ http, clock, events: run.emit }, ranges(), mac, run.signal);
}
