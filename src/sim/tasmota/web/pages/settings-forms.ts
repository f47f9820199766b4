/** Forms for MQTT, logging and the rest, and the commands that saving them amounts to. Source: xdrv_01_9_webserver.ino, xdrv_02_9_mqtt.ino. */
import { USER_MODULE_STORED } from "../../../../core/tasmota/tables/modules.ts";
import { DEFAULT_TEXTS } from "../../../../core/tasmota/tables/text-pool.ts";
import type { TasmotaCore } from "../../contract.ts";
import { arg, hasArg, type WebRequest } from "../http-request.ts";
import { CONFIGURATION, checkbox, escapeHtml, field, fieldset, form, page, passwordField } from "./html.ts";

/** An empty field means the compiled default, which every command spells "1". */
function orDefault(value: string): string {
  return value === "" ? "1" : value;
}

/** … and where empty means empty, the clearing sign. */
function orClear(value: string): string {
  return value === "" ? '"' : value;
}

const DEFAULT_MQTT_PORT = 1883;

export function mqttPage(core: TasmotaCore): string {
  const { settings } = core;
  const id = [...core.host.mac]
    .slice(3)
    .map((byte) => byte.toString(16).padStart(2, "0").toUpperCase())
    .join("");
  const client = settings.text("MqttClient").replace("%06X", id);
  const topic = settings.text("Topic");
  const text = (name: string): string => settings.text(name);
  const port = settings.get("mqtt_port");
  const fields =
    field("Host", "", "mh", "", text("MqttHost")) +
    `<p><b>Port</b> (${DEFAULT_MQTT_PORT})<br><input id='ml' placeholder='${DEFAULT_MQTT_PORT}' value='${port}'></p>` +
    field("Client", client, "mc", DEFAULT_TEXTS["MqttClient"]!, text("MqttClient")) +
    field("User", DEFAULT_TEXTS["MqttUser"]!, "mu", DEFAULT_TEXTS["MqttUser"]!, text("MqttUser")) +
    passwordField("Password", "mp", "Password", "****", " minlength='5'") +
    field("Topic</b> = %topic%<b>", core.deviceTopic, "mt", DEFAULT_TEXTS["Topic"]!, topic) +
    field("Full Topic", DEFAULT_TEXTS["FullTopic"]!, "mf", DEFAULT_TEXTS["FullTopic"]!, text("FullTopic"));
  return page(core, "MQTT", fieldset("MQTT parameters", form("mq", fields)) + CONFIGURATION);
}

export function mqttCommands(request: WebRequest): readonly string[] {
  const value = (name: string): string => orDefault(arg(request, name));
  return [
    `MqttHost ${orClear(arg(request, "mh"))}`,
    `MqttPort ${value("ml")}`,
    `MqttClient ${value("mc")}`,
    `MqttUser ${value("mu")}`,
    `MqttPassword2 ${orClear(arg(request, "mp"))}`,
    `Topic ${value("mt")}`,
    `FullTopic ${value("mf")}`,
  ];
}

const LEVELS = ["None", "Error", "Info", "Debug", "More debug"] as const;
const LOGS = [
  ["Serial log level", "l0", "seriallog_level", "Info"],
  ["Web log level", "l1", "weblog_level", "Info"],
  ["Mqtt log level", "l2", "mqttlog_level", "None"],
  ["Syslog level", "l3", "syslog_level", "None"],
] as const;
const DEFAULT_SYSLOG_PORT = 514;
const DEFAULT_TELE_PERIOD = 300;

export function loggingPage(core: TasmotaCore): string {
  const { settings } = core;
  const selects = LOGS.map(([label, id, name, byDefault]) => {
    const level = settings.get(name);
    const options = LEVELS.map(
      (text, i) => `<option${i === level ? " selected" : ""} value='${i}'>${i} ${text}</option>`,
    );
    return `<p><b>${label}</b> (${byDefault})<br><select id='${id}'>${options.join("")}</select></p>`;
  });
  const number = (label: string, id: string, byDefault: number, value: number): string =>
    `<p><b>${label}</b> (${byDefault})<br><input id='${id}' placeholder='${byDefault}' value='${value}'></p>`;
  const fields =
    selects.join("") +
    field("Syslog host", "", "lh", "", settings.text("LogHost")) +
    number("Syslog port", "lp", DEFAULT_SYSLOG_PORT, settings.get("syslog_port")) +
    number("Telemetry period", "lt", DEFAULT_TELE_PERIOD, settings.get("tele_period"));
  return page(core, "Logging", fieldset("Logging parameters", form("lg", fields)) + CONFIGURATION);
}

