/** The Wi-Fi network a plug is to join: options, and looking for the plug in it. */

import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { say, type Text } from "../../core/index.ts";
import { type Clock, type Http, locateIn } from "../../engine/index.ts";
import type { GivenWifi } from "../../host/index.ts";
import type { CommandRun } from "../command.ts";
import { flag, type OptionsOf, secretFile, text } from "../options.ts";
import { readSecret } from "./secret-input.ts";

export const WIFI_OPTIONS = {
  ssid: text("--ssid <name>", say`name of the Wi-Fi network`),
  passphrase: secretFile(
    "--passphrase-file <file>",
    say`its passphrase, - for standard input (or PLUGSMITH_WIFI_PASSPHRASE)`,
    "PLUGSMITH_WIFI_PASSPHRASE",
  ),
  open: flag("--open", say`the network has no passphrase`),
  range: text(
    "--range <addresses>",
    say`where to look for the plug if it does not tell its address (default: this computer's networks)`,
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

/** Asks nothing. */
export async function givenWifi(run: CommandRun, options: WifiOptions): Promise<GivenWifi> {
  return { ssid: options.ssid, passphrase: await readPassphrase(run, options) };
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
