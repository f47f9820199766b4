/**
 * Mistakes in a template that the firmware accepts in silence.
 * Source: ESP8266 hardware: Espressif ESP8266EX datasheet (strapping pins GPIO0, 2, 15; UART0 on GPIO1, 3; flash on
 * GPIO6..8, 11); Tasmota's documentation of pin mapping (GPIO9, 10, 16); tasmota/include/tasmota_template.h.
 */
import {
  LEGACY_ADC,
  LEGACY_ADC_USER,
  LEGACY_CODES,
  LEGACY_TEMPLATE_LENGTH,
  LEGACY_USER,
  TEMPLATE_LENGTH,
  TEMPLATE_PINS,
} from "../tables/legacy-gpio.ts";
import { codeName, componentOf, isUser, pinName } from "./explain.ts";
import { convertTemplate, isTemplateBase, type Template, type WrittenTemplate } from "./template.ts";

export interface TemplateFinding {
  /** error: will not work or is dangerous. warning: probably not meant. note: good to know. */
  readonly level: "error" | "warning" | "note";
  /** "GPIO15", "A0"; undefined where the whole template is meant. */
  readonly pin: string | undefined;
  readonly text: string;
}

/** Bytes that a name may take without hurting the other texts of the plug (Tasmota's documentation: short names). */
const MAX_NAME = 60;
const ANALOG_ENTRY = TEMPLATE_LENGTH - 1;

function checkPin(code: number, entry: number): TemplateFinding[] {
  const pin = pinName(entry);
  const gpio = TEMPLATE_PINS[entry]!;
  if (code === 0 || isUser(code)) return [];
  const found = componentOf(code);
  if (found === undefined || (found.component.name === "None" && found.index > 0)) {
    return [{ level: "error", pin, text: `${code} is no component of this firmware.` }];
  }
  const { component, index } = found;
  const name = codeName(code);
  const findings: TemplateFinding[] = [];
  if (component.plainBuild && index >= component.count) {
    findings.push({
      level: "error",
      pin,
      text: `${component.name} has no number ${index + 1}; the highest is ${component.count}.`,
    });
  }
  if (!component.plainBuild) {
    findings.push({ level: "warning", pin, text: `${name} does nothing in the plain Tasmota image.` });
  }
  if (entry === ANALOG_ENTRY && !component.analog) {
    findings.push({ level: "error", pin, text: `${name} cannot be on the analog input.` });
  }
  if (entry !== ANALOG_ENTRY && component.analog) {
    findings.push({ level: "error", pin, text: `${name} works on the analog input only.` });
  }
  const relay = /^Relay(_b)?i?$|^Relay_i$|^Relay_bi$/.test(component.name);
  const relayInverted = relay && component.name.endsWith("i");
  if (relay && (gpio === 0 || gpio === 2)) {
    findings.push({
      level: "error",
      pin,
      text: `${name} is on a strap that must be high at power-up: the relay may switch by itself, or keep the plug from starting.`,
    });
  }
  if (relay && gpio === 15) {
    findings.push(
      relayInverted
        ? {
            level: "error",
            pin,
            text: `${name} is on a strap that must be low at power-up: the relay is on before the firmware runs.`,
          }
        : {
            level: "note",
            pin,
            text: `${name} is on a strap that must be low at power-up: the relay is off then, which is right.`,
          },
    );
  }
  if (relay && gpio === 16) {
    findings.push({ level: "warning", pin, text: `${name}: GPIO16 is high for a moment at power-up.` });
  }
  if (gpio === 1 || gpio === 3) {
    findings.push({
      level: relay ? "error" : "warning",
      pin,
      text: relay
        ? `${name} is on the serial console's pin: the relay chatters with every message, from power-up on.`
        : `${name} takes the serial console's pin: set-up and rescue over wires end with it.`,
    });
  }
  if (gpio === 9 || gpio === 10) {
    findings.push({
      level: "note",
      pin,
      text: `${name}: usable only where the flash is wired for two data lines, as in an ESP8285.`,
    });
  }
  return findings;
}

/**
 * Each such pin is set by itself, and none is looked up by its function.
 * Source: Tasmota tasmota/tasmota_support/support_tasmota.ino (GpioInit, loop over my_module.io).
 */
const FIXED_OUTPUTS: ReadonlySet<string> = new Set(["Output Hi", "Output Lo"]);

