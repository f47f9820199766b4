/** What sits on the pins. Source: Tasmota tasmota_support/support_command.ino (CmndGpio, CmndGpios, CmndGpioRead, GpioSensorType). */
import { COMPONENTS, USER_CODE_STORED } from "../../../core/tasmota/tables/components.ts";
import type { CommandCall, CommandTable } from "../contract.ts";
import { ANALOG_ORDER, GPIO_ORDER } from "../device/module-templates.ts";
import type { Machine } from "../machine.ts";
import { RESTART_SOON } from "./answers.ts";
import { answerText, quote } from "./json.ts";
import { parseJsonObject } from "./json-tokens.ts";
import { within } from "./payload.ts";

const PINS = 18;
const ALL_PINS = 255;
/** Gpio 1, 2, 3: pin with code and name, pin with code, code. From 10 on the same without free pins that nobody uses. */
const WITH_NAME = 1;
const WITH_PIN = 2;
const CODES_ALONE = 3;
const USED_ONLY = 10;

export function gpioCommands(machine: Machine): CommandTable {
  const { settings, pins } = machine;

  /** @param displaced what another pin must hold to be freed: a component sits on one pin only. */
  function put(pin: number, code: number, displaced: number): boolean {
    if (!pins.isFree(pin) || !isSelectable(code)) return false;
    for (const other of pins.template().keys()) {
      if (pins.isFree(other) && settings.get("my_gp", other) === displaced) settings.set("my_gp", 0, other);
    }
    settings.set("my_gp", code, pin);
    machine.restartFlag = RESTART_SOON;
    return true;
  }

  /** Gpio {"GPIO":[…]}: a code for each free pin. @returns how the result is shown. */
  function putAll(json: string, payload: number): number {
    const codes = parseJsonObject(json)?.get("GPIO")?.items ?? [];
    let shown = payload;
    let next = 0;
    for (const pin of pins.template().keys()) {
      if (!pins.isFree(pin)) continue;
      const code = codes[next++];
      if (code === undefined) break;
      if (put(pin, code.unsigned() & 0xffff, shown)) shown = CODES_ALONE;
    }
    return shown;
  }

  function gpio(call: CommandCall): void {
    if (call.index >= PINS) return;
    let form = call.payload;
    if (call.data.includes("{")) form = putAll(call.data, form);
    else if (call.userIndex) put(call.index, call.payload, call.payload);
    const usedOnly = within(form, USED_ONLY, USED_ONLY + 2);
    if (usedOnly) form -= USED_ONLY;
    const list = within(form, WITH_NAME, CODES_ALONE);
    const shown = [...pins.template()].flatMap(([pin, code]) => {
      const free = pins.isFree(pin);
      if (!free && form !== ALL_PINS) return [];
      const sits = free ? settings.get("my_gp", pin) : code === USER_CODE_STORED ? 0 : code;
      if (usedOnly && sits === 0) return [];
      if (form === WITH_NAME) return [`[${pin},${sits},${quote(componentName(sits))}]`];
      if (form === WITH_PIN) return [`[${pin},${sits}]`];
      return [form === CODES_ALONE ? `${sits}` : `"${call.key}${pin}":{${quote(componentName(sits))}:${sits}}`];
    });
    if (shown.length === 0) call.respond(answerText(call.key, "Not supported"));
    else call.respond(list ? `{"${call.key}":[${shown.join(",")}]}` : `{${shown.join(",")}}`);
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

  /** Levels of the pins that the template or the person uses. */
  function gpioRead(call: CommandCall): void {
    const levels = [...pins.template()].flatMap(([pin, code]) => {
      const used = (code !== 0 && code !== USER_CODE_STORED) || settings.get("my_gp", pin) !== 0;
      return used ? [`"GPIO${pin}":${machine.host.pins.level(pin)}`] : [];
    });
    call.respond(`{"${call.key}":{${levels.join(",")}}}`);
  }

  return { GPIO: gpio, GPIOs: gpios, GPIORead: gpioRead };
}

/** Codes that the plain build lets the person put on a pin; what belongs to the analog input is in no such list. */
function isSelectable(code: number): boolean {
  const type = Math.floor(code / 32);
  const component = code >= 0 && GPIO_ORDER.includes(type) ? COMPONENTS[type] : undefined;
  return component !== undefined && code % 32 < component.count;
}

/** "Relay1", "None": numbered where there may be several. */
export function componentName(code: number): string {
  const component = COMPONENTS[Math.floor(code / 32)];
  if (component === undefined) return "";
  return component.count > 1 ? `${component.name}${(code % 32) + 1}` : component.name;
}
