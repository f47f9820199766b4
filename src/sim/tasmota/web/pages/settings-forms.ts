/** Forms for MQTT, logging and the rest, and the commands that saving them amounts to. Source: xdrv_01_9_webserver.ino, xdrv_02_9_mqtt.ino. */
import { USER_MODULE_STORED } from "../../../../core/tasmota/tables/modules.ts";
import { DEFAULT_TEXTS } from "../../../../core/tasmota/tables/text-pool.ts";
import type { TasmotaCore } from "../../contract.ts";
import { patternWithMac } from "../../device/topics.ts";
import { arg, hasArg, type WebRequest } from "../http-request.ts";
import { CONFIGURATION, checkbox, escapeHtml, field, fieldset, form, page, passwordField } from "./html.ts";

/** What an empty field means: the compiled default, or nothing; every command spells them so. */
const DEFAULT = "1";
const CLEARED = '"';
/** Fewer characters than this are no password: the mask that the form was filled with, or nothing useful. */
const SHORTEST_PASSWORD = 5;

/** One command of a form, without an argument (a question) where the field holds too short a password (AddWebCommand). */
function fieldCommand(request: WebRequest, command: string, name: string, empty: string): string {
  const value = arg(request, name);
  if (value === "") return `${command} ${empty}`;
  const mask = /password/i.test(command) && new TextEncoder().encode(value).length < SHORTEST_PASSWORD;
  return `${command} ${mask ? "" : value}`;
}

const DEFAULT_MQTT_PORT = 1883;

/** In brackets are the compiled defaults, their patterns filled in. */
export function mqttPage(core: TasmotaCore): string {
  const { settings, host } = core;
  const standard = (name: string): string => patternWithMac(DEFAULT_TEXTS[name]!, host.mac);
  const text = (name: string): string => settings.text(name);
  const port = settings.get("mqtt_port");
  const fields =
    field("Host", "", "mh", "", text("MqttHost")) +
    `<p><b>Port</b> (${DEFAULT_MQTT_PORT})<br><input id='ml' placeholder='${DEFAULT_MQTT_PORT}' value='${port}'></p>` +
    field("Client", standard("MqttClient"), "mc", DEFAULT_TEXTS["MqttClient"]!, text("MqttClient")) +
    field("User", DEFAULT_TEXTS["MqttUser"]!, "mu", DEFAULT_TEXTS["MqttUser"]!, text("MqttUser") || "0") +
    passwordField("Password", "mp", "Password", "****", " minlength='5'") +
    field("Topic</b> = %topic%<b>", standard("Topic"), "mt", DEFAULT_TEXTS["Topic"]!, text("Topic")) +
    field("Full Topic", DEFAULT_TEXTS["FullTopic"]!, "mf", DEFAULT_TEXTS["FullTopic"]!, text("FullTopic"));
  return page(core, "MQTT", fieldset("MQTT parameters", form("mq", fields)) + CONFIGURATION);
}

export function mqttCommands(request: WebRequest): readonly string[] {
  return [
    fieldCommand(request, "MqttHost", "mh", DEFAULT),
    fieldCommand(request, "MqttPort", "ml", DEFAULT),
    fieldCommand(request, "MqttClient", "mc", DEFAULT),
    fieldCommand(request, "MqttUser", "mu", DEFAULT),
    fieldCommand(request, "MqttPassword2", "mp", CLEARED),
    fieldCommand(request, "Topic", "mt", DEFAULT),
    fieldCommand(request, "FullTopic", "mf", DEFAULT),
  ];
}

/** SetOption3. */
export const MQTT_ENABLED = 3;
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
  const shown = LOGS.filter(([, id]) => id !== "l2" || settings.option(MQTT_ENABLED) === 1);
  const selects = shown.map(([label, id, name, byDefault]) => {
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
  return [
    fieldCommand(request, "SerialLog", "l0", "2"),
    fieldCommand(request, "WebLog", "l1", "2"),
    fieldCommand(request, "MqttLog", "l2", "0"),
    fieldCommand(request, "SysLog", "l3", "0"),
    fieldCommand(request, "LogHost", "lh", DEFAULT),
    fieldCommand(request, "LogPort", "lp", DEFAULT),
    fieldCommand(request, "TelePeriod", "lt", DEFAULT),
  ];
}

const EMULATIONS = [
  ["None", ""],
  ["Belkin WeMo", " single device"],
  ["Hue Bridge", " multi device"],
] as const;
/** SetOption128: HTTP API. */
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

/** MQTT_MAX_PACKET_SIZE: a template as long as this is left out. */
const TEMPLATE_LIMIT = 1200;

/** A check box that is not sent is off. */
export function otherCommands(request: WebRequest): readonly string[] {
  const commands = [
    fieldCommand(request, "WebPassword2", "wp", CLEARED),
    `SO3 ${hasArg(request, "b1") ? 1 : 0}`,
    `SO128 ${hasArg(request, "b3") ? 1 : 0}`,
    fieldCommand(request, "DeviceName", "dn", CLEARED),
  ];
  for (let i = 0; i < FRIENDLY_NAMES; i++) commands.push(fieldCommand(request, `FN${i + 1}`, `a${i}`, CLEARED));
  commands.push(fieldCommand(request, "Emulation", "b2", "0"));
  const template = arg(request, "t1");
  if (template !== "" && new TextEncoder().encode(template).length < TEMPLATE_LIMIT) {
    if (hasArg(request, "t2")) commands.push("Module 0");
    commands.push(`Template ${template}`);
  }
  return commands;
}

/** /wi in the network. */
export function wifiCommands(request: WebRequest): readonly string[] {
  return [
    fieldCommand(request, "Hostname", "h", DEFAULT),
    fieldCommand(request, "SSID1", "s1", DEFAULT),
    fieldCommand(request, "SSID2", "s2", DEFAULT),
    fieldCommand(request, "Password3", "p1", CLEARED),
    fieldCommand(request, "Password4", "p2", CLEARED),
  ];
}
