/**
 * Where each SetOption lives in the settings. Facts only.
 * Source: Tasmota 15.2 tasmota/include/tasmota_types.h (SOBitfield, SOBitfield3..6, PARAM8_SIZE) and CmndSetOption in
 * tasmota/tasmota_support/support_command.ino. `Status 3` shows the words in this order under "SetOption".
 */

export interface SetOptionRange {
  readonly first: number;
  readonly last: number;
  /** Settings field (see settings-fields.ts). */
  readonly field: "flag" | "param" | "flag3" | "flag4" | "flag5" | "flag6";
  /** bit: bit (n - first) of a 32-bit word. byte: byte (n - first) of `param`. */
  readonly kind: "bit" | "byte";
  /** A blank device's word, or the 18 bytes in hex, as Status 3 prints them. */
  readonly defaults: string;
}

export const SET_OPTION_RANGES: readonly SetOptionRange[] = [
  { first: 0, last: 31, field: "flag", kind: "bit", defaults: "00008009" },
  { first: 32, last: 49, field: "param", kind: "byte", defaults: "2805C80001000600003C5A0A192800000000" },
  { first: 50, last: 81, field: "flag3", kind: "bit", defaults: "00000080" },
  { first: 82, last: 113, field: "flag4", kind: "bit", defaults: "00006000" },
  { first: 114, last: 145, field: "flag5", kind: "bit", defaults: "00004000" },
  { first: 146, last: 177, field: "flag6", kind: "bit", defaults: "00000000" },
];

/**
 * Bits of those words that belong to other commands (PowerRetain, ButtonRetain, SwitchRetain, SensorRetain, Interlock,
 * SerialSend, KNX, Timers, Tariff, Wifi, Ethernet): SetOption does not change them.
 */
export const BITS_OF_OTHER_COMMANDS: readonly number[] = [5, 6, 7, 9, 14, 22, 23, 25, 27, 50, 70, 95, 96];

/** What the options mean that plugsmith reads, sets or reports. */
export const SET_OPTION_MEANINGS: Readonly<Record<number, string>> = {
  0: "save the power state and use it after a restart",
  1: "button: single press only, no Wi-Fi set-up by six presses and no reset by holding",
  3: "MQTT enabled",
  4: "answer on the command's own MQTT level instead of RESULT",
  11: "button: swap single and double press",
  12: "save the settings in one fixed slot",
  13: "button: react at once, single press only",
  19: "native discovery announcements off",
  20: "light: power follows dimmer changes",
  21: "energy: show voltage even when off",
  26: "MQTT: POWER1 instead of POWER",
  31: "link LED does not blink",
  32: "button hold time in 0.1 s",
  33: "over-power retries",
  34: "Backlog delay between commands in ms",
  36: "restarts in a row that reset to defaults, 0 off",
  41: "ARP refresh in s",
  42: "over-temperature limit in °C",
  51: "GPIO9 and GPIO10 usable in the Generic module",
  55: "mDNS announcements",
  56: "scan for the strongest access point at restart",
  57: "rescan for the strongest access point every 44 minutes",
  65: "fast power cycle reset disabled",
  73: "button detached from the relay",
  104: "MQTT: no retained messages",
  114: "switches detached from the relays",
  127: "Wi-Fi without sleep",
  128: "HTTP API open without a Referer from the plug's own pages",
  130: "heap size in the console's time stamps",
  142: "wait 1 s for Wi-Fi at restart",
};