/** The firmware makes each of them "User" without a word. */
function checkNeverExisted({ form, gpio, flag }: WrittenTemplate): TemplateFinding[] {
  if (form !== "legacy") return [];
  const findings: TemplateFinding[] = gpio.flatMap((code, entry) =>
    code >= LEGACY_CODES && code !== LEGACY_USER
      ? [{ level: "error", pin: pinName(entry), text: `${code} never was a code; the firmware makes it User.` }]
      : [],
  );
  const analog = flag & 0x0f;
  if (analog >= LEGACY_ADC.length && analog !== LEGACY_ADC_USER) {
    const text = `FLAG ${flag} never had a meaning; the firmware makes the analog input User.`;
    findings.push({ level: "warning", pin: "A0", text });
  }
  return findings;
}

function checkDuplicates(template: Template): TemplateFinding[] {
  const seen = new Map<number, number>();
  const findings: TemplateFinding[] = [];
  template.gpio.forEach((code, entry) => {
    if (code === 0 || isUser(code) || FIXED_OUTPUTS.has(codeName(code))) return;
    const first = seen.get(code);
    if (first === undefined) seen.set(code, entry);
    else
      findings.push({
        level: "error",
        pin: pinName(entry),
        text: `${codeName(code)} is on ${pinName(first)} already.`,
      });
  });
  return findings;
}

function checkMetering(template: Template): TemplateFinding[] {
  const names = new Set(template.gpio.map((code) => componentOf(code)?.component.name));
  const power = names.has("BL0937 CF") || names.has("HLW8012 CF");
  const pulses = names.has("HLWBL CF1");
  const select = names.has("HLWBL SEL") || names.has("HLWBL SEL_i");
  const pin = undefined;
  if (names.has("BL0937 CF") && names.has("HLW8012 CF")) {
    return [{ level: "error", pin, text: "Two metering chips are named; the firmware uses one." }];
  }
  if (power && !pulses) return [{ level: "warning", pin, text: "Metering without CF1: no voltage and no current." }];
  if (power && !select) return [{ level: "warning", pin, text: "Metering without SEL: no current." }];
  if (!power && (pulses || select))
    return [{ level: "error", pin, text: "Metering pins without CF: no power, no metering." }];
  return [];
}

/** Only numbers of the old range, and some that mean nothing in the new form. */
function looksLegacy(gpio: readonly number[]): boolean {
  const meaningless = (code: number): boolean => {
    const found = componentOf(code);
    return code > 1 && (found === undefined || found.index >= found.component.count);
  };
  return gpio.every((code) => code <= 255) && gpio.some(meaningless);
}

/** All findings, worst first. */
export function checkTemplate(written: WrittenTemplate): readonly TemplateFinding[] {
  const template = convertTemplate(written);
  const findings: TemplateFinding[] = [];
  if (written.form === "new" && looksLegacy(written.gpio)) {
    findings.push({
      level: "error",
      pin: undefined,
      text: `These look like old codes, but there are ${written.gpio.length}: the firmware converts exactly ${LEGACY_TEMPLATE_LENGTH} and takes others as they stand.`,
    });
  }
  if (written.form === "new" && written.gpio.length !== TEMPLATE_LENGTH) {
    findings.push({
      level: "warning",
      pin: undefined,
      text: "The analog input is missing; the plug keeps what it has.",
    });
  }
  if (written.base === undefined) {
    findings.push({
      level: "warning",
      pin: undefined,
      text: "BASE is missing; the plug keeps the one it has, 18 (Generic) on a new plug.",
    });
  } else if (!isTemplateBase(written.base)) {
    findings.push({
      level: "warning",
      pin: undefined,
      text: `BASE ${written.base} is no module of the plain Tasmota image; the firmware takes 18 (Generic).`,
    });
  }
  if (written.form === "new" && written.flag !== 0) {
    findings.push({ level: "note", pin: undefined, text: "FLAG means nothing in the new form." });
  }
  if (written.name === "") findings.push({ level: "warning", pin: undefined, text: "It has no name." });
  if (new TextEncoder().encode(written.name).length > MAX_NAME) {
    findings.push({
      level: "warning",
      pin: undefined,
      text: "Its name is long; all texts of the plug share 699 bytes.",
    });
  }
  if (written.commands !== undefined) {
    findings.push({
      level: "warning",
      pin: undefined,
      text: `It brings commands that the plug runs: ${written.commands}`,
    });
  }
  template.gpio.forEach((code, entry) => {
    findings.push(...checkPin(code, entry));
  });
  findings.push(...checkNeverExisted(written), ...checkDuplicates(template), ...checkMetering(template));
  const order = { error: 0, warning: 1, note: 2 } as const;
  return findings.sort((a, b) => order[a.level] - order[b.level]);
}
