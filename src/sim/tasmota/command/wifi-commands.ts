/** Wi-Fi and names of the device. Source: Tasmota tasmota_support/support_command.ino (CmndSsid … CmndWifi). */
import type { CommandCall, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerChoice, answerIndexedText, numberCommand, RESTART_SOON, stateText } from "./answers.ts";
import { answerNumber, answerText } from "./json.ts";
import { decimalOf, shortcut, textArgument, within } from "./payload.ts";

const DEFAULT_HOSTNAME = "%s-%04d";
const DEFAULT_FRIENDLY_NAME = "Tasmota";
const FRIENDLY_NAMES = 8;
/** Fewer characters than this are no password: ignored. */
const SHORTEST_PASSWORD = 5;
/** MAX_TX_PWR_DBM_11b and _54g of an ESP8266, 0.1 dBm. */
const POWER_11B = 200;
const POWER_54G = 170;
/** Wifi 2 … 4. */
const PHY_MODES = ["11b", "11g", "11n"] as const;
/** SetOption127. */
const NO_SLEEP = 127;
const MANAGER = 2;
const SERIAL = 6;
const WIFI_CONFIG_NAMES: readonly string[] = [
  "Restart",
  "",
  "WifiManager",
  "",
  "Retry",
  "Wait",
  "Serial",
  "ManagerRst",
];
/** Wifi 0/1 is bit 13 of flag4 (SetOption95). */
const WIFI_ENABLED = 95;

