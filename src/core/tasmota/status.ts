/**
 * Typed replies to `Status`. Tolerant of versions back to 9.x: what an old version does not report is undefined.
 * Source: Tasmota tasmota/tasmota_support/support_command.ino (CmndStatus).
 */
import { type Answer, field, isObject, type Json, memberOf, numberField, textField } from "./answer.ts";
import { parsePoolUse } from "./web-password.ts";

export interface DeviceStatus {
  /** 0 is the user template. */
  readonly module: number | undefined;
  readonly deviceName: string | undefined;
  readonly friendlyName: string | undefined;
  readonly topic: string | undefined;
  /** Relay 1 as the firmware reports it; not to be trusted for safety. */
  readonly relayOn: boolean | undefined;
  readonly powerOnState: number | undefined;
}

export interface FirmwareStatus {
  readonly version: string | undefined;
  /** "tasmota", "tasmota-DE", "release-tasmota", … */
  readonly image: string | undefined;
  readonly hardware: string | undefined;
  /** "2025-12-24T15:29:16", local time of anyone who built it. */
  readonly built: string | undefined;
  /** Bytes used of the pool that all texts share. */
  readonly texts: { readonly used: number; readonly size: number } | undefined;
}

export interface MemoryStatus {
  /** KiB that an upgrade may have beside the running program. */
  readonly free: number | undefined;
  /** KiB: the chip's, and what the image's header says. */
  readonly flashSize: number | undefined;
  readonly programFlashSize: number | undefined;
  /** "DOUT"; old versions report a number, 3 is DOUT. */
  readonly flashMode: string | undefined;
}

export interface NetworkStatus {
  readonly hostname: string | undefined;
  /** Undefined while there is none (0.0.0.0). */
  readonly address: string | undefined;
  /** 12 lower-case hex digits. */
  readonly mac: string | undefined;
  readonly webServer: number | undefined;
  /** SetOption128. */
  readonly httpApi: boolean | undefined;
  readonly wifiConfig: number | undefined;
}

export interface WifiLink {
  readonly ssid: string;
  /** dBm. */
  readonly signal: number | undefined;
}

export interface MqttStatus {
  readonly host: string | undefined;
  readonly user: string | undefined;
  readonly port: number | undefined;
}

export function parseDevice(answer: Answer): DeviceStatus {
  const status = memberOf(answer, "Status");
  const names = field(status, "FriendlyName");
  const power = field(status, "Power");
  // A string of binary digits, lowest relay last; a number in old versions.
  const bits = typeof power === "string" ? Number.parseInt(power, 2) : power;
  return {
    module: numberField(status, "Module"),
    deviceName: textField(status, "DeviceName"),
    friendlyName: firstText(names),
    topic: textField(status, "Topic"),
    relayOn: typeof bits === "number" && !Number.isNaN(bits) ? (bits & 1) === 1 : undefined,
    powerOnState: numberField(status, "PowerOnState"),
  };
}

function firstText(value: Json | undefined): string | undefined {
  const first = Array.isArray(value) ? (value as readonly Json[])[0] : value;
  return typeof first === "string" ? first : undefined;
}

export function parseFirmware(answer: Answer): FirmwareStatus {
  const status = memberOf(answer, "StatusFWR");
  const version = /^([\d.]+)(?:\(([^)]*)\))?/.exec(textField(status, "Version") ?? "");
  return {
    version: version?.[1],
    image: version?.[2],
    hardware: textField(status, "Hardware"),
    built: textField(status, "BuildDateTime"),
    texts: parsePoolUse(textField(status, "CR") ?? ""),
  };
}

export function parseMemory(answer: Answer): MemoryStatus {
  const status = memberOf(answer, "StatusMEM");
  const mode = textField(status, "FlashMode");
  return {
    free: numberField(status, "Free"),
    flashSize: numberField(status, "FlashSize"),
    programFlashSize: numberField(status, "ProgramFlashSize"),
    flashMode: mode === "3" ? "DOUT" : mode,
  };
}

export function parseNetwork(answer: Answer): NetworkStatus {
  const status = memberOf(answer, "StatusNET");
  const address = textField(status, "IPAddress");
  const mac = textField(status, "Mac")
    ?.replace(/[^0-9A-Fa-f]/g, "")
    .toLowerCase();
  const api = numberField(status, "HTTP_API");
  return {
    hostname: textField(status, "Hostname"),
    address: address === undefined || address === "0.0.0.0" || address === "" ? undefined : address,
    mac: mac !== undefined && mac.length === 12 ? mac : undefined,
    webServer: numberField(status, "Webserver"),
    httpApi: api === undefined ? undefined : api === 1,
    wifiConfig: numberField(status, "WifiConfig"),
  };
}

export interface MeterStatus {
  /** One value, or one for each channel of a meter that has several. */
  readonly voltage: number | readonly number[] | undefined;
  readonly current: number | readonly number[] | undefined;
  readonly power: number | readonly number[] | undefined;
}

/** Undefined where the plug has no meter. */
export function parseMeter(answer: Answer): MeterStatus | undefined {
  const energy = field(memberOf(answer, "StatusSNS"), "ENERGY");
  if (!isObject(energy)) return undefined;
  const reading = (key: string): number | readonly number[] | undefined => {
    const value = field(energy, key);
    if (!Array.isArray(value)) return numberField(energy, key);
    const list = value as readonly Json[];
    return list.every((each) => typeof each === "number") ? list : undefined;
  };
  return { voltage: reading("Voltage"), current: reading("Current"), power: reading("Power") };
}

/** Undefined while the plug is in no network. */
export function parseWifiLink(answer: Answer): WifiLink | undefined {
  const wifi = field(memberOf(answer, "StatusSTS"), "Wifi");
  if (!isObject(wifi)) return undefined;
  return { ssid: textField(wifi, "SSId") ?? "", signal: numberField(wifi, "Signal") };
}

export function parseMqtt(answer: Answer): MqttStatus {
  const status = memberOf(answer, "StatusMQT");
  return {
    host: textField(status, "MqttHost"),
    user: textField(status, "MqttUser"),
    port: numberField(status, "MqttPort"),
  };
}
