/** Status 0..13 and State. Source: Tasmota tasmota_support/support_command.ino (CmndStatus). */
import { SET_OPTION_RANGES } from "../../../core/tasmota/tables/set-options.ts";
import { macText } from "../../hex.ts";
import { claimedFlashSize } from "../build-of-image.ts";
import type { CommandCall, CommandTable } from "../contract.ts";
import { moduleNumber } from "../device/module-name.ts";
import { sunTimes } from "../device/sun.ts";
import type { Machine } from "../machine.ts";
import { hex, quote } from "./json.ts";
import { serialConfigText } from "./log-commands.ts";
import { sensorsText } from "./sensor-commands.ts";
import { zoneText } from "./time-commands.ts";
import { emulation } from "./web-commands.ts";
import { dottedQuad } from "./wifi-commands.ts";

const HIGHEST_STATUS = 13;
const MQTT_ENABLED = 3;
const SWITCHES = 32;
const HTTP_API = 128;
const MAX_PACKET = 1200;
const EPOCH = "1970-01-01T00:00:00";
const KIB = 1024;
const FLASH_MODES: readonly string[] = ["QIO", "QOUT", "DIO", "DOUT"];
const METER_DRIVER = 3;
const HUE_DRIVER = 20;
const WEMO_DRIVER = 21;

type Report = (machine: Machine) => string;

const parameters: Report = ({ settings, serial, time, store, restartReason }) =>
  `{"StatusPRM":{"Baudrate":${serial.baud},"SerialConfig":"${serialConfigText(settings.get("serial_config"))}",` +
  `"GroupTopic":"${settings.text("GroupTopic1")}","OtaUrl":"${settings.text("OtaUrl")}",` +
  `"RestartReason":"${restartReason}","Uptime":"${time.uptimeText()}",` +
  `"StartupUTC":"${time.startupUtc === undefined ? "" : time.format(time.startupUtc)}",` +
  `"Sleep":${settings.get("sleep")},"CfgHolder":${settings.get("cfg_holder")},"BootCount":${settings.get("bootcount")},` +
  `"BCResetTime":"${time.format(settings.get("bootcount_reset_time"))}","SaveCount":${settings.get("save_flag")},` +
  `"SaveAddress":"${hex(store.address, 5)}"}}`;

const device: Report = ({ settings, relays, deviceTopic }) => {
  const names = Array.from({ length: Math.max(1, relays.count) }, (_, i) =>
    quote(settings.text(`FriendlyName${i + 1}`)),
  );
  const modes = Array.from({ length: SWITCHES }, (_, i) => settings.get("switchmode", i));
  const bits = (word: number): string => (word >>> 0).toString(2).padStart(Math.max(1, relays.count), "0");
  return (
    `{"Status":{"Module":${moduleNumber(settings.get("module"))},"DeviceName":${quote(settings.text("DeviceName"))},` +
    `"FriendlyName":[${names.join(",")}],"Topic":"${deviceTopic}","ButtonTopic":"${settings.text("ButtonTopic")}",` +
    `"Power":"${bits(relays.power)}","PowerLock":"${bits(settings.get("power_lock"))}",` +
    `"PowerOnState":${settings.get("poweronstate")},"LedState":${settings.get("ledstate")},` +
    `"LedMask":"${hex(settings.get("ledmask"), 4)}","SaveData":${settings.get("save_data")},` +
    `"SaveState":${settings.option(0)},"SwitchTopic":"${settings.text("SwitchTopic")}","SwitchMode":[${modes.join(",")}],` +
    `"ButtonRetain":${settings.option(6)},"SwitchRetain":${settings.option(7)},"SensorRetain":${settings.option(9)},` +
    `"PowerRetain":${settings.option(5)},"InfoRetain":${settings.option(122)},"StateRetain":${settings.option(121)},` +
    `"StatusRetain":${settings.option(145)}}}`
  );
};

