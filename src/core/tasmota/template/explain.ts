/**
 * A template in words: which pin does what, for people.
 */
import { COMPONENTS, type Component, USER_CODE_SHOWN, USER_CODE_STORED } from "../tables/components.ts";
import { TEMPLATE_PINS } from "../tables/legacy-gpio.ts";
import { MODULE_NAMES } from "../tables/modules.ts";
import type { Template } from "./template.ts";

/** What a code says; undefined for a number that is no component. */
export function componentOf(code: number): { readonly component: Component; readonly index: number } | undefined {
  const component = COMPONENTS[Math.floor(code / 32)];
  return component === undefined ? undefined : { component, index: code % 32 };
}

export function isUser(code: number): boolean {
  return code === USER_CODE_SHOWN || code === USER_CODE_STORED;
}

/** As the firmware's pages name it: "Led_i1", "Relay1", "HLWBL CF1", "User", "None". */
export function codeName(code: number): string {
  if (isUser(code)) return "User";
  const found = componentOf(code);
  if (found === undefined) return `unknown (${code})`;
  return found.component.count > 1 || found.index > 0
    ? `${found.component.name}${found.index + 1}`
    : found.component.name;
}

export function pinName(entry: number): string {
  const gpio = TEMPLATE_PINS[entry];
  if (gpio === undefined) return `entry ${entry}`;
  return gpio === 17 ? "A0" : `GPIO${gpio}`;
}

/** The common components in plain words. Suffix "_n": no pull-up, "_i": inverted. */
const WORDS: Readonly<Record<string, string>> = {
  None: "not used",
  Button: "button, pressed connects to ground",
  Button_n: "button without the internal pull-up",
  Button_i: "button, pressed connects to 3.3 V",
  Button_in: "button, pressed connects to 3.3 V, without the internal pull-up",
  Switch: "switch",
  Switch_n: "switch without the internal pull-up",
  Relay: "relay, on when the pin is high",
  Relay_i: "relay, on when the pin is low",
  Led: "LED, lit when the pin is high",
  Led_i: "LED, lit when the pin is low",
  LedLink: "LED for the network's state, lit when the pin is high",
  LedLink_i: "LED for the network's state, lit when the pin is low",
  PWM: "dimmer output",
  PWM_i: "inverted dimmer output",
  Counter: "pulse counter",
  "HLWBL SEL": "metering chip: selects voltage or current; low is voltage",
  "HLWBL SEL_i": "metering chip: selects voltage or current; high is voltage",
  "HLWBL CF1": "metering chip: pulses for voltage and current",
  "HLW8012 CF": "metering chip HLW8012: pulses for power",
  "BL0937 CF": "metering chip BL0937: pulses for power",
  "I2C SCL": "I2C clock",
  "I2C SDA": "I2C data",
  "Serial Tx": "serial output",
  "Serial Rx": "serial input",
  "Tuya Tx": "serial line to a second controller",
  "Tuya Rx": "serial line from a second controller",
};

export interface ExplainedPin {
  readonly pin: string;
  readonly code: number;
  readonly name: string;
  readonly words: string;
}

export interface ExplainedTemplate {
  readonly name: string;
  /** "BlitzWolf SHP (45)". */
  readonly base: string;
  readonly pins: readonly ExplainedPin[];
}

export function explainTemplate(template: Template): ExplainedTemplate {
  return {
    name: template.name,
    base: `${MODULE_NAMES[template.base] ?? "unknown module"} (${template.base})`,
    pins: template.gpio.map((code, entry) => {
      const name = codeName(code);
      const words = isUser(code) ? "not assigned" : WORDS[componentOf(code)?.component.name ?? ""];
      return { pin: pinName(entry), code, name, words: words ?? name };
    }),
  };
}
