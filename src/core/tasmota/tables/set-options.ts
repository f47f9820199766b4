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
 * SerialSend, KNX): SetOption shows them and refuses to change them.
 */
export const BITS_OF_OTHER_COMMANDS: readonly number[] = [5, 6, 7, 9, 14, 22, 23, 25, 27];
