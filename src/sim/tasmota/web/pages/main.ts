/** The main page, its live fragment, and the menus. */
import { macText } from "../../../hex.ts";
import type { TasmotaCore } from "../../contract.ts";
import { MAIN_MENU, menu, page, RESTART_SOON } from "./html.ts";
import { MQTT_ENABLED } from "./settings-forms.ts";

function toggles(core: TasmotaCore): string {
  const buttons: string[] = [];
  for (let relay = 1; relay <= core.relayCount; relay++) {
    buttons.push(`<td><button id='o${relay}'>${core.relayCount > 1 ? relay : "Toggle"}</button></td>`);
  }
  return buttons.length === 0 ? "" : `<table><tr>${buttons.join("")}</tr></table>`;
}

export function mainPage(core: TasmotaCore): string {
  const { minimal } = core.build;
  return page(
    core,
    "Main Menu",
    `<div id='l1'></div>${minimal ? "" : toggles(core)}` +
      (minimal ? "" : menu("but3", "cn", "Configuration") + menu("but4", "in", "Information")) +
      menu("but5", "up", "Firmware Upgrade") +
      menu("but14", "cs", "Console") +
      "<p><form id=but0 action='.' method='get'><button name='rst'>Restart</button></form></p>",
  );
}

/** All that WebServer 1 shows. */
export function userPage(core: TasmotaCore): string {
  return page(core, "Main Menu", `<div id='l1'></div>${toggles(core)}`);
}

/** Rows of the energy table, in this order: key in SENSOR, label, unit. */
const ENERGY_ROWS = [
  ["Voltage", "Voltage", " V"],
  ["Current", "Current", " A"],
  ["Power", "Active Power", " W"],
  ["ApparentPower", "Apparent Power", " VA"],
  ["ReactivePower", "Reactive Power", " var"],
  ["Factor", "Power Factor", ""],
  ["Today", "Energy Today", " kWh"],
  ["Yesterday", "Energy Yesterday", " kWh"],
  ["Total", "Energy Total", " kWh"],
] as const;

/** /?m=1: what the page fetches again and again. {t} {s} {m} {e} are the browser's to replace. */
export function liveFragment(core: TasmotaCore): string {
  let sensors = "";
  if (core.meter.present) {
    const json = core.meter.sensorJson(false);
    const rows = ENERGY_ROWS.flatMap(([key, label, unit]) => {
      const value = new RegExp(`"${key}":([-0-9.]+)`).exec(json)?.[1];
      return value === undefined ? [] : [`{s}${label}{m}</td><td>${value}</td><td>&nbsp;</td><td>${unit}{e}`];
    });
    sensors = `{s}</th><th></th><th><th></th><td>{e}${rows.join("")}</table>{t}<tr><td colspan=2><hr></td></tr></table>`;
  }
  let relays = "";
  for (let relay = 1; relay <= core.relayCount; relay++) {
    relays += `<td>${core.settings.text(core.relayOn(relay) ? "StateText2" : "StateText1")}</td>`;
  }
  const states = relays === "" ? "" : `{t}<tr>${relays}</tr></table>`;
  return `{t}${sensors === "" ? "</table>" : `</table>{t}${sensors}`}${states}\n\n`;
}

export function configurationMenu(core: TasmotaCore): string {
  return page(
    core,
    "Configuration",
    "<h3>Configuration</h3>" +
      menu("but7", "md", "Module") +
      menu("but8", "wi", "WiFi") +
      (core.settings.option(MQTT_ENABLED) === 1 ? menu("", "mq", "MQTT") + menu("", "dm", "Domoticz") : "") +
      menu("", "tm", "Timer") +
      menu("but9", "lg", "Logging") +
      menu("but10", "co", "Other") +
      menu("but11", "tp", "Template") +
      "<p><form id=but1 action='rt' method='get'><button name='non'>Reset</button></form></p>" +
      menu("but12", "dl", "Backup") +
      menu("but13", "rs", "Restore") +
      MAIN_MENU,
  );
}

export function toolsMenu(core: TasmotaCore): string {
  return page(core, "Tools", `<h3>Tools</h3>${menu("but14", "cs", "Console")}${MAIN_MENU}`);
}

export function consolePage(core: TasmotaCore): string {
  return page(
    core,
    "Console",
    "<textarea readonly id='t1' wrap='off'></textarea>" +
      `<form method='get'><br><input id='c1' placeholder='Enter command' autofocus></form>${MAIN_MENU}`,
  );
}

/** The access point is gone with the restart: nothing to go back to (WebRestart). */
function backToMain(core: TasmotaCore): string {
  return core.network.managerActive ? "" : MAIN_MENU;
}

export function restartPage(core: TasmotaCore): string {
  return page(core, "Restart", RESTART_SOON + backToMain(core));
}

export function resetPage(core: TasmotaCore): string {
  return page(core, "Reset", `<div>Configuration reset</div>${RESTART_SOON}${MAIN_MENU}`);
}

/** What a form's submission shows. */
export function savedPage(core: TasmotaCore): string {
  return page(
    core,
    "Save configuration",
    `<div><b>Configuration saved</b><br><br></div>${RESTART_SOON}${backToMain(core)}`,
  );
}

/** Facts about the device. They stand in a script, as in the original: the page draws them. */
export function informationPage(core: TasmotaCore): string {
  const { build, host, network, time } = core;
  const { station } = network;
  const mac = macText(host.mac).toUpperCase();
  const facts: (readonly [string, string])[] = [
    ["Program Version", build.version],
    ["Build Date & Time", build.built],
    ["Core/SDK Version", `${build.core}/${build.sdk}`],
    ["Uptime", time.uptimeText()],
    ["Boot Count", String(core.bootCount)],
    ["Restart Reason", core.restartReason],
    ["Friendly Name 1", core.settings.text("FriendlyName1")],
    ["AP SSID", station.connected ? `${station.ssid} (${station.signalDbm} dBm)` : ""],
    ["Hostname", network.hostname],
    ["MAC Address", mac],
    ["IP Address", station.ip],
    ["Gateway", station.gateway],
    ["Subnet Mask", station.mask],
    ["DNS Server1", station.dns1],
    ["MQTT Host", core.settings.text("MqttHost")],
    ["Program Size", `${build.programSize} KB`],
    ["Free Program Space", `${build.free} KB`],
  ];
  const list = facts.map(([name, value]) => `${name}}2${value}`).join("}1");
  return page(
    core,
    "Information",
    `<script>var facts=${JSON.stringify(list).replaceAll("<", "\\u003c")};</script><div id='i' name='i'></div>${MAIN_MENU}`,
  );
}
