/**
 * The two files that make a Tasmota build a person's own: `user_config_override.h` with what a plug shall be after every
 * full reset, `platformio_override.ini` with what to build. Texts go into C string literals byte by byte.
 * Sources: Tasmota tasmota/my_user_config.h (names of the macros, the file is included at its end),
 * tasmota/tasmota_support/settings.ino (SettingsDefaultSet2: MODULE, STA_SSID1, STA_PASS1, WEB_PASSWORD;
 * SettingsDefaultSet3: USER_TEMPLATE, USER_BACKLOG), tasmota/include/tasmota_template.h (USER_MODULE),
 * platformio_override_sample.ini; ISO C 6.4.4.4 (octal escapes have at most three digits, hexadecimal ones no end).
 */
import { PlugsmithError } from "../errors.ts";
import { credentialFaults, type WifiCredentials } from "../tasmota/credentials.ts";
import type { DesiredSetting } from "../tasmota/desired.ts";
import { type Template, templateJson } from "../tasmota/template/template.ts";
import { webPasswordFaults } from "../tasmota/web-password.ts";
import { say, type Text } from "../text/text.ts";
import type { FirmwareVariant } from "./variants.ts";

export interface BuildConfig {
  readonly variant: FirmwareVariant;
  /** Built in: these networks and this password come back after every full reset, and lie in the image. */
  readonly wifi: WifiCredentials | undefined;
  readonly webPassword: string | undefined;
  readonly template: Template | undefined;
  readonly settings: readonly DesiredSetting[];
}

export interface BuildFiles {
  readonly header: string;
  readonly ini: string;
}

/** Longest command line that the firmware's buffer takes (tasmota/include/tasmota.h, INPUT_BUFFER_SIZE 800, with its end). */
const LONGEST_BACKLOG = 799 - "Backlog0 ".length;

/** Errors: bad-argument, before anything is built. No secret in them. */
export function buildFiles(config: BuildConfig): BuildFiles {
  const faults = [
    ...(config.wifi === undefined ? [] : credentialFaults(config.wifi)),
    ...(config.webPassword === undefined ? [] : webPasswordFaults(config.webPassword)),
  ];
  if (faults.length > 0) throw unusable(say`${faults.join("; ")}.`);
  return { header: header(config), ini: ini(config.variant) };
}

function header({ wifi, webPassword, template, settings }: BuildConfig): string {
  const macros: [name: string, value: string][] = [];
  if (wifi !== undefined) {
    macros.push(["STA_SSID1", cString(wifi.ssid)], ["STA_PASS1", cString(wifi.passphrase)]);
  }
  if (webPassword !== undefined) macros.push(["WEB_PASSWORD", cString(webPassword)]);
  if (template !== undefined) {
    macros.push(["MODULE", "USER_MODULE"], ["USER_TEMPLATE", cString(templateJson(template))]);
  }
  const backlog = backlogOf(settings);
  if (backlog !== "") macros.push(["USER_BACKLOG", cString(backlog)]);
  return [
    "// Written by plugsmith. May hold passwords: keep it to yourself.",
    "#ifndef _USER_CONFIG_OVERRIDE_H_",
    "#define _USER_CONFIG_OVERRIDE_H_",
    ...macros.flatMap(([name, value]) => ["", `#undef ${name}`, `#define ${name} ${value}`]),
    "",
    "#endif",
    "",
  ].join("\n");
}

function backlogOf(settings: readonly DesiredSetting[]): string {
  const commands = settings.map(({ name, value }) => `${name} ${value}`);
  const odd = commands.find((command) => /[;\r\n]/.test(command));
  if (odd !== undefined) throw unusable(say`a setting of the profile contains a semicolon or a line break.`);
  const backlog = commands.join(";");
  if (new TextEncoder().encode(backlog).length <= LONGEST_BACKLOG) return backlog;
  throw unusable(say`the profile's settings have more than ${LONGEST_BACKLOG} characters together.`);
}

function ini({ name }: FirmwareVariant): string {
  return ["; Written by plugsmith.", "[platformio]", `default_envs = ${name}`, ""].join("\n");
}

/** Stands for itself in a C string literal. "?" does not: two of them begin a trigraph. */
const PLAIN = /^[ !#->@-[\]-~]$/;

/** The text's UTF-8 bytes as a C string literal. */
export function cString(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  const spelled = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    return PLAIN.test(character) ? character : `\\${byte.toString(8).padStart(3, "0")}`;
  });
  return `"${spelled.join("")}"`;
}

function unusable(fault: Text): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message: say`This cannot be built in: ${fault}`,
    step: "build",
    plugState: say`untouched`,
    nextStep: say`Correct it and build again.`,
  });
}