export function wifiCommands(machine: Machine): CommandTable {
  const { settings } = machine;
  let lastPower = POWER_54G;
  const restart = (): void => {
    machine.restartFlag = RESTART_SOON;
  };

  function ssid(call: CommandCall): void {
    if (!within(call.index, 1, 2)) return;
    if (!call.userIndex) {
      call.respond(answerAll(machine, call, ["SSID1", "SSID2"]));
      return;
    }
    if (call.data !== "") {
      settings.setText(`SSID${call.index}`, textArgument(call));
      settings.set("sta_active", call.index - 1);
      restart();
    }
    call.respond(answerIndexedText(call, settings.text(`SSID${call.index}`)));
  }

  function password(call: CommandCall): void {
    if (!within(call.index, 1, 4)) return;
    const which = call.index > 2 ? call.index - 2 : call.index;
    const accepted = byteLength(call.data) >= SHORTEST_PASSWORD || shortcut(call.data) !== undefined;
    if (accepted) {
      settings.setText(`Password${which}`, textArgument(call));
      settings.set("sta_active", which - 1);
      restart();
    }
    const shown = accepted && call.index <= 2 ? settings.text(`Password${which}`) : "****";
    call.respond(answerIndexedText(call, shown, which));
  }

  function accessPoint(call: CommandCall): void {
    if (within(call.payload, 0, 2)) {
      settings.set("sta_active", call.payload === 0 ? settings.get("sta_active") ^ 1 : call.payload - 1);
      settings.set("wifi_channel", 0);
      restart();
    }
    const active = settings.get("sta_active");
    call.respond(answerChoice(call.key, active + 1, settings.text(`SSID${active + 1}`)));
  }

  function hostname(call: CommandCall): void {
    if (!call.groupTopic && call.data !== "") {
      const name = shortcut(call.data) === "default" ? DEFAULT_HOSTNAME : call.data;
      settings.setText("Hostname", name.includes("%") ? DEFAULT_HOSTNAME : name);
      restart();
    }
    call.respond(answerText(call.key, settings.text("Hostname")));
  }

  /** Only these two act at once; any other is for when no network is found. While one is at work the device restarts. */
  function wifiConfig(call: CommandCall): void {
    if (within(call.payload, 0, 7)) {
      const tool = call.payload === 1 || call.payload === 3 ? MANAGER : call.payload;
      settings.set("sta_config", tool);
      if (machine.network.configuring) restart();
      else if (tool === MANAGER || tool === SERIAL) machine.network.startWifiConfig(tool);
    }
    const tool = settings.get("sta_config");
    call.respond(answerChoice(call.key, tool, WIFI_CONFIG_NAMES[tool] ?? ""));
  }

  function ipAddress(call: CommandCall): void {
    if (!within(call.index, 1, 5)) return;
    const inUse = ` (${machine.network.station.ip})`;
    const show = (index: number): string =>
      `"${call.key}${index}":"${dottedQuad(settings.get("ipv4_address", index - 1))}${index === 1 ? inUse : ""}"`;
    if (!call.userIndex) {
      call.respond(`{${[1, 2, 3, 4, 5].map(show).join(",")}}`);
      return;
    }
    const address = parseQuad(call.data);
    if (address !== undefined) settings.set("ipv4_address", address, call.index - 1);
    call.respond(`{${show(call.index)}}`);
  }

  function wifi(call: CommandCall): void {
    if (within(call.payload, 0, 1)) {
      settings.setOption(WIFI_ENABLED, call.payload);
      machine.network.wifiSettingsChanged();
    } else if (within(call.payload, 2, 4)) machine.network.phyMode = PHY_MODES[call.payload - 2]!;
    const on = settings.option(WIFI_ENABLED);
    call.respond(`{"${call.key}":"${stateText(machine, on)}","Mode":"${machine.network.phyMode}"}`);
  }

  /** 0 leaves the power to the driver, which is told as what it last was; 1 is the most for 54 Mbit/s. */
  function wifiPower(call: CommandCall): void {
    if (call.data !== "") {
      const tenths = Math.trunc(Math.fround(Math.fround(decimalOf(call.data)) * 10)) & 0xff;
      const power = tenths === 10 ? POWER_54G : Math.min(tenths, POWER_11B);
      settings.set("wifi_output_power", power);
      if (power === 0) machine.log(3, "WIF: Dynamic Tx power enabled");
      machine.network.wifiSettingsChanged();
    }
    lastPower = settings.get("wifi_output_power") || lastPower;
    call.respond(answerNumber(call.key, (lastPower / 10).toFixed(1)));
  }

  function deviceName(call: CommandCall): void {
    if (!call.groupTopic && call.data !== "") {
      settings.setText("DeviceName", nameArgument(call, settings.text("FriendlyName1")));
    }
    call.respond(answerText(call.key, settings.text("DeviceName")));
  }

  function friendlyName(call: CommandCall): void {
    if (!within(call.index, 1, FRIENDLY_NAMES)) return;
    const named: CommandCall = { ...call, key: "FriendlyName" };
    const fields = Array.from({ length: FRIENDLY_NAMES }, (_, i) => `FriendlyName${i + 1}`);
    if (!call.userIndex && call.data === "") {
      call.respond(answerAll(machine, named, fields));
      return;
    }
    const field = `FriendlyName${call.index}`;
    const standard = call.index === 1 ? DEFAULT_FRIENDLY_NAME : `${DEFAULT_FRIENDLY_NAME}${call.index}`;
    if (call.data !== "") settings.setText(field, nameArgument(call, standard));
    call.respond(answerIndexedText(named, settings.text(field)));
  }

  return {
    SSId: ssid,
    Password: password,
    Ap: accessPoint,
    Hostname: hostname,
    WifiConfig: wifiConfig,
    IPAddress: ipAddress,
    Wifi: wifi,
    WifiNoSleep: (call) => {
      if (within(call.payload, 0, 1)) settings.setOption(NO_SLEEP, call.payload);
      call.respond(answerText(call.key, stateText(machine, settings.option(NO_SLEEP))));
    },
    WifiPower: wifiPower,
    DnsTimeout: numberCommand(machine, { field: "dns_timeout", low: 100, high: 20000 }),
    DeviceName: deviceName,
    FriendlyName: friendlyName,
    FN: friendlyName,
  };
}

/** A name: a leading quote clears, `1` asks for the default. */
function nameArgument(call: CommandCall, standard: string): string {
  if (call.data.startsWith('"')) return "";
  return shortcut(call.data) === "default" ? standard : call.data;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The settings keep the first octet in the lowest byte. */
export function dottedQuad(address: number): string {
  return [0, 8, 16, 24].map((shift) => (address >>> shift) & 0xff).join(".");
}

/** ParseIPv4 (support.ino): three dots; between them whatever a number starts with, one byte of it. */
function parseQuad(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  return parts.reduce((sum, part, i) => sum + ((Number.parseInt(part, 10) || 0) & 0xff) * 2 ** (8 * i), 0);
}
