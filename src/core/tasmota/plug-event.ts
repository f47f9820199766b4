/**
 * What log lines mean: the plug started, joined Wi-Fi, failed to, has an address, is restarting. In every language that
 * Tasmota ships. A line that was cut gives no event rather than a wrong one.
 * Source: Tasmota tasmota/tasmota.ino (setup), tasmota/tasmota_support/support_wifi.ino (WifiBegin, WifiCheckIp),
 * tasmota/tasmota_support/settings.ino (SettingsSave, SettingsLoad), tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino
 * (StartWebserver, WifiManagerBegin), tasmota/tasmota_support/support_tasmota.ino (restart).
 */
import { say, type Text } from "../text/text.ts";
import type { LogLine } from "./console.ts";
import { type LogWords, wordsFor } from "./tables/log-words.ts";

export type PlugEvent =
  /** The firmware's first words: it runs. */
  | {
      readonly type: "started";
      readonly deviceName: string;
      readonly version: string;
      readonly image: string | undefined;
    }
  /** `sector`: undefined where they came from a file. */
  | { readonly type: "settings-loaded"; readonly sector: number | undefined; readonly saves: number }
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
export const WIFI_FAILURES: Readonly<Record<WifiFailure, { readonly text: string; readonly nextStep: Text }>> = {
  "network-not-found": {
    text: "the network was not found",
    nextStep: say`Check the spelling of the network's name, that it is on 2.4 GHz, and that the plug is in its range.`,
  },
  "wrong-passphrase": {
    text: "the router refused the connection; the passphrase is probably wrong",
    nextStep: say`Check the passphrase and try again.`,
  },
  "no-answer-from-router": {
    text: "the router did not answer in time",
    nextStep: say`Bring the plug nearer to the router, or wait until the router is up, and try again.`,
  },
  "no-address": {
    text: "the router gave no IP address",
    nextStep: say`Check the router's DHCP server, then try again.`,
  },
  "reason-not-told": {
    text: "the passphrase is probably wrong, or the router is too far away (the plug does not say which)",
    nextStep: say`Check the passphrase, bring the plug nearer to the router, and try again.`,
  },
};

function same(word: string): string {
  return word.normalize("NFC").toLowerCase().trim();
}

function wordSet(...kinds: readonly (keyof LogWords)[]): ReadonlySet<string> {
  return new Set(kinds.flatMap((kind) => wordsFor(kind).map(same)));
}

/** One of these words, as part of a regular expression. */
function anyOf(kind: keyof LogWords): string {
  return `(?:${wordsFor(kind)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|")})`;
}

const FAILURES: ReadonlyMap<string, WifiFailure> = new Map(
  (
    [
      ["notReached", "network-not-found"],
      ["refused", "wrong-passphrase"],
      ["timeout", "no-answer-from-router"],
      ["noAddress", "no-address"],
    ] as const
  ).flatMap(([kind, reason]) => wordsFor(kind).map((word) => [same(word), reason] as const)),
);

/** The whole text of a log line or of `WifiTest`'s answer. A part of it could be another failure's words. */
export function wifiFailureOf(text: string): WifiFailure | undefined {
  return FAILURES.get(same(text));
}

const VERSION = String.raw`(\d+\.\d+\.\d+(?:\.\d+)?)[a-z]?(?:\(([^)]*)\))?`;
/** Before 10 there was no dash before the name, before 6 no image; the core's version and the date came later. */
const STARTED = new RegExp(
  `^${anyOf("project")} \\S+ (?:- )?(.*) ${anyOf("version")} ${VERSION}(?:-\\S+(?: .*)?)?$`,
  "iu",
);
/** In words that are not in the table: only the present form, to the end. */
const STARTED_ELSEWHERE = new RegExp(`^\\S+ \\S+ - (.*) \\S+ ${VERSION}-\\S+\\(.*\\)$`, "u");
/** Firmware 5 put its MQTT names behind the name. */
const MQTT_NAMES = /^(.*?) ?\(\S+ .*\bDVES_[0-9A-F]+.*\)$/;

