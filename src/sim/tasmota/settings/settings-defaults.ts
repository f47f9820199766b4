/**
 * The settings of a blank device. Held to a real dump in the tests.
 * Source: Tasmota tasmota_support/settings.ino (SettingsDefaultSet1..3), my_user_config.h.
 */
import { USER_CODE_STORED } from "../../../core/tasmota/tables/components.ts";
import { SET_OPTION_RANGES } from "../../../core/tasmota/tables/set-options.ts";
import { CFG_HOLDER, SETTINGS_SIZE } from "../../../core/tasmota/tables/settings-fields.ts";
import { DEFAULT_TEXTS } from "../../../core/tasmota/tables/text-pool.ts";
import { BUILD, versionWord } from "../build-facts.ts";
import type { SettingsImage } from "./settings-image.ts";

/** Numbers that are not 0; SetOptions apart. */
// biome-ignore format: a table
const NUMBERS: readonly (readonly [field: string, ...values: number[]])[] = [
  ["save_data", 1], ["timezone", 1], ["tele_period", 300], ["ledstate", 1], ["toffset", 60, 120],
  ["tflag", 0x19a0, 0x1130], ["pwm_frequency", 977], ["pwm_range", 1023], ["sserial_config", 3],
  ["display_refresh", 2], ["display_rows", 2], ["display_cols", 16, 8], ["display_address", 0x71, 0x74, 0x75, 0x72, 0x73, 0x76],
  ["display_dimmer_protected", -50], ["display_size", 1], ["display_font", 1],
  ["energy_power_calibration", 12530], ["energy_voltage_calibration", 1950], ["energy_current_calibration", 3500],
  ["energy_power_calibration2", 12530], ["energy_voltage_calibration2", 1950], ["energy_current_calibration2", 3500],
  ["energy_max_power_limit_hold", 10], ["energy_max_power_limit_window", 30],
  ["mqtt_retry", 10], ["poweronstate", 3], ["blinktime", 10], ["blinkcount", 10], ["gpio16_converted", 0xf5a0],
  ["serial_delimiter", 255], ["seriallog_level", 2], ["sleep", 50],
  ["ws_color", 255, 0, 255, 0, 255, 0, 255], ["ws_width", 1, 3, 5],
  ["light_pixels", 30], ["light_color", 255, 255, 255, 255, 255], ["light_correction", 1], ["light_dimmer", 10],
  ["light_speed", 1], ["light_width", 1], ["dns_timeout", 1000], ["interlock", 255],
  ["mqtt_keepalive", 30], ["mqtt_socket_timeout", 4], ["mqtt_wifi_timeout", 2], ["button_debounce", 50],
  ["ipv4_address", 0, 0x0101a8c0, 0x00ffffff, 0x0101a8c0, 0],
  ["ipv4_rgx_address", 0x0163a8c0], ["ipv4_rgx_subnetmask", 0x00ffffff], ["flag2", 0x558180c0],
  ["rf_code", 0x21, 0x16, 0x01, 0x0e, 0x03, 0x48, 0x2e, 0x1a], ["switch_debounce", 50],
  ["latitude", 48858360], ["longitude", 2294442], ["rgbwwTable", 255, 255, 255, 255, 255], ["user_template_base", 17],
  ["battery_level_percent", 101], ["novasds_startingoffset", 30], ["baudrate", 384], ["sbaudrate", 32],
  ["sensors", ...Array.from({ length: 8 }, () => 0xffffffff)], ["ledmask", 0xffff], ["web_refresh", 2345],
  ["dimmer_hw_max", 100], ["shift595_device_count", 1], ["sta_config", 4], ["syslog_port", 514], ["webserver", 2],
  ["weblog_level", 2], ["mqtt_port", 1883], ["serial_config", 3], ["wifi_output_power", 170], ["ledpwm_on", 255],
  ["dimmer_step", 10], ["device_group_tie", 1, 2, 3, 4], ["mbflag2", 0x40000000],
  ["i2c_drivers", 0xffffffff, 0xffffffff, 0xffffffff],
];

/** Colours of the web pages, 18 of 3 bytes; two more follow in web_color2. */
const WEB_COLOURS =
  "eaeaea2525254f4f4f000000dddddd65c1151f1f1fff5661008000faffff1fa3ec0e70a4d43535931f1f47c2665aaf6ffaffff999999";
const WEB_COLOURS_2 = "eaeaea08405e";
/** Second fingerprint: SHA-1 of nothing. */
const FINGERPRINT_2 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

/** A template whose every pin is free. */
const GENERIC_TEMPLATE: readonly number[] = [...Array.from({ length: 14 }, () => USER_CODE_STORED), 0];

export function setDefaults(settings: SettingsImage): void {
  settings.load(new Uint8Array(SETTINGS_SIZE));
  settings.set("cfg_holder", CFG_HOLDER);
  settings.set("cfg_size", SETTINGS_SIZE);
  settings.set("version", versionWord(BUILD.number));
  for (const [field, ...values] of NUMBERS) settings.setAll(field, values);
  for (const range of SET_OPTION_RANGES) {
    if (range.kind === "bit") settings.set(range.field, Number.parseInt(range.defaults, 16));
    else setHex(settings, range.field, range.defaults);
  }
  setDefaultColours(settings);
  setHex(settings, "mqtt_fingerprint", FINGERPRINT_2, 20);
  settings.setAll("user_template", GENERIC_TEMPLATE);
  settings.setFixedText("user_template_name", "Generic");
  for (const [name, text] of Object.entries(DEFAULT_TEXTS)) settings.setText(name, text);
}

/** SettingsDefaultWebColor. */
export function setDefaultColours(settings: Pick<SettingsImage, "set">): void {
  setHex(settings, "web_color", WEB_COLOURS);
  setHex(settings, "web_color2", WEB_COLOURS_2);
}

function setHex(settings: Pick<SettingsImage, "set">, field: string, hex: string, first = 0): void {
  for (let i = 0; i < hex.length / 2; i++)
    settings.set(field, Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16), first + i);
}
