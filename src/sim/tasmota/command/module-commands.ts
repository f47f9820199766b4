/** Modules and templates. Source: Tasmota tasmota_support/support_command.ino (CmndModule … CmndTemplate). */
import { USER_MODULE_STORED } from "../../../core/tasmota/tables/modules.ts";
import type { CommandCall, CommandTable } from "../contract.ts";
import { moduleName, moduleNumber } from "../device/module-name.ts";
import { isModule, LAST_MODULE, MODULE_ORDER } from "../device/module-templates.ts";
import { copyModule, mergeModule, storeTemplate, templateJson } from "../device/template-store.ts";
import type { Machine } from "../machine.ts";
import { RESTART_SOON } from "./answers.ts";
import { gpioCommands } from "./gpio-commands.ts";
import { answerText } from "./json.ts";
import { within } from "./payload.ts";

const PINS = 18;
const ALL_PINS = 255;

export function moduleCommands(machine: Machine): CommandTable {
  const { settings, pins } = machine;

  function restartIfTemplateActive(): void {
    if (settings.get("module") === USER_MODULE_STORED) machine.restartFlag = RESTART_SOON;
  }

  function module(call: CommandCall): void {
    const fallback = call.index === 2;
    if (call.payload === 0 || isModule(call.payload)) {
      const stored = call.payload === 0 ? USER_MODULE_STORED : call.payload - 1;
      if (fallback) settings.set("fallback_module", stored);
      else {
        settings.set("last_module", settings.get("module"));
        if (settings.get("module") !== stored) for (let gpio = 0; gpio < PINS; gpio++) settings.set("my_gp", 0, gpio);
        settings.set("module", stored);
        machine.restartFlag = RESTART_SOON;
      }
    }
    const stored = settings.get(fallback ? "fallback_module" : "module");
    // The name as it stands: a template's name may end the text early.
    const key = `${call.key}${fallback ? "2" : ""}`;
    call.respond(`{"${key}":{"${moduleNumber(stored)}":"${moduleName(stored, settings)}"}}`);
  }

  function modules(call: CommandCall): void {
    const all = MODULE_ORDER.map((number) => {
      const stored = number === 0 ? USER_MODULE_STORED : number - 1;
      return `"${number}":"${moduleName(stored, settings)}"`;
    });
    call.respond(`{"${call.key}":{${all.join(",")}}}`);
  }

  function template(call: CommandCall): void {
    if (call.data.includes("{")) {
      if (!storeTemplate(machine, call.data)) {
        call.respond(answerText(call.key, "Invalid JSON"));
        return;
      }
      restartIfTemplateActive();
    } else if (within(call.payload, 1, LAST_MODULE)) {
      if (isModule(call.payload)) {
        copyModule(settings, call.payload - 1);
        restartIfTemplateActive();
      }
    } else if (call.payload === 0) {
      if (settings.get("module") !== USER_MODULE_STORED) copyModule(settings, settings.get("module"));
    } else if (call.payload === ALL_PINS) mergeModule(settings, pins);
    call.respond(templateJson(settings));
  }

  return { Module: module, Modules: modules, Template: template, ...gpioCommands(machine) };
}
