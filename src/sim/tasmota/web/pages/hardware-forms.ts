/** Module and template forms. The lists in their selections are drawn by the page's script. Source: recordings; xdrv_01_9_webserver.ino. */
import { TEMPLATE_PINS } from "../../../../core/tasmota/tables/legacy-gpio.ts";
import { MODULE_NAMES, USER_MODULE_STORED } from "../../../../core/tasmota/tables/modules.ts";
import type { TasmotaCore } from "../../contract.ts";
import { modulePins } from "../../device/module-templates.ts";
import { arg, hasArg, type WebRequest } from "../http-request.ts";
import { CONFIGURATION, escapeHtml, fieldset, form, page } from "./html.ts";

const DEFAULT_MODULE_NAME = "Sonoff Basic";

function pinRow(gpio: number): string {
  return (
    `<tr><td><b>GPIO${gpio}</b></td><td><select id='g${gpio}'></select></td>` +
    `<td><select id='h${gpio}'></select></td></tr>`
  );
}

/** The module, and a component for every pin that the module leaves free. */
export function modulePage(core: TasmotaCore): string {
  const free = TEMPLATE_PINS.filter((gpio) => core.pins.isFree(gpio));
  const fields =
    `<p></p><b>Module type</b> (${DEFAULT_MODULE_NAME})<br><select id='g99'></select><br><br>` +
    `<table>${free.map(pinRow).join("")}</table>`;
  return page(core, "Module", fieldset("Module parameters", form("md", fields)) + CONFIGURATION);
}

/** The value of a pin's two selections: the type's first code and the index within it. */
function pinCode(request: WebRequest, gpio: number): number | undefined {
  if (!hasArg(request, `g${gpio}`)) return undefined;
  return Number(arg(request, `g${gpio}`)) + Math.max(0, Number(arg(request, `h${gpio}`) || 1) - 1);
}

export function moduleCommands(request: WebRequest): readonly string[] {
  const stored = arg(request, "g99") === "" ? undefined : Number(arg(request, "g99"));
  const commands = stored === undefined ? [] : [`Module ${stored === USER_MODULE_STORED ? 0 : stored + 1}`];
  for (const gpio of TEMPLATE_PINS) {
    const code = pinCode(request, gpio);
    if (code !== undefined) commands.push(`Gpio${gpio} ${code}`);
  }
  if (commands.length < 2) commands.push("Gpio");
  return commands;
}

/** /tp?m=1&t=n: a module's pins for the form, n as stored: "name}1codes}1flag}1base". */
export function templateData(core: TasmotaCore, stored: number): string {
  const { settings } = core;
  const own = stored === USER_MODULE_STORED;
  const name = own ? settings.text("TemplateName") : (MODULE_NAMES[stored + 1] ?? "");
  const codes = own ? TEMPLATE_PINS.map((_, i) => settings.get("user_template", i)) : modulePins(stored + 1);
  return [name, codes.join(","), 0, settings.get("user_template_base")].join("}1");
}

export function templatePage(core: TasmotaCore): string {
  const fields =
    "<table><tr><td><b>Name</b></td><td><input id='s1' placeholder='Name'></td></tr>" +
    "<tr><td><b>Based on</b></td><td><select id='g99'></select></td></tr></table><hr>" +
    `<table>${TEMPLATE_PINS.map(pinRow).join("")}</table>`;
  const name = escapeHtml(core.settings.text("TemplateName"));
  return page(
    core,
    "Template",
    `<script>var name=${JSON.stringify(name)};</script>${fieldset("Template parameters", form("tp", fields))}${CONFIGURATION}`,
  );
}

export function templateCommands(request: WebRequest): readonly string[] {
  const pins = TEMPLATE_PINS.map((gpio) => pinCode(request, gpio) ?? 0);
  const flag = Object.fromEntries(request.args)["c0"] === undefined ? 0 : 1;
  const base = Number(arg(request, "g99") || 17) + 1;
  const template = JSON.stringify({ NAME: arg(request, "s1"), GPIO: pins, FLAG: flag, BASE: base });
  return [`Template ${template}`];
}