export function loggingCommands(request: WebRequest): readonly string[] {
  const level = (id: string, byDefault: number): string => arg(request, id) || String(byDefault);
  return [
    `SerialLog ${level("l0", 2)}`,
    `WebLog ${level("l1", 2)}`,
    `MqttLog ${level("l2", 0)}`,
    `SysLog ${level("l3", 0)}`,
    `LogHost ${orDefault(arg(request, "lh"))}`,
    `LogPort ${orDefault(arg(request, "lp"))}`,
    `TelePeriod ${orDefault(arg(request, "lt"))}`,
  ];
}

const EMULATIONS = [
  ["None", ""],
  ["Belkin WeMo", " single device"],
  ["Hue Bridge", " multi device"],
] as const;
/** SetOption3: MQTT; SetOption128: HTTP API. */
const MQTT_ENABLED = 3;
const HTTP_API = 128;
const FRIENDLY_NAMES = 8;

/** @param template the active template's JSON, as `Template` answers it. */
export function otherPage(core: TasmotaCore, template: string): string {
  const { settings } = core;
  const active = settings.get("module") === USER_MODULE_STORED;
  const emulation = (settings.get("flag2") >>> 21) & 3;
  const activate = checkbox("t2", "Activate", active, active ? " disabled" : "");
  const radios = EMULATIONS.map(
    ([name, detail], i) =>
      `<label><input id='r${i}' name='b2' type='radio' value='${i}'${i === emulation ? " checked" : ""}><b>${name}</b>${detail}</label><br>`,
  );
  const friendly: string[] = [];
  for (let i = 0; i < Math.max(1, core.relayCount); i++) {
    const name = settings.text(`FriendlyName${i + 1}`);
    friendly.push(
      field(
        `Friendly Name ${i + 1}`,
        i === 0 ? "Tasmota" : `Tasmota${i + 1}`,
        `a${i}`,
        i === 0 ? "Tasmota" : `Tasmota${i + 1}`,
        name,
      ),
    );
  }
  const fields =
    fieldset(
      "Template",
      `<p><input id='t1' placeholder="Template" value='${escapeHtml(template)}'></p><p>${activate}</p>`,
    ) +
    passwordField("Web Admin Password", "wp", "Web Admin Password", "****") +
    `<br>${checkbox("b3", "HTTP API enable", settings.option(HTTP_API) === 1)}<br>` +
    `${checkbox("b1", "MQTT enable", settings.option(MQTT_ENABLED) === 1)}<br>` +
    field("Device Name", settings.text("FriendlyName1"), "dn", "", settings.text("DeviceName")) +
    friendly.join("") +
    fieldset("Emulation", radios.join(""));
  return page(core, "Other", fieldset("Other parameters", form("co", fields)) + CONFIGURATION);
}

/** A check box that is not sent is off. */
export function otherCommands(request: WebRequest): readonly string[] {
  const commands = [
    `WebPassword2 ${orClear(arg(request, "wp"))}`,
    `SO3 ${hasArg(request, "b1") ? 1 : 0}`,
    `SO128 ${hasArg(request, "b3") ? 1 : 0}`,
    `DeviceName ${orClear(arg(request, "dn"))}`,
  ];
  for (let i = 0; i < FRIENDLY_NAMES; i++) commands.push(`FN${i + 1} ${orClear(arg(request, `a${i}`))}`);
  commands.push(`Emulation ${arg(request, "b2") || 0}`);
  const template = arg(request, "t1");
  if (template !== "") {
    if (hasArg(request, "t2")) commands.push("Module 0");
    commands.push(`Template ${template}`);
  }
  return commands;
}

/** /wi in the network. The masked password that the form was filled with leaves the stored one alone. */
export function wifiCommands(request: WebRequest): readonly string[] {
  return [
    `Hostname ${orDefault(arg(request, "h"))}`,
    `SSID1 ${orDefault(arg(request, "s1"))}`,
    `SSID2 ${orDefault(arg(request, "s2"))}`,
    `Password3 ${orClear(arg(request, "p1"))}`,
    `Password4 ${orClear(arg(request, "p2"))}`,
  ];
}
