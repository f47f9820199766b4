/** Module and template forms. The lists in their selections are drawn by the page's script. Source: recordings; xdrv_01_9_webserver.ino. */
import { TEMPLATE_PINS } from "../../../../core/tasmota/tables/legacy-gpio.ts";
import { MODULE_NAMES, USER_MODULE_STORED } from "../../../../core/tasmota/tables/modules.ts";
import type { TasmotaCore } from "../../contract.ts";
import { modulePins } from "../../device/module-templates.ts";
import { arg, argWithin, hasArg, numberArg, type WebRequest } from "../http-request.ts";
import { CONFIGURATION, escapeHtml, fieldset, form, page } from "./html.ts";

/** Pins of the chip, A0 the last. */
const GPIOS = 18;
const NAME_LIMIT = 150;
const COMMAND_LIMIT = 299;
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

/** The value of a pin's two selections: the type's first code, and the index within it from 1 (WebGetGpioArg). */
function pinCode(request: WebRequest, gpio: number): number {
  const index = arg(request, `h${gpio}`) === "" ? 0 : numberArg(request, `h${gpio}`) - 1;
  return (numberArg(request, `g${gpio}`) + index) & 0xffff;
}

/** A new module takes all components from the pins; the same one gives every free pin what the form says (ModuleSaveSettings). */
export function saveModule(core: TasmotaCore, request: WebRequest): void {
  const { settings } = core;
  const before = settings.get("module");
  const module = arg(request, "g99") === "" ? before : numberArg(request, "g99") & 0xff;
  settings.set("last_module", before);
  settings.set("module", module);
  for (let gpio = 0; gpio < GPIOS; gpio++) {
    if (module !== before) settings.set("my_gp", 0, gpio);
    else if (core.pins.isFree(gpio)) settings.set("my_gp", pinCode(request, gpio), gpio);
  }
}

/** /tp?t=n: a module's pins for the form, n as stored: "name}1codes}1flag}1base". */
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

/** The name as it was typed, cut like the command as the original's buffers cut them (TemplateSaveSettings). */
export function templateCommand(request: WebRequest): string {
  const pins = TEMPLATE_PINS.map((gpio) => pinCode(request, gpio));
  const name = argWithin(request, "s1", NAME_LIMIT);
  const head = `Template {"NAME":"${name}","GPIO":[${pins.join(",")}`;
  return `${head}],"FLAG":${hasArg(request, "c0") ? 1 : 0},"BASE":${numberArg(request, "g99") + 1}}`.slice(
    0,
    COMMAND_LIMIT,
  );
}
