/** Words of the records that runner.s reads and writes, and the machine they describe before a case begins. */

/** Where a case's code stands unless it says otherwise: IRAM with 16 KB of zeros before and after. */
export const DEFAULT_ENTRY = 0x40108000;
/** 16 words of data RAM whose contents are part of a case's state. */
export const WINDOW_ADDRESS = 0x3fff0000;
export const WINDOW_WORDS = 16;

/** Names of the words of a case record from word 16; a0..a15 come before. */
export const INPUT_FIELDS = [
  "sar",
  "ps",
  "litbase",
  "epc1",
  "epc2",
  "eps2",
  "depc",
  "exccause",
  "excvaddr",
  "excsave1",
  "excsave2",
  "intenable",
];
export const INPUT_WORDS = { entry: 29, code: 30, window: 33, patchAddress: 49, patchValue: 50 };

/** Names of the words of a result record from word 16. */
export const OUTPUT_FIELDS = [...INPUT_FIELDS, "interrupt", "vector", "debugcause"];
export const OUTPUT_WINDOW = 31;
export const RECORD_WORDS = 64;

/** The state that a case starts in where it says nothing else. */
export function defaultState() {
  const state = {};
  for (let i = 0; i < 16; i++) state[`a${i}`] = (0xa5000000 + i * 0x010101) >>> 0;
  for (const field of INPUT_FIELDS) state[field] = 0;
  state.ps = 0x20;
  for (let i = 0; i < WINDOW_WORDS; i++) state[`w${i}`] = (0x80706050 + i * 0x01010101) >>> 0;
  return state;
}
