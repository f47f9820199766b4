/**
 * Wi-Fi credentials: which are legal, and which of the three transports to the plug can carry them unchanged.
 * Source: IEEE 802.11 (SSID of 1 to 32 octets; WPA passphrase of 8 to 63 characters or 64 hex digits as key); ESP8266
 * Arduino core ESP8266WiFiSTA.cpp (begin refuses more than 32 and 64); Tasmota
 * tasmota/tasmota_support/support_command.ino (CommandHandler: spaces in front are skipped, "0", "1", '"' are
 * shortcuts, "?" asks; CmndBacklog splits at ";"), tasmota/tasmota_support/support_tasmota.ino (SerialInput: bytes
 * over 127 end the line), tasmota/tasmota_xdrv_driver/xdrv_62_improv.ino (settings go through Backlog0),
 * tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleWifiConfiguration: the page's values are taken as they are).
 */
import { say, type Text } from "../text/text.ts";

export interface WifiCredentials {
  readonly ssid: string;
  /** Empty for an open network. */
  readonly passphrase: string;
}

export type WifiTransport = "serial" | "access-point" | "improv";
export const WIFI_TRANSPORTS: readonly WifiTransport[] = ["serial", "access-point", "improv"];

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A lone surrogate becomes U+FFFD when encoded: the text is no Unicode text. */
export function wellFormed(text: string): boolean {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(text)) === text;
}

/** Why no network has these credentials, in words without the values; empty if they are legal. */
export function credentialFaults(credentials: WifiCredentials): readonly Text[] {
  const faults: Text[] = [];
  const ssid = bytesOf(credentials.ssid);
  const passphrase = bytesOf(credentials.passphrase);
  if (ssid.length === 0) faults.push(say`the network's name (SSID) is empty`);
  if (ssid.length > 32) faults.push(say`the network's name (SSID) has ${ssid.length} bytes; the most is 32`);
  if (ssid.includes(0) || passphrase.includes(0)) faults.push(say`the firmware's texts end at a NUL character`);
  if (!wellFormed(credentials.ssid) || !wellFormed(credentials.passphrase))
    faults.push(say`the text is not valid Unicode`);
  if (passphrase.length > 0 && passphrase.length < 8) {
    faults.push(say`the passphrase has ${passphrase.length} bytes; WPA takes 8 to 63 (WEP is not supported)`);
  }
  if (passphrase.length > 64)
    faults.push(say`the passphrase has ${passphrase.length} bytes; the most is 63, or 64 hex digits`);
  if (passphrase.length === 64 && !/^[0-9A-Fa-f]{64}$/.test(credentials.passphrase)) {
    faults.push(say`64 characters are a raw key and must be hex digits; a passphrase has at most 63`);
  }
  return faults;
}

/** Characters the serial console takes: the firmware's isprint(), so 0x20 to 0x7E. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Obstacles that any command has, as opposed to the set-up page. `what` names the value for the reader. */
function commandObstacle(value: string, what: Text): Text | undefined {
  if (/^[ \t\n\v\f\r]/.test(value)) return say`the firmware's commands lose spaces in front of ${what}`;
  if (/^[01"?]$/.test(value)) return say`the firmware's commands take ${what} for a shortcut`;
  return undefined;
}

/** Obstacles of a Backlog, which also Improv uses. */
function backlogObstacleOf(value: string, what: Text): Text | undefined {
  if (value.includes(";")) return say`";" in ${what} splits the firmware's command list`;
  if (/[{}]/.test(value)) return say`braces in ${what} confuse the firmware's command list`;
  if (/[ \t\n\v\f\r]$/.test(value)) return say`the firmware's command list loses spaces at the end of ${what}`;
  return undefined;
}

/** Whether SSID and passphrase can go as one Backlog; otherwise they go as two commands. */
export function fitsBacklog(credentials: WifiCredentials): boolean {
  return (
    backlogObstacleOf(credentials.ssid, say``) === undefined &&
    backlogObstacleOf(credentials.passphrase, say``) === undefined
  );
}

/** Why a transport cannot carry these (legal) credentials unchanged; undefined if it can. No values in the text. */
export function transportObstacle(transport: WifiTransport, credentials: WifiCredentials): Text | undefined {
  const values = [
    [credentials.ssid, say`the network's name`],
    [credentials.passphrase, say`the passphrase`],
  ] as const;
  for (const [value, what] of values) {
    if (value === "") continue;
    switch (transport) {
      case "access-point":
        break;
      case "serial": {
        if (!PRINTABLE_ASCII.test(value))
          return say`the serial console takes no characters beyond ASCII, and ${what} has some`;
        const obstacle = commandObstacle(value, what);
        if (obstacle !== undefined) return obstacle;
        break;
      }
      case "improv": {
        const obstacle = commandObstacle(value, what) ?? backlogObstacleOf(value, what);
        if (obstacle !== undefined) return obstacle;
        break;
      }
    }
  }
  if (transport === "improv" && credentials.passphrase === "")
    return say`Improv cannot clear a passphrase that the plug may still hold`;
  return undefined;
}

/**
 * The transports that can carry these credentials, the easiest first: over the wires where they are attached, else through
 * the plug's access point, which carries all.
 */
export function transportsAtHand(credentials: WifiCredentials, wires: boolean): readonly WifiTransport[] {
  const wired = (["serial", "improv"] as const).filter(
    (transport) => wires && transportObstacle(transport, credentials) === undefined,
  );
  return [...wired, "access-point"];
}

export interface TransportChoice {
  readonly usable: readonly WifiTransport[];
  readonly blocked: readonly { readonly transport: WifiTransport; readonly reason: Text }[];
}

/** All transports sorted into those that carry the credentials and those that do not, with reasons. */
export function transportsFor(credentials: WifiCredentials): TransportChoice {
  const usable: WifiTransport[] = [];
  const blocked: { transport: WifiTransport; reason: Text }[] = [];
  for (const transport of WIFI_TRANSPORTS) {
    const reason = transportObstacle(transport, credentials);
    if (reason === undefined) usable.push(transport);
    else blocked.push({ transport, reason });
  }
  return { usable, blocked };
}