function started(text: string): PlugEvent | undefined {
  const found = STARTED.exec(text) ?? STARTED_ELSEWHERE.exec(text);
  if (found === null) return undefined;
  const name = found[1]!;
  return { type: "started", deviceName: MQTT_NAMES.exec(name)?.[1] ?? name, version: found[2]!, image: found[3] };
}

/** "… F8, Count 28". A line about saving looks alike up to there, and goes on with the number of bytes. */
const LOADED = /^[^,]* ([0-9A-F]{2,3}), [^,]*?(\d+)$/;
const LOADED_FROM_FILE = /^Loaded from (?:(?:LKG )?File|NVS), [^,]*?(\d+)$/;
const SAVED = new RegExp(`^${anyOf("saved")} `, "iu");
const DEFAULTS = wordSet("useDefaults");

function settingsEvent(text: string): PlugEvent | undefined {
  if (SAVED.test(text)) return undefined;
  const loaded = LOADED.exec(text);
  if (loaded !== null) {
    return { type: "settings-loaded", sector: Number.parseInt(loaded[1]!, 16), saves: Number(loaded[2]) };
  }
  const file = LOADED_FROM_FILE.exec(text);
  if (file !== null) return { type: "settings-loaded", sector: undefined, saves: Number(file[1]) };
  if (DEFAULTS.has(same(text))) return { type: "settings-defaults" };
  return /overflow/i.test(text) ? { type: "text-overflow" } : undefined;
}

const ADDRESS = String.raw`(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])`;
const WEB_SERVER = new RegExp(`^${anyOf("webServer")} (\\S+) ${anyOf("withAddress")} +${ADDRESS}`, "iu");

const CONNECTING = new RegExp(`^${anyOf("connecting")}\\d? `, "iu");
/** The network's name may hold any of these words: the last of them count. */
const CONNECTING_TO = new RegExp(
  `^${anyOf("connecting")}\\d? (.*?)(?: Channel \\d+ BSSId \\S+)?(?: ${anyOf("inMode")} \\S+)? ${anyOf("as")} \\S+ ?\\.\\.\\.$`,
  "iu",
);
const CONNECTED = wordSet("connected");
/** The setup page's test. */
const TEST_CONNECTED = new RegExp(`: ${anyOf("connected")} - `, "iu");
const ACCESS_POINT = wordSet("accessPoint", "accessPointAndStation");

function wifiEvent(text: string): PlugEvent | undefined {
  if (CONNECTING.test(text)) return { type: "wifi-connecting", ssid: CONNECTING_TO.exec(text)?.[1] };
  const reason = wifiFailureOf(text);
  if (reason !== undefined) return { type: "wifi-failed", reason };
  if (CONNECTED.has(same(text)) || TEST_CONNECTED.test(text)) return { type: "wifi-connected" };
  if (ACCESS_POINT.has(same(text)) || /^wifimanager /i.test(text)) return { type: "access-point-open" };
  return undefined;
}

const RESTARTING = wordSet("restarting");

function known({ tag, text }: LogLine): PlugEvent | undefined {
  switch (tag) {
    case undefined:
      return started(text);
    case "CFG":
      return settingsEvent(text);
    case "QPC": {
      const count = /(\d+)$/.exec(text);
      return count === null ? undefined : { type: "power-cycle-count", count: Number(count[1]) };
    }
    case "FRC": {
      const count = /\((\d+)\)$/.exec(text);
      return count === null ? undefined : { type: "boot-loop-guard", restarts: Number(count[1]) };
    }
    case "HTP": {
      const active = WEB_SERVER.exec(text);
      return active === null ? undefined : { type: "web-server", hostname: active[1]!, address: active[2]! };
    }
    case "WIF":
      return wifiEvent(text);
    case "APP":
      return RESTARTING.has(same(text)) ? { type: "restarting" } : undefined;
    case "CMD":
      return /overrun/i.test(text) ? { type: "serial-overrun" } : undefined;
    case "UPL":
    case "OTA":
      return { type: "upgrade", text };
    default:
      return undefined;
  }
}

export function eventOfLine(line: LogLine): PlugEvent {
  return known(line) ?? { type: "other", tag: line.tag, text: line.text };
}
