/**
 * The user template in the settings: from JSON in both forms, from a built-in module, and back to JSON. Written for
 * the stand-in alone; the host converts templates with code of its own.
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
import { quote } from "../command/json.ts";
import type { PinFunctions, TasmotaCore } from "../contract.ts";
import type { SettingsImage } from "../settings/settings-image.ts";
import { moduleName } from "./module-name.ts";
import { LAST_MODULE, modulePins } from "./module-templates.ts";

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
  const root = json.length < SHORTEST_JSON ? undefined : parseObject(json);
  if (root === undefined) return false;
  const { settings } = host;
  const name = root.get("NAME");
  if (typeof name === "string" || typeof name === "number") setName(settings, `${name}`);
  const gpio = root.get("GPIO");
  if (Array.isArray(gpio)) {
    const codes = gpio.map(unsigned);
    if (codes.length === LEGACY_TEMPLATE_LENGTH && codes.every((code) => code <= HIGHEST_LEGACY_CODE)) {
      host.log(3, "TPL: Converting template ...");
      const analog = LEGACY_ADC[unsigned(root.get("FLAG")) & 15] ?? USER_CODE_STORED;
      settings.setAll(
        "user_template",
        codes.map((code) => LEGACY_GPIO[code] ?? USER_CODE_STORED),
      );
      settings.set("user_template", analog, TEMPLATE_LENGTH - 1);
    } else {
      const entries = codes.slice(0, TEMPLATE_LENGTH);
      settings.setAll(
        "user_template",
        entries.map((code) => (code === USER_CODE_SHOWN ? USER_CODE_STORED : code & 0xffff)),
      );
    }
    settings.set("user_template", 0, TEMPLATE_LENGTH);
  }
  const base = root.get("BASE");
  if (base !== undefined) {
    const number = unsigned(base);
    settings.set("user_template_base", (number >= 1 && number <= LAST_MODULE ? number : GENERIC_MODULE) - 1);
  }
  const command = root.get("CMND");
  if (typeof command === "string") {
    const runs = settings.get("module") === USER_MODULE_STORED || /module 0/i.test(command);
    if (runs) host.execute(`Backlog0 ${command.replace(/\|/g, ";")}`, "system");
  }
  return true;
}

export function templateJson(settings: SettingsImage): string {
  const codes = Array.from({ length: TEMPLATE_LENGTH }, (_, i) => {
    const code = settings.get("user_template", i);
    return code === USER_CODE_STORED ? USER_CODE_SHOWN : code;
  });
  return (
    `{"NAME":${quote(settings.text("TemplateName"))},"GPIO":[${codes.join(",")}],` +
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

/** Keys without regard to case; undefined where it is no object. */
function parseObject(json: string): ReadonlyMap<string, unknown> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json.slice(json.indexOf("{"), json.lastIndexOf("}") + 1));
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  return new Map(Object.entries(parsed).map(([key, value]) => [key.toUpperCase(), value]));
}

/** As strtoul reads it: leading digits, 0 without any. */
function unsigned(value: unknown): number {
  if (typeof value === "number") return Math.trunc(value) >>> 0;
  const digits = typeof value === "string" ? /^\s*\d+/.exec(value) : null;
  return digits === null ? 0 : Number(digits[0]) >>> 0;
}
