/**
 * The modules compiled into an ESP8266 build, by the number the `Module` and `BASE` values use. Facts only.
 * Source: Tasmota 15.2 tasmota/include/tasmota_template.h (kModuleNames, kModuleNiceList).
 */

/** Number of the user template in `Module`; stored in the settings as 255. */
export const USER_MODULE = 0;
export const USER_MODULE_STORED = 255;
/** A template's BASE falls back to Generic. */
export const GENERIC_MODULE = 18;

/** Sonoff ZbBridge: in builds with Zigbee only. */
export const ZIGBEE_MODULE = 75;

/** Index: module number 1..75 (stored as number - 1). Entry 0 is the user template. */
// biome-ignore format: a table
export const MODULE_NAMES: readonly string[] = [
  "User template", "Sonoff Basic", "Sonoff RF", "Sonoff SV", "Sonoff TH", "Sonoff Dual", "Sonoff Pow", "Sonoff 4CH",
  "Sonoff S2X", "Slampher", "Sonoff Touch", "Sonoff LED", "1 Channel", "4 Channel", "Motor C/AC", "ElectroDragon",
  "EXS Relay(s)", "WiOn", "Generic", "Sonoff Dev", "H801", "Sonoff SC", "Sonoff BN-SZ", "Sonoff 4CH Pro", "Huafan SS",
  "Sonoff Bridge", "Sonoff B1", "AiLight", "Sonoff T1 1CH", "Sonoff T1 2CH", "Sonoff T1 3CH", "Supla Espablo",
  "Witty Cloud", "Yunshan Relay", "MagicHome", "Luani HVIO", "KMC 70011", "Arilux LC01", "Arilux LC11",
  "Sonoff Dual R2", "Arilux LC06", "Sonoff S31", "Zengge WF017", "Sonoff Pow R2", "Sonoff iFan02", "BlitzWolf SHP",
  "Shelly 1", "Shelly 2", "Xiaomi Philips", "Neo Coolcam", "ESP Switch", "OBI Socket", "Teckin", "AplicWDP303075",
  "Tuya MCU", "Gosund SP1 v23", "ARMTR Dimmer", "SK03 Outdoor", "PS-16-DZ", "Teckin US", "Manzoku strip",
  "OBI Socket 2", "YTF IR Bridge", "Digoo DG-SP202", "KA10", "Luminea ZX2820", "Mi Desk Lamp", "SP10",
  "WAGA CHCZ02MB", "SYF05", "Sonoff L1", "Sonoff iFan03", "EXS Dimmer", "PWM Dimmer", "Sonoff D1", "Sonoff ZbBridge",
];
