/**
 * Pins of built-in modules and the order lists are shown in. Facts only.
 * Source: Tasmota include/tasmota_template_legacy.h (kModules8266), include/tasmota_template.h (kModuleNiceList,
 * kGpioNiceList, kAdcNiceList). 1 is User. Modules not listed here keep every pin free, as Generic does.
 */
import { USER_CODE_STORED } from "../../../core/tasmota/tables/components.ts";

const FREE: readonly number[] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
const SONOFF_BASIC: readonly number[] = [32, 1, 1, 1, 1, 0, 0, 0, 224, 320, 1, 0, 0, 0];

// biome-ignore format: a table
const MODULE_PINS: Readonly<Record<number, readonly number[]>> = {
  1: SONOFF_BASIC, 2: SONOFF_BASIC, 8: SONOFF_BASIC, 9: SONOFF_BASIC,
  3: [32, 1, 0, 1, 1, 1, 0, 0, 224, 320, 1, 0, 0, 1],
  6: [32, 0, 0, 0, 0, 2592, 0, 0, 224, 2656, 2688, 288, 0, 0],
  10: [32, 1, 0, 1, 0, 0, 0, 0, 224, 320, 0, 0, 0, 0],
  15: [33, 1, 32, 1, 1, 1, 0, 0, 225, 224, 1, 1, 288, 1],
  17: [1, 0, 288, 0, 0, 0, 0, 0, 1, 32, 0, 224, 0, 0],
  19: [32, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1],
  24: [576, 0, 0, 320, 32, 256, 0, 0, 2656, 2592, 2688, 0, 0, 0],
  28: [32, 1, 1, 1, 0, 0, 0, 0, 224, 320, 0, 0, 0, 0],
  33: [0, 1, 320, 1, 224, 32, 0, 0, 0, 0, 0, 0, 0, 0],
  36: [32, 0, 0, 0, 2688, 2656, 0, 0, 2592, 320, 224, 0, 0, 0],
  45: [320, 1, 576, 1, 0, 2720, 0, 0, 2624, 32, 2656, 224, 0, 0],
  46: [1, 1, 0, 1, 224, 192, 0, 0, 0, 0, 0, 0, 0, 0],
};

/** Number of the last built-in module. */
export const LAST_MODULE = 75;

/** The 14 codes of a module 1..75, User as stored. */
export function modulePins(module: number): readonly number[] {
  return (MODULE_PINS[module] ?? FREE).map((code) => (code === 1 ? USER_CODE_STORED : code));
}

/** Modules in the order `Modules` shows them, the user template (0) first. */
// biome-ignore format: a table
export const MODULE_ORDER: readonly number[] = [
  0, 1, 2, 4, 5, 39, 6, 43, 7, 23, 41, 8, 10, 28, 29, 30, 74, 11, 22, 70, 26, 9, 21, 44, 71, 25, 3, 19, 12, 13, 14, 15,
  16, 31, 35, 33, 17, 46, 47, 45, 52, 59, 53, 55, 65, 57, 63, 64, 67, 68, 49, 51, 61, 60, 50, 54, 56, 58, 72, 73, 20,
  34, 37, 40, 38, 42, 24, 66, 36, 27, 48, 69, 62, 32, 18,
];

/** Component types in the order `GPIOs` shows them. */
// biome-ignore format: a table
export const GPIO_ORDER: readonly number[] = [
  0, 179, 1, 2, 3, 4, 5, 6, 102, 103, 196, 197, 7, 8, 271, 272, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 120, 121, 237,
  238, 253, 19, 20, 26, 27, 28, 29, 30, 100, 101, 37, 38, 39, 254, 40, 41, 42, 98, 99, 94, 95, 91, 92, 93, 126, 127,
  264, 265, 282, 283, 262, 263, 71, 72, 129, 145, 174, 175, 81, 82, 83, 84, 85, 108, 276, 96, 97, 86, 87, 88, 292, 46,
  47, 48, 49, 234, 158, 235, 221, 56, 57, 128,
];
/** The same for the analog input. */
export const ANALOG_ORDER: readonly number[] = [147, 148, 149, 150, 151, 152, 153, 104, 198, 247, 332, 333];
