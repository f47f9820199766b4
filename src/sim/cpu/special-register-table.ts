/**
 * The LX106's special registers, by number.
 *
 * Source: Xtensa ISA Reference Manual, chapter 5, restricted to what the core's configuration has. Which can be read
 * and written agrees with QEMU's lx106 core (see vectors.test.ts).
 */
export const SR = {
  SAR: 3,
  LITBASE: 5,
  IBREAKENABLE: 96,
  DDR: 104,
  IBREAKA0: 128,
  DBREAKA0: 144,
  DBREAKC0: 160,
  CONFIGID0: 176,
  EPC1: 177,
  EPC2: 178,
  EPC3: 179,
  DEPC: 192,
  EPS2: 194,
  EPS3: 195,
  CONFIGID1: 208,
  EXCSAVE1: 209,
  EXCSAVE2: 210,
  EXCSAVE3: 211,
  /** Read: pending interrupts. Write: sets software interrupts (INTSET). */
  INTERRUPT: 226,
  INTCLEAR: 227,
  INTENABLE: 228,
  PS: 230,
  VECBASE: 231,
  EXCCAUSE: 232,
  DEBUGCAUSE: 233,
  CCOUNT: 234,
  PRID: 235,
  ICOUNT: 236,
  ICOUNTLEVEL: 237,
  EXCVADDR: 238,
  CCOMPARE0: 240,
} as const;

const ALL = new Set<number>(Object.values(SR));
const READ_ONLY = new Set<number>([SR.CONFIGID0, SR.CONFIGID1, SR.PRID, SR.DEBUGCAUSE]);

export function readableSpecialRegister(register: number): boolean {
  return ALL.has(register) && register !== SR.INTCLEAR;
}

export function writableSpecialRegister(register: number): boolean {
  return ALL.has(register) && !READ_ONLY.has(register);
}

/** INTERRUPT and INTSET are two registers with one number: there is nothing to exchange. */
export function exchangeableSpecialRegister(register: number): boolean {
  return register !== SR.INTERRUPT && readableSpecialRegister(register) && writableSpecialRegister(register);
}
