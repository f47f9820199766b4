/**
 * Restarts in quick succession mean that some setting is to blame: the more of them, the more is reset.
 * Source: Tasmota tasmota.ino (setup), SetOption36.
 */
import type { SettingsView } from "../contract.ts";

const OFFSET_OPTION = 36;
const USE_QUAD_PINS = 51;
const RULES = 3;
const PINS = 18;

/** @param restarts boots in a row with less than 10 s of uptime, this one included. @returns whether anything was reset. */
export function guardBootLoop(settings: SettingsView, restarts: number): boolean {
  const offset = settings.option(OFFSET_OPTION);
  if (offset === 0 || restarts <= offset) return false;
  const beyond = restarts - offset;
  settings.setOption(USE_QUAD_PINS, 0);
  if (beyond > 1) {
    for (let rule = 0; rule < RULES; rule++) {
      const bit = 1 << rule;
      if (settings.get("rule_stop") & bit) settings.set("rule_enabled", settings.get("rule_enabled") & ~bit);
    }
  }
  if (beyond > 2) settings.set("rule_enabled", 0);
  if (beyond > 3) for (let gpio = 0; gpio < PINS; gpio++) settings.set("my_gp", 0, gpio);
  if (beyond > 4) settings.set("module", settings.get("fallback_module"));
  return true;
}
