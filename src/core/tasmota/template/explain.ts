/**
 * A template in words: which pin does what, for people.
 */
import { asText, say, type Text } from "../../text/text.ts";
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
const WORDS: Readonly<Record<string, Text>> = {
  None: say`not used`,
  Button: say`button, pressed connects to ground`,
  Button_n: say`button without the internal pull-up`,
  Button_i: say`button, pressed connects to 3.3 V`,
  Button_in: say`button, pressed connects to 3.3 V, without the internal pull-up`,
  Switch: say`switch`,
  Switch_n: say`switch without the internal pull-up`,
  Relay: say`relay, on when the pin is high`,
  Relay_i: say`relay, on when the pin is low`,
  Led: say`LED, lit when the pin is high`,
  Led_i: say`LED, lit when the pin is low`,
  LedLink: say`LED for the network's state, lit when the pin is high`,
  LedLink_i: say`LED for the network's state, lit when the pin is low`,
  PWM: say`dimmer output`,
  PWM_i: say`inverted dimmer output`,
  Counter: say`pulse counter`,
  "HLWBL SEL": say`metering chip: selects voltage or current; low is voltage`,
  "HLWBL SEL_i": say`metering chip: selects voltage or current; high is voltage`,
  "HLWBL CF1": say`metering chip: pulses for voltage and current`,
  "HLW8012 CF": say`metering chip HLW8012: pulses for power`,
  "BL0937 CF": say`metering chip BL0937: pulses for power`,
  "I2C SCL": say`I2C clock`,
  "I2C SDA": say`I2C data`,
  "Serial Tx": say`serial output`,
  "Serial Rx": say`serial input`,
  "Tuya Tx": say`serial line to a second controller`,
  "Tuya Rx": say`serial line from a second controller`,
};

export interface ExplainedPin {
  readonly pin: string;
  readonly code: number;
  readonly name: string;
  readonly words: Text;
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
      const words = isUser(code) ? say`not assigned` : WORDS[componentOf(code)?.component.name ?? ""];
      return { pin: pinName(entry), code, name, words: words ?? asText(name) };
    }),
  };
}
