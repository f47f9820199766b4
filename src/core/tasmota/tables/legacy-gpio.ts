/**
 * The 8-bit GPIO codes of firmware before 9.0 and what each became. Facts only.
 * Source: Tasmota tasmota/include/tasmota_template_legacy.h (kGpioConvert, 217 entries) and JsonTemplate in
 * tasmota/tasmota_support/support.ino.
 */
import { USER_CODE_STORED } from "./components.ts";

/** Index: old code 0..216. Value: new code (component type * 32 + index). Codes 217..255 become User. */
// biome-ignore format: a table
const CONVERSION: readonly number[] = [
  0, 1184, 1216, 1248, 1312, 608, 640, 1376, 1056, 160, 161, 162, 163, 164, 165, 166, 167, 32, 33, 34, 35, 224, 225,
  226, 227, 228, 229, 230, 231, 256, 257, 258, 259, 260, 261, 262, 263, 416, 417, 418, 419, 420, 352, 353, 354, 355,
  448, 449, 450, 451, 452, 1088, 288, 289, 290, 291, 320, 321, 322, 323, 1408, 1440, 1472, 1504, 1600, 1632, 768, 800,
  992, 1696, 1760, 1792, 1824, 1856, 1888, 1920, 1952, 1984, 2016, 2048, 2080, 2112, 192, 193, 194, 195, 196, 197,
  198, 199, 64, 65, 66, 67, 384, 385, 386, 387, 1536, 1568, 2144, 1728, 2176, 2208, 2240, 1120, 1152, 2272, 2304,
  2336, 2368, 832, 864, 896, 928, 960, 2400, 2432, 2464, 2496, 2528, 2560, 96, 97, 98, 99, 128, 129, 130, 131, 2592,
  2624, 2656, 2688, 2720, 2752, 2784, 2816, 2848, 2880, 2912, 2944, 2976, 3008, 3040, 3072, 3104, 3136, 3200, 3232,
  3264, 3296, 3265, 3297, 3392, 3424, 3456, 544, 576, 3168, 480, 512, 1024, 3488, 3520, 3552, 3584, 3616, 3648, 3680,
  3712, 3744, 3776, 3808, 3809, 3810, 3904, 3936, 3968, 4000, 4032, 4064, 4096, 4128, 4160, 4192, 4224, 4256, 4288,
  4320, 4352, 4384, 1344, 1280, 4416, 4448, 4480, 4512, 4544, 4576, 4608, 4640, 4672, 1664, 4928, 4960, 4992, 5056,
  5088, 5120, 5152, 5184, 5216, 5248, 5280, 5312, 5344,
];

/** New code for every old code 0..255; 65504 is User (shown as 1). */
export const LEGACY_GPIO: readonly number[] = Array.from(
  { length: 256 },
  (_, old) => CONVERSION[old] ?? USER_CODE_STORED,
);

/**
 * What FLAG & 15 of an old template says about the analog input: 0 none, 1..7 the components below, 8..15 User.
 * (Input, Temp, Light, Button, Button_i, Range, CT Power: types 147..153.)
 */
export const LEGACY_ADC: readonly number[] = [0, 4704, 4736, 4768, 4800, 4832, 4864, 4896];

/** The old codes that existed are those below; 255 was User. So for the analog input: 15 was User. */
export const LEGACY_CODES: number = CONVERSION.length;
export const LEGACY_USER = 255;
export const LEGACY_ADC_USER = 15;

/** Entries of an old template (GPIO 0..5, 9, 10, 12..16) and of a new one (the same and the analog input). */
export const LEGACY_TEMPLATE_LENGTH = 13;
export const TEMPLATE_LENGTH = 14;

/** GPIO number of each entry of a new template; 17 is the analog input A0. */
export const TEMPLATE_PINS: readonly number[] = [0, 1, 2, 3, 4, 5, 9, 10, 12, 13, 14, 15, 16, 17];
