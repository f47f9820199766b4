/** Modules, templates and pins. Source: Tasmota tasmota_support/support_command.ino (CmndModule … CmndTemplate). */
import { COMPONENTS, USER_CODE_STORED } from "../../../core/tasmota/tables/components.ts";
import { USER_MODULE_STORED } from "../../../core/tasmota/tables/modules.ts";
import type { CommandCall, CommandTable } from "../contract.ts";
import { moduleName, moduleNumber } from "../device/module-name.ts";
import { ANALOG_ORDER, GPIO_ORDER, LAST_MODULE, MODULE_ORDER } from "../device/module-templates.ts";
import { copyModule, mergeModule, storeTemplate, templateJson } from "../device/template-store.ts";
import type { Machine } from "../machine.ts";
import { answerChoice, RESTART_SOON } from "./answers.ts";
import { answerText, quote } from "./json.ts";
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
    if (within(call.payload, 0, LAST_MODULE)) {
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
    call.respond(answerChoice(`${call.key}${fallback ? "2" : ""}`, moduleNumber(stored), moduleName(stored, settings)));
  }

  function modules(call: CommandCall): void {
    const all = MODULE_ORDER.map((number) => {
      const stored = number === 0 ? USER_MODULE_STORED : number - 1;
      return `"${number}":${quote(moduleName(stored, settings))}`;
    });
    call.respond(`{"${call.key}":{${all.join(",")}}}`);
  }

  function gpio(call: CommandCall): void {
    if (call.index >= PINS) return;
    const template = pins.template();
    if (template.has(call.index) && pins.isFree(call.index) && isSelectable(call.payload)) {
      for (const pin of template.keys()) {
        if (pins.isFree(pin) && settings.get("my_gp", pin) === call.payload) settings.set("my_gp", 0, pin);
      }
      settings.set("my_gp", call.payload, call.index);
      machine.restartFlag = RESTART_SOON;
    }
    const shown = [...template].flatMap(([pin, code]) => {
      const free = pins.isFree(pin);
      if (!free && call.payload !== ALL_PINS) return [];
      const sits = free ? settings.get("my_gp", pin) : code === USER_CODE_STORED ? 0 : code;
      return [`"${call.key}${pin}":{${quote(componentName(sits))}:${sits}}`];
    });
    call.respond(shown.length > 0 ? `{${shown.join(",")}}` : answerText(call.key, "Not supported"));
  }

  /** One answer for the digital components, one for the analog ones; with 255 everything there is. */
  function gpios(call: CommandCall): void {
    call.respond(undefined);
    const everything = COMPONENTS.map(({ type }) => type);
    const lists = call.payload === ALL_PINS ? [everything] : [GPIO_ORDER, ANALOG_ORDER];
    lists.forEach((types, i) => {
      const entries = types.map((type) => `${quote(COMPONENTS[type]?.name ?? "")}:${type * 32}`);
      machine.publish("stat", "RESULT", `{"${call.key}${i + 1}":{${entries.join(",")}}}`);
    });
  }

  function template(call: CommandCall): void {
    if (call.data.includes("{")) {
      if (!storeTemplate(machine, call.data)) {
        call.respond(answerText(call.key, "Invalid JSON"));
        return;
      }
      restartIfTemplateActive();
    } else if (within(call.payload, 1, LAST_MODULE)) {
      copyModule(settings, call.payload - 1);
      restartIfTemplateActive();
    } else if (call.payload === 0) {
      if (settings.get("module") !== USER_MODULE_STORED) copyModule(settings, settings.get("module"));
    } else if (call.payload === ALL_PINS) mergeModule(settings, pins);
    call.respond(templateJson(settings));
  }

  return { Module: module, Modules: modules, GPIO: gpio, GPIOs: gpios, Template: template };
}

/** Codes that the plain build lets the person put on a pin. */
function isSelectable(code: number): boolean {
  const component = code >= 0 ? COMPONENTS[Math.floor(code / 32)] : undefined;
  return component?.plainBuild === true && code % 32 < component.count;
}

/** "Relay1", "None": numbered where there may be several. */
export function componentName(code: number): string {
  const component = COMPONENTS[Math.floor(code / 32)];
  if (component === undefined) return "";
  return component.count > 1 ? `${component.name}${(code % 32) + 1}` : component.name;
}