const firmware: Report = ({ build, host, settings }) =>
  `{"StatusFWR":{"Version":"${build.version}","BuildDateTime":"${build.built}","Boot":${build.bootVersion},` +
  `"Core":"${build.core}","SDK":"${build.sdk}","CpuFrequency":80,"Hardware":"${host.chipName}",` +
  `"CR":"${settings.poolUsed()}/699"}}`;

const logging: Report = ({ settings }) => {
  const options = SET_OPTION_RANGES.map(({ field, kind, first, last }) =>
    kind === "bit"
      ? hex(settings.get(field), 8)
      : Array.from({ length: last - first + 1 }, (_, i) => hex(settings.get(field, i), 2)).join(""),
  );
  return (
    `{"StatusLOG":{"SerialLog":${settings.get("seriallog_level")},"WebLog":${settings.get("weblog_level")},` +
    `"MqttLog":${settings.get("mqttlog_level")},"SysLog":${settings.get("syslog_level")},` +
    `"LogHost":"${settings.text("LogHost")}","LogPort":${settings.get("syslog_port")},` +
    `"SSId":[${quote(settings.text("SSID1"))},${quote(settings.text("SSID2"))}],` +
    `"TelePeriod":${settings.get("tele_period")},"Resolution":"${hex(settings.get("flag2"), 8)}",` +
    `"SetOption":[${options.map((word) => `"${word}"`).join(",")}]}}`
  );
};

const memory: Report = ({ host, build, settings, meter }) => {
  const header = host.flash.read(0, 4);
  const [maker, type, capacity] = host.flash.jedecId;
  const mode = emulation(settings.get("flag2"));
  const working = new Set<number>(build.driversAlwaysOn);
  if (meter.present) working.add(METER_DRIVER);
  if (mode === 2) working.add(HUE_DRIVER);
  if (mode === 1) working.add(WEMO_DRIVER);
  const drivers = build.drivers.map((driver) => `${working.has(driver) ? "" : "!"}${driver}`).join(",");
  return (
    `{"StatusMEM":{"ProgramSize":${build.programSize},"Free":${build.free},"Heap":${HEAP_KIB},` +
    `"ProgramFlashSize":${claimedFlashSize(header[3]!)},"FlashSize":${host.flash.size / KIB},` +
    `"FlashChipId":"${hex((capacity << 16) | (type << 8) | maker, 6)}","FlashFrequency":40,` +
    `"FlashMode":"${FLASH_MODES[header[2]!] ?? "?"}",` +
    `"Features":[${build.features.map((word) => `"${word}"`).join(",")}],` +
    `"Drivers":"${drivers}","Sensors":"${sensorsText({ settings, build })}","I2CDriver":"${build.i2cDrivers}"}}`
  );
};

/** Free heap as the firmware model shows it, KiB: typical of a plug with MQTT. */
export const HEAP_KIB = 25;

const networking: Report = ({ settings, hostname, network, host }) =>
  `{"StatusNET":{"Hostname":"${hostname}","IPAddress":"${network.station.ip}",` +
  `"Gateway":"${dottedQuad(settings.get("ipv4_address", 1))}","Subnetmask":"${dottedQuad(settings.get("ipv4_address", 2))}",` +
  `"DNSServer1":"${dottedQuad(settings.get("ipv4_address", 3))}","DNSServer2":"${dottedQuad(settings.get("ipv4_address", 4))}",` +
  `"Mac":"${macText(host.mac).toUpperCase()}","Webserver":${settings.get("webserver")},` +
  `"HTTP_API":${settings.option(HTTP_API)},"WifiConfig":${settings.get("sta_config")},` +
  `"WifiPower":${(settings.get("wifi_output_power") / 10).toFixed(1)}}}`;

const mqtt: Report = ({ settings, network }) =>
  `{"StatusMQT":{"MqttHost":"${settings.text("MqttHost")}","MqttPort":${settings.get("mqtt_port")},` +
  `"MqttClientMask":${quote(settings.text("MqttClient"))},"MqttClient":"${network.mqttClient}",` +
  `"MqttUser":${quote(settings.text("MqttUser"))},"MqttCount":${network.mqttCount},"MqttTLS":0,` +
  `"MAX_PACKET_SIZE":${MAX_PACKET},"KEEPALIVE":${settings.get("mqtt_keepalive")},` +
  `"SOCKET_TIMEOUT":${settings.get("mqtt_socket_timeout")}}}`;

