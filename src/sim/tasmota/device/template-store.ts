/**
 * The user template in the settings: from JSON in both forms, from a built-in module, and back to JSON. Written for
 * the firmware model alone; the host converts templates with code of its own.
 * Source: Tasmota tasmota_support/support.ino (JsonTemplate, TemplateConvert, TemplateJson, ModuleDefault).
 */
import { USER_CODE_SHOWN, USER_CODE_STORED } from "../../../core/tasmota/tables/components.ts";
import {
  LEGACY_ADC,
  LEGACY_GPIO,
  LEGACY_TEMPLATE_LENGTH,
  TEMPLATE_LENGTH,
} from "../../../core/tasmota/tables/legacy-gpio.ts";
import { GENERIC_MODULE, USER_MODULE_STORED } from "../../../core/tasmota/tables/modules.ts";
import { parseJsonObject } from "../command/json-tokens.ts";
import type { PinFunctions, TasmotaCore } from "../contract.ts";
import type { SettingsImage } from "../settings/settings-image.ts";
import { moduleName } from "./module-name.ts";
import { isModule, modulePins } from "./module-templates.ts";

/** Shorter texts are not looked at. */
const SHORTEST_JSON = 9;
const HIGHEST_LEGACY_CODE = 255;
const TEMPLATE_GPIOS: readonly number[] = [0, 1, 2, 3, 4, 5, 9, 10, 12, 13, 14, 15, 16, 17];

export interface TemplateHost {
  readonly settings: SettingsImage;
  log: TasmotaCore["log"];
  execute: TasmotaCore["execute"];
}

/** @returns false where the text is no JSON object; what it says is stored, the rest stays. */
export function storeTemplate(host: TemplateHost, json: string): boolean {
  const root = new TextEncoder().encode(json).length < SHORTEST_JSON ? undefined : parseJsonObject(json);
  if (root === undefined) return false;
  const { settings } = host;
  const name = root.get("NAME");
  if (name !== undefined) setName(settings, name.text());
  const codes = root.get("GPIO")?.items?.map((item) => item.unsigned());
  const flag = root.get("FLAG");
  if (codes?.length === LEGACY_TEMPLATE_LENGTH && codes.every((code) => code <= HIGHEST_LEGACY_CODE)) {
    host.log(3, "TPL: Converting template ...");
    const analog = LEGACY_ADC[(flag?.unsigned() ?? 0) & 0xf] ?? USER_CODE_STORED;
    settings.setAll("user_template", [...codes.map((code) => LEGACY_GPIO[code] ?? USER_CODE_STORED), analog, 0]);
  } else if (codes !== undefined) {
    const entries = codes.slice(0, TEMPLATE_LENGTH).map((code) => code & 0xffff);
    settings.setAll(
      "user_template",
      entries.map((code) => (code === USER_CODE_SHOWN ? USER_CODE_STORED : code)),
    );
    if (flag !== undefined) settings.set("user_template", flag.unsigned(), TEMPLATE_LENGTH);
  }
  const base = root.get("BASE");
  if (base !== undefined) {
    const number = base.unsigned();
    settings.set("user_template_base", (isModule(number) ? number : GENERIC_MODULE) - 1);
  }
  const command = root.get("CMND")?.text() ?? "";
  if (command !== "" && (settings.get("module") === USER_MODULE_STORED || /module 0/i.test(command))) {
    host.execute(`Backlog0 ${command.replace(/\|/g, ";")}`, "system");
  }
  return true;
}

/** The name is not escaped: one with a quote makes an answer that is no JSON. */
export function templateJson(settings: SettingsImage): string {
  const codes = Array.from({ length: TEMPLATE_LENGTH }, (_, i) => {
    const code = settings.get("user_template", i);
    return code === USER_CODE_STORED ? USER_CODE_SHOWN : code;
  });
  return (
    `{"NAME":"${settings.text("TemplateName")}","GPIO":[${codes.join(",")}],` +
    `"FLAG":${settings.get("user_template", TEMPLATE_LENGTH)},"BASE":${settings.get("user_template_base") + 1}}`
  );
}

/** A built-in module's pins become the user template. @param stored module as stored, 0..74. */
export function copyModule(settings: SettingsImage, stored: number): void {
  settings.set("user_template_base", stored);
  setName(settings, moduleName(stored, settings));
  settings.setAll("user_template", modulePins(stored + 1));
  settings.set("user_template", 0, TEMPLATE_LENGTH);
}

/** The active module with what the person put on its free pins becomes the user template. */
export function mergeModule(settings: SettingsImage, pins: PinFunctions): void {
  if (settings.get("module") !== USER_MODULE_STORED) copyModule(settings, settings.get("module"));
  setName(settings, "Merged");
  TEMPLATE_GPIOS.forEach((gpio, i) => {
    if (pins.at(gpio) > 0) settings.set("user_template", pins.at(gpio), i);
  });
}

function setName(settings: SettingsImage, name: string): void {
  settings.setText("TemplateName", name);
  settings.setFixedText("user_template_name", settings.text("TemplateName"));
}
