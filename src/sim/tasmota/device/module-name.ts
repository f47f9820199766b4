/** Module numbers and names. Source: Tasmota tasmota_support/support.ino (ModuleNr, AnyModuleName). */
import { MODULE_NAMES, USER_MODULE, USER_MODULE_STORED } from "../../../core/tasmota/tables/modules.ts";
import type { SettingsView } from "../contract.ts";

/** Number as shown for a module as stored. */
export function moduleNumber(stored: number): number {
  return stored === USER_MODULE_STORED ? USER_MODULE : stored + 1;
}

export function moduleName(stored: number, settings: SettingsView): string {
  return stored === USER_MODULE_STORED ? settings.text("TemplateName") : (MODULE_NAMES[stored + 1] ?? "");
}
