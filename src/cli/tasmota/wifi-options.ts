/** The Wi-Fi network a plug is to join, as options. */
import { say, type Text } from "../../core/index.ts";
import type { GivenWifi } from "../../engine/index.ts";
import type { CommandRun } from "../command.ts";
import { flag, type OptionsOf, secretFile, text } from "../options.ts";
import { readSecret } from "./secret-input.ts";

export const WIFI_OPTIONS = {
  ssid: text("--ssid <name>", say`name of the Wi-Fi network`),
  passphrase: secretFile(
    "--passphrase-file <file>",
    say`file with its passphrase, - for standard input (or set PLUGSMITH_WIFI_PASSPHRASE)`,
    "PLUGSMITH_WIFI_PASSPHRASE",
  ),
  open: flag("--open", say`the network has no passphrase`),
  range: text(
    "--range <addresses>",
    say`where to look for the plug if it does not report its address (by default, in this computer's networks)`,
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