const clock: Report = ({ settings, time }) => {
  const ruled = settings.get("timezone") === 99;
  const { start, end } = time.daylight();
  const offset = time.zoneSeconds();
  const zone = ruled ? "99" : quote(zoneText(Math.trunc(offset / 3600), Math.abs(Math.trunc(offset / 60) % 60)));
  const sun = sunTimes(time.utc, settings.get("latitude") / 1e6, settings.get("longitude") / 1e6, offset);
  return (
    `{"StatusTIM":{"UTC":"${time.format(time.utc)}Z","Local":"${time.local()}",` +
    `"StartDST":"${time.valid ? time.format(start) : EPOCH}","EndDST":"${time.valid ? time.format(end) : EPOCH}",` +
    `"Timezone":${zone},"Sunrise":"${sun.rise}","Sunset":"${sun.set}"}}`
  );
};

const margins: Report = ({ settings }) => {
  const deltas = [0, 1, 2].map((i) => settings.get("energy_power_delta", i));
  return (
    `{"StatusPTH":{"PowerDelta":${deltas[0]},` +
    MARGIN_FIELDS.map(([key, field]) => `"${key}":${settings.get(field)}`).join(",") +
    "}}"
  );
};

// biome-ignore format: a table
const MARGIN_FIELDS: readonly (readonly [key: string, field: string])[] = [
  ["PowerLow", "energy_min_power"], ["PowerHigh", "energy_max_power"],
  ["VoltageLow", "energy_min_voltage"], ["VoltageHigh", "energy_max_voltage"],
  ["CurrentLow", "energy_min_current"], ["CurrentHigh", "energy_max_current"],
  ["MaxPower", "energy_max_power_limit"], ["MaxPowerHold", "energy_max_power_limit_hold"],
  ["MaxPowerWindow", "energy_max_power_limit_window"], ["MaxEnergy", "energy_max_energy"],
  ["MaxEnergyStart", "energy_max_energy_start"],
];

const sensors: Report = (machine) => `{"StatusSNS":${machine.sensorJson(false)}}`;
const state: Report = (machine) => `{"StatusSTS":${machine.stateJson()}}`;

const REPORTS: readonly (readonly [number: number, report: Report])[] = [
  [0, device],
  [1, parameters],
  [2, firmware],
  [3, logging],
  [4, memory],
  [5, networking],
  [6, mqtt],
  [7, clock],
  [9, margins],
  [10, sensors],
  [11, state],
];

export function statusCommands(machine: Machine): CommandTable {
  function available(number: number): boolean {
    if (number === 6) return machine.settings.option(MQTT_ENABLED) === 1;
    if (number === 9) return machine.meter.present;
    return number !== 12 && number !== HIGHEST_STATUS;
  }

  function status(call: CommandCall): void {
    const merged = call.index === 0;
    const asked = merged ? 0 : call.payload;
    if (asked > HIGHEST_STATUS || (asked > 0 && !available(asked))) return;
    call.respond(undefined);
    const wanted = REPORTS.filter(([number]) => {
      if (asked === -99) return number === 0;
      if (asked === 0) return available(number);
      return number === asked || (number === 10 && asked === 8);
    });
    if (merged) {
      const all = wanted.map(([, report]) => report(machine).slice(1, -1)).join(",");
      machine.publish("stat", "STATUS0", `{${all}}`);
      return;
    }
    for (const [number, report] of wanted) {
      const shown = asked === 8 ? 8 : number;
      machine.publish("stat", `STATUS${shown === 0 ? "" : shown}`, report(machine));
    }
  }

  return {
    Status: status,
    State: (call) => call.respond(machine.stateJson()),
  };
}
