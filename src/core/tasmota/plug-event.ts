/**
 * What log lines mean: the plug started, joined Wi-Fi, failed to, has an address, is restarting. Words are those of
 * English builds; where a translated build differs the structure decides (addresses, versions).
 * Source: Tasmota tasmota/language/en_GB.h, tasmota/tasmota.ino (setup), tasmota/tasmota_support/support_wifi.ino,
 * tasmota/tasmota_support/settings.ino.
 */
import type { LogLine } from "./console.ts";

export type PlugEvent =
  /** The firmware's first words: it runs. */
  | { readonly type: "started"; readonly deviceName: string; readonly version: string; readonly image: string }
  | { readonly type: "settings-loaded"; readonly sector: number; readonly saves: number }
  | { readonly type: "settings-defaults" }
  | { readonly type: "power-cycle-count"; readonly count: number }
  | { readonly type: "boot-loop-guard"; readonly restarts: number }
  | { readonly type: "access-point-open" }
  | { readonly type: "web-server"; readonly hostname: string; readonly address: string }
  | { readonly type: "wifi-connecting"; readonly ssid: string | undefined }
  | { readonly type: "wifi-connected" }
  | { readonly type: "wifi-failed"; readonly reason: WifiFailure }
  | { readonly type: "restarting" }
  | { readonly type: "text-overflow" }
  | { readonly type: "serial-overrun" }
  | { readonly type: "upgrade"; readonly text: string }
  | { readonly type: "other"; readonly tag: string | undefined; readonly text: string };

export type WifiFailure =
  | "network-not-found"
  | "wrong-passphrase"
  | "no-answer-from-router"
  | "no-address"
  /** The plug says only that it failed. */
  | "reason-not-told";

/** What each Wi-Fi failure means to a person, and what to do. */
export const WIFI_FAILURES: Readonly<Record<WifiFailure, { readonly text: string; readonly nextStep: string }>> = {
  "network-not-found": {
    text: "the network was not found",
    nextStep: "Check the spelling of the network's name, that it is on 2.4 GHz, and that the plug is in its range.",
  },
  "wrong-passphrase": {
    text: "the router refused the connection; the passphrase is probably wrong",
    nextStep: "Check the passphrase and try again.",
  },
  "no-answer-from-router": {
    text: "the router did not answer in time",
    nextStep: "Bring the plug nearer to the router, or wait until the router is up, and try again.",
  },
  "no-address": {
    text: "the router gave no IP address",
    nextStep: "Check the router's DHCP server, then try again.",
  },
  "reason-not-told": {
    text: "the passphrase is probably wrong, or the router is too far away (the plug does not say which)",
    nextStep: "Check the passphrase, bring the plug nearer to the router, and try again.",
  },
};

/** The words of `WifiTest` and of the log, English builds. */
export function wifiFailureOf(text: string): WifiFailure | undefined {
  if (!/connect failed/i.test(text)) return undefined;
  if (/cannot be reached/i.test(text)) return "network-not-found";
  if (/timeout/i.test(text)) return "no-answer-from-router";
  if (/no IP address/i.test(text)) return "no-address";
  return "wrong-passphrase";
}

const STARTED = /^\S+ \S+ - (.*) \S+ (\d+\.\d+\.\d+(?:\.\d+)?)\(([^)]*)\)-/;
const ADDRESS = /(\d{1,3}(?:\.\d{1,3}){3})/;

export function eventOfLine(line: LogLine): PlugEvent {
  const { tag, text } = line;
  switch (tag) {
    case undefined: {
      const started = STARTED.exec(text);
      if (started !== null) {
        return { type: "started", deviceName: started[1]!, version: started[2]!, image: started[3]! };
      }
      break;
    }
    case "CFG": {
      const loaded = / ([0-9A-F]{2,3}), \S+ (\d+)$/.exec(text);
      if (loaded !== null) {
        return { type: "settings-loaded", sector: Number.parseInt(loaded[1]!, 16), saves: Number(loaded[2]) };
      }
      if (/use defaults/i.test(text)) return { type: "settings-defaults" };
      if (/overflow/i.test(text)) return { type: "text-overflow" };
      break;
    }
    case "QPC": {
      const count = /(\d+)$/.exec(text);
      if (count !== null) return { type: "power-cycle-count", count: Number(count[1]) };
      break;
    }
    case "FRC": {
      const count = /\((\d+)\)$/.exec(text);
      if (count !== null) return { type: "boot-loop-guard", restarts: Number(count[1]) };
      break;
    }
    case "HTP": {
      const address = ADDRESS.exec(text)?.[1];
      const hostname = /([A-Za-z0-9][A-Za-z0-9.-]*-[A-Za-z0-9.-]*|\S+) \S+ IP/i.exec(text)?.[1] ?? "";
      if (address !== undefined) return { type: "web-server", hostname, address };
      break;
    }
    case "WIF": {
      const failure = wifiFailureOf(text);
      if (failure !== undefined) return { type: "wifi-failed", reason: failure };
      if (/^connecting to ap/i.test(text)) {
        return { type: "wifi-connecting", ssid: /^connecting to ap\d? (.*?) (?:in mode|channel|as) /i.exec(text)?.[1] };
      }
      if (/(^|: )connected( - |$)/i.test(text)) return { type: "wifi-connected" };
      if (/wifimanager/i.test(text)) return { type: "access-point-open" };
      break;
    }
    case "APP":
      if (/^restarting/i.test(text)) return { type: "restarting" };
      break;
    case "CMD":
      if (/overrun/i.test(text)) return { type: "serial-overrun" };
      break;
    case "UPL":
    case "OTA":
      return { type: "upgrade", text };
    default:
      break;
  }
  return { type: "other", tag, text };
}
