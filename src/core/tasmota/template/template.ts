/**
 * Templates: which pin of the chip does what. Reads the old 13-entry and the new 14-entry form and converts between
 * them exactly as the firmware does.
 * Source: Tasmota tasmota/tasmota_support/support.ino (JsonTemplate, TemplateJson, TemplateConverter),
 * tasmota/include/tasmota_template_legacy.h.
 */
import { field, isObject, type Json, numberField, textField } from "../answer.ts";
import { USER_CODE_SHOWN, USER_CODE_STORED } from "../tables/components.ts";
import { LEGACY_ADC, LEGACY_GPIO, LEGACY_TEMPLATE_LENGTH, TEMPLATE_LENGTH } from "../tables/legacy-gpio.ts";
import { GENERIC_MODULE, MODULE_NAMES, ZIGBEE_MODULE } from "../tables/modules.ts";
import { badTemplate, templateJsonOf } from "./template-text.ts";

/** A template in the new form. */
export interface Template {
  readonly name: string;
  /** 14 codes as the firmware shows them: GPIO 0..5, 9, 10, 12..16, then the analog input. */
  readonly gpio: readonly number[];
  /** Unused by present firmware. */
  readonly flag: number;
  /** Module number 1..75 it is derived from. */
  readonly base: number;
  /** Commands the template brings along, separated by "|" or ";". */
  readonly commands: string | undefined;
}

export interface LegacyTemplate {
  readonly name: string;
  /** 13 codes of 8 bits. */
  readonly gpio: readonly number[];
  readonly flag: number;
  readonly base: number;
}

/** A template as written: before conversion, with what a reader should know. */
export interface WrittenTemplate {
  readonly form: "legacy" | "new";
  readonly name: string;
  readonly gpio: readonly number[];
  readonly flag: number;
  readonly base: number | undefined;
  readonly commands: string | undefined;
}

/**
 * Pins of a template for each chip of the ESP32 family (C2, C3, H2/C5, C6, ESP32 and S2, S3, P4).
 * Source: Tasmota 15.2 tasmota/include/tasmota_template.h (MAX_USER_PINS).
 */
const ESP32_LENGTHS: ReadonlySet<number> = new Set([21, 22, 29, 31, 36, 38, 55]);

/**
 * The firmware takes exactly 13 numbers of at most 255 for the old form. Errors: bad-argument if it is not JSON, has no
 * list of pins, or a list of another length (the firmware would merge or misread it).
 */
export function readTemplate(source: string | Json): WrittenTemplate {
  const json = typeof source === "string" ? templateJsonOf(source) : source;
  if (!isObject(json)) throw badTemplate("it is not an object.");
  const gpio = field(json, "GPIO");
  if (!Array.isArray(gpio)) throw badTemplate("it has no list of pins (GPIO).");
  const codes = (gpio as readonly Json[]).map((written) => {
    // The firmware reads a number in quotes as well.
    const code = typeof written === "string" && /^\d+$/.test(written) ? Number(written) : written;
    if (typeof code !== "number" || !Number.isInteger(code) || code < 0 || code > 0xffff) {
      throw badTemplate("each pin is a whole number from 0 to 65535.");
    }
    return code === USER_CODE_STORED ? USER_CODE_SHOWN : code;
  });
  const small = codes.every((code) => code <= 255);
  if (codes.length !== LEGACY_TEMPLATE_LENGTH && codes.length !== TEMPLATE_LENGTH) {
    if (ESP32_LENGTHS.has(codes.length)) {
      throw badTemplate(`it lists ${codes.length} pins, so it is for an ESP32; an ESP8266 or ESP8285 has 14.`);
    }
    throw badTemplate(`it lists ${codes.length} pins; the old form has 13, the new one 14.`);
  }
  return {
    form: codes.length === LEGACY_TEMPLATE_LENGTH && small ? "legacy" : "new",
    name: textField(json, "NAME") ?? "",
    gpio: codes,
    flag: numberField(json, "FLAG") ?? 0,
    base: numberField(json, "BASE"),
    commands: textField(json, "CMND"),
  };
}

/** Whether the firmware keeps it as BASE: every module of the plain image, so not 75, which only Zigbee builds have. */
export function isTemplateBase(base: number): boolean {
  return Number.isInteger(base) && base >= 1 && base < MODULE_NAMES.length && base !== ZIGBEE_MODULE;
}

/** A plug that never had another one keeps 18 where BASE is missing. */
function validBase(base: number | undefined): number {
  return base !== undefined && isTemplateBase(base) ? base : GENERIC_MODULE;
}

function shownCode(stored: number): number {
  return stored === USER_CODE_STORED ? USER_CODE_SHOWN : stored;
}

/** What the firmware makes of a written template and shows afterwards. */
export function convertTemplate(written: WrittenTemplate): Template {
  const { name, commands } = written;
  if (written.form === "new") {
    const gpio = [...written.gpio];
    // 13 entries with a code over 255 are the new form without its last entry.
    if (gpio.length === LEGACY_TEMPLATE_LENGTH) gpio.push(0);
    return { name, gpio, flag: 0, base: validBase(written.base), commands };
  }
  const adc = written.flag & 0x0f;
  const gpio = written.gpio.map((code) => shownCode(LEGACY_GPIO[code]!));
  gpio.push(shownCode(LEGACY_ADC[adc] ?? USER_CODE_STORED));
  return { name, gpio, flag: 0, base: validBase(written.base), commands };
}

/** Reads either form. */
export function parseTemplate(source: string | Json): Template {
  return convertTemplate(readTemplate(source));
}

/** For firmware before 9.0. Errors: bad-argument where a pin has no old code. */
export function toLegacyTemplate(template: Template): LegacyTemplate {
  const gpio = template.gpio.slice(0, LEGACY_TEMPLATE_LENGTH).map((code) => {
    if (code === USER_CODE_SHOWN) return 255;
    const old = LEGACY_GPIO.indexOf(code);
    if (old < 0) throw badTemplate(`code ${code} did not exist in the old form.`);
    return old;
  });
  const analog = template.gpio[LEGACY_TEMPLATE_LENGTH] ?? 0;
  const flag = analog === USER_CODE_SHOWN ? 15 : LEGACY_ADC.indexOf(analog);
  if (flag < 0) throw badTemplate(`code ${analog} of the analog input did not exist in the old form.`);
  return { name: template.name, gpio, flag, base: template.base };
}

/** As the firmware prints it, and as it takes it. */
export function templateJson(template: Template | LegacyTemplate): string {
  const commands = "commands" in template && template.commands !== undefined ? { CMND: template.commands } : {};
  return JSON.stringify({
    NAME: template.name,
    GPIO: template.gpio,
    FLAG: template.flag,
    BASE: template.base,
    ...commands,
  });
}

/** Same pins, name and base. Commands are run once and not shown by the firmware. */
export function sameTemplate(a: Template, b: Template): boolean {
  return (
    a.name === b.name &&
    a.base === b.base &&
    a.gpio.length === b.gpio.length &&
    a.gpio.every((code, i) => code === b.gpio[i])
  );
}
