/**
 * LX106 instruction words to operations. Knows the encoding and nothing else: no memory, no registers, no time.
 *
 * Source: Xtensa Instruction Set Architecture Reference Manual (Cadence/Tensilica), chapters 6 and 7, restricted to
 * what the ESP8266's core is configured with: code density, 16-bit and low 32-bit multiply, NSA, extended L32R,
 * exceptions, interrupts, external registers. No windows, loops, booleans, MAC16, floating point or divide.
 */
import { OP } from "./opcodes.ts";
import {
  exchangeableSpecialRegister,
  readableSpecialRegister,
  writableSpecialRegister,
} from "./special-register-table.ts";

export interface Instruction {
  /** One of OP. */
  readonly op: number;
  readonly length: 2 | 3;
  readonly r: number;
  readonly s: number;
  readonly t: number;
  /** Immediate operand; for jumps, branches and L32R the absolute address. */
  readonly immediate: number;
}

/** Immediate operand of an instruction word at `pc`, given LITBASE. */
type Immediate = (word: number, pc: number, litbase: number) => number;

interface Encoding {
  readonly name: string;
  readonly op: number;
  /**
   * The word's hex digits, highest first: upper-case digits are fixed, lower-case letters stand for fields
   * (r, s, t: registers or parts of an immediate; i: immediate). Two-byte instructions have four digits.
   */
  readonly pattern: string;
  readonly immediate: Immediate;
  /** A field's finer division: bits of the word that must have a value. */
  readonly bits?: { readonly mask: number; readonly value: number };
  /** Register fields where the operands do not stand in their usual places. */
  readonly fields?: (word: number) => { r?: number; s?: number; t?: number };
}

const fieldR = (word: number): number => (word >>> 12) & 0xf;
const fieldS = (word: number): number => (word >>> 8) & 0xf;
const fieldT = (word: number): number => (word >>> 4) & 0xf;
const signed = (value: number, bits: number): number => (value << (32 - bits)) >> (32 - bits);

const none: Immediate = () => 0;
const imm8: Immediate = (word) => word >>> 16;
const imm8x2: Immediate = (word) => (word >>> 16) << 1;
const imm8x4: Immediate = (word) => (word >>> 16) << 2;
const simm8: Immediate = (word) => signed(word >>> 16, 8);
const simm8x256: Immediate = (word) => signed(word >>> 16, 8) << 8;
const simm12: Immediate = (word) => signed((fieldS(word) << 8) | (word >>> 16), 12);
const target8: Immediate = (word, pc) => (pc + 4 + signed(word >>> 16, 8)) | 0;
const target12: Immediate = (word, pc) => (pc + 4 + signed(word >>> 12, 12)) | 0;
const target18: Immediate = (word, pc) => (pc + 4 + signed(word >>> 6, 18)) | 0;
const callTarget: Immediate = (word, pc) => ((pc & ~3) + 4 + (signed(word >>> 6, 18) << 2)) | 0;
const narrowTarget: Immediate = (word, pc) => (pc + 4 + (((fieldT(word) & 3) << 4) | fieldR(word))) | 0;
const narrowMovi: Immediate = (word) => {
  const value = ((fieldT(word) & 7) << 4) | fieldR(word);
  return value >= 96 ? value - 128 : value;
};
const literal: Immediate = (word, pc, litbase) => {
  const offset = 0xfffc0000 | ((word >>> 8) << 2);
  return ((litbase & 1) === 1 ? (litbase & 0xfffff000) + offset : ((pc + 3) & ~3) + offset) | 0;
};
const sll: Immediate = (word) => 32 - (fieldT(word) | ((word >>> 16) & 0x10));
const sra: Immediate = (word) => fieldS(word) | ((word >>> 16) & 0x10);
const special: Immediate = (word) => (word >>> 8) & 0xff;
/** Shift in bits 0..4, mask from bit 8. */
const extui: Immediate = (word) => {
  const shift = fieldS(word) | ((word >>> 12) & 0x10);
  const width = (word >>> 20) + 1;
  return shift | (((1 << width) - 1) << 8);
};
const narrow = { tFromR: (word: number) => ({ t: fieldR(word) }), tFromS: (word: number) => ({ t: fieldS(word) }) };
const branchBit = (word: number): { t: number } => ({ t: fieldT(word) | ((word >>> 8) & 0x10) });

const row = (name: string, op: number, pattern: string, immediate: Immediate = none): Encoding => ({
  name,
  op,
  pattern,
  immediate,
});

/** Every instruction the LX106 has. */
export const ENCODINGS: readonly Encoding[] = [
  // Arithmetic and logic
  row("add", OP.ADD, "80rst0"),
  row("addx2", OP.ADDX2, "90rst0"),
  row("addx4", OP.ADDX4, "A0rst0"),
  row("addx8", OP.ADDX8, "B0rst0"),
  row("sub", OP.SUB, "C0rst0"),
  row("subx2", OP.SUBX2, "D0rst0"),
  row("subx4", OP.SUBX4, "E0rst0"),
  row("subx8", OP.SUBX8, "F0rst0"),
  row("addi", OP.ADDI, "iiCst2", simm8),
  row("addmi", OP.ADDI, "iiDst2", simm8x256),
  row("and", OP.AND, "10rst0"),
  row("or", OP.OR, "20rst0"),
  row("xor", OP.XOR, "30rst0"),
  row("neg", OP.NEG, "60r0t0"),
  row("abs", OP.ABS, "60r1t0"),
  row("movi", OP.MOVI, "iiAit2", simm12),
  row("moveqz", OP.MOVEQZ, "83rst0"),
  row("movnez", OP.MOVNEZ, "93rst0"),
  row("movltz", OP.MOVLTZ, "A3rst0"),
  row("movgez", OP.MOVGEZ, "B3rst0"),
  row("mul16u", OP.MUL16U, "C1rst0"),
  row("mul16s", OP.MUL16S, "D1rst0"),
  row("mull", OP.MULL, "82rst0"),
  row("nsa", OP.NSA, "40Est0"),
  row("nsau", OP.NSAU, "40Fst0"),
  // Shifts
  row("slli", OP.SLLI, "01rst0", sll),
  row("slli", OP.SLLI, "11rst0", sll),
  row("srai", OP.SRAI, "21rst0", sra),
  row("srai", OP.SRAI, "31rst0", sra),
  row("srli", OP.SRLI, "41rst0", fieldS),
  row("extui", OP.EXTUI, "i4rst0", extui),
  row("extui", OP.EXTUI, "i5rst0", extui),
  row("src", OP.SRC, "81rst0"),
  row("srl", OP.SRL, "91r0t0"),
  row("sll", OP.SLL, "A1rs00"),
  row("sra", OP.SRA, "B1r0t0"),
  row("ssr", OP.SSR, "400s00"),
  row("ssl", OP.SSL, "401s00"),
  row("ssa8l", OP.SSA8L, "402s00"),
  row("ssa8b", OP.SSA8B, "403s00"),
  row("ssai", OP.SSAI, "404s00", fieldS),
  row("ssai", OP.SSAI, "404s10", (word) => fieldS(word) | 0x10),
  // Loads and stores
  row("l32r", OP.L32R, "iiiit1", literal),
  row("l8ui", OP.L8UI, "ii0st2", imm8),
  row("l16ui", OP.L16UI, "ii1st2", imm8x2),
  row("l32i", OP.L32I, "ii2st2", imm8x4),
  row("s8i", OP.S8I, "ii4st2", imm8),
  row("s16i", OP.S16I, "ii5st2", imm8x2),
  row("s32i", OP.S32I, "ii6st2", imm8x4),
  row("l16si", OP.L16SI, "ii9st2", imm8x2),
  // Jumps and branches
  { ...row("j", OP.J, "iiiii6", target18), bits: { mask: 0x30, value: 0x00 } },
  row("jx", OP.JX, "000sA0"),
  { ...row("call0", OP.CALL0, "iiiii5", callTarget), bits: { mask: 0x30, value: 0x00 } },
  row("callx0", OP.CALLX0, "000sC0"),
  row("ret", OP.RET, "000080"),
  row("beqz", OP.BEQZ, "iiis16", target12),
  row("bnez", OP.BNEZ, "iiis56", target12),
  row("bltz", OP.BLTZ, "iiis96", target12),
  row("bgez", OP.BGEZ, "iiisD6", target12),
  row("beqi", OP.BEQI, "iirs26", target8),
  row("bnei", OP.BNEI, "iirs66", target8),
  row("blti", OP.BLTI, "iirsA6", target8),
  row("bgei", OP.BGEI, "iirsE6", target8),
  row("bltui", OP.BLTUI, "iirsB6", target8),
  row("bgeui", OP.BGEUI, "iirsF6", target8),
  row("bnone", OP.BNONE, "ii0st7", target8),
  row("beq", OP.BEQ, "ii1st7", target8),
  row("blt", OP.BLT, "ii2st7", target8),
  row("bltu", OP.BLTU, "ii3st7", target8),
  row("ball", OP.BALL, "ii4st7", target8),
  row("bbc", OP.BBC, "ii5st7", target8),
  row("bbci", OP.BBCI, "ii6st7", target8),
  { ...row("bbci", OP.BBCI, "ii7st7", target8), fields: branchBit },
  row("bany", OP.BANY, "ii8st7", target8),
  row("bne", OP.BNE, "ii9st7", target8),
  row("bge", OP.BGE, "iiAst7", target8),
  row("bgeu", OP.BGEU, "iiBst7", target8),
  row("bnall", OP.BNALL, "iiCst7", target8),
  row("bbs", OP.BBS, "iiDst7", target8),
  row("bbsi", OP.BBSI, "iiEst7", target8),
  { ...row("bbsi", OP.BBSI, "iiFst7", target8), fields: branchBit },
  // Density
  row("l32i.n", OP.L32I, "ist8", (word) => fieldR(word) << 2),
  row("s32i.n", OP.S32I, "ist9", (word) => fieldR(word) << 2),
  row("add.n", OP.ADD, "rstA"),
  { ...row("addi.n", OP.ADDI, "rstB", (word) => fieldT(word) || -1), fields: narrow.tFromR },
  { ...row("movi.n", OP.MOVI, "istC", narrowMovi), fields: narrow.tFromS, bits: { mask: 0x80, value: 0x00 } },
  { ...row("beqz.n", OP.BEQZ, "istC", narrowTarget), bits: { mask: 0xc0, value: 0x80 } },
  { ...row("bnez.n", OP.BNEZ, "istC", narrowTarget), bits: { mask: 0xc0, value: 0xc0 } },
  row("mov.n", OP.MOV, "0stD"),
  row("ret.n", OP.RET, "F00D"),
  row("break.n", OP.BREAK_N, "Fs2D"),
  row("nop.n", OP.NOP, "F03D"),
  row("ill.n", OP.ILL, "F06D"),
  // Processor control
  row("isync", OP.NOP, "002000"),
  row("rsync", OP.NOP, "002010"),
  row("esync", OP.NOP, "002020"),
  row("dsync", OP.NOP, "002030"),
  row("excw", OP.NOP, "002080"),
  row("memw", OP.NOP, "0020C0"),
  row("extw", OP.NOP, "0020D0"),
  row("nop", OP.NOP, "0020F0"),
  row("rfe", OP.RFE, "003000"),
  row("rfde", OP.RFDE, "003200"),
  row("rfi", OP.RFI, "003s10", fieldS),
  row("break", OP.BREAK, "004st0"),
  row("syscall", OP.SYSCALL, "005000"),
  row("rsil", OP.RSIL, "006st0", fieldS),
  row("waiti", OP.WAITI, "007s00", fieldS),
  row("rer", OP.RER, "406st0"),
  row("wer", OP.WER, "407st0"),
  row("rsr", OP.RSR, "03iit0", special),
  row("wsr", OP.WSR, "13iit0", special),
  row("xsr", OP.XSR, "61iit0", special),
  // Region protection: the attributes are as the ROM leaves them, so writing and invalidating entries does nothing.
  row("ritlb0", OP.READ_TLB0, "503st0"),
  row("iitlb", OP.NOP, "504s00"),
  row("pitlb", OP.PROBE_TLB, "505st0"),
  row("witlb", OP.NOP, "506st0"),
  row("ritlb1", OP.READ_TLB1, "507st0"),
  row("rdtlb0", OP.READ_TLB0, "50Bst0"),
  row("idtlb", OP.NOP, "50Cs00"),
  row("pdtlb", OP.PROBE_TLB, "50Dst0"),
  row("wdtlb", OP.NOP, "50Est0"),
  row("rdtlb1", OP.READ_TLB1, "50Fst0"),
  row("ill", OP.ILL, "000000"),
];

interface Compiled {
  readonly mask: number;
  readonly value: number;
  readonly encoding: Encoding;
}

function compile(encoding: Encoding): Compiled {
  let mask = 0;
  let value = 0;
  for (const digit of encoding.pattern) {
    const fixed = /[0-9A-F]/.test(digit);
    mask = (mask << 4) | (fixed ? 15 : 0);
    value = (value << 4) | (fixed ? Number.parseInt(digit, 16) : 0);
  }
  return { mask: mask | (encoding.bits?.mask ?? 0), value: value | (encoding.bits?.value ?? 0), encoding };
}

/** By the lowest digit, which also tells the length. */
const BY_LOWEST_DIGIT: readonly (readonly Compiled[])[] = Array.from({ length: 16 }, (_, digit) =>
  ENCODINGS.map(compile).filter(({ value }) => (value & 0xf) === digit),
);

function isIllegalSpecialRegister(op: number, register: number): boolean {
  if (op === OP.RSR) return !readableSpecialRegister(register);
  if (op === OP.WSR) return !writableSpecialRegister(register);
  return op === OP.XSR && !exchangeableSpecialRegister(register);
}

/** Which encoding a word has, or undefined where it is no instruction of this core. */
export function encodingOf(word: number): Encoding | undefined {
  return BY_LOWEST_DIGIT[word & 0xf]?.find(({ mask, value }) => (word & mask) === value)?.encoding;
}

/**
 * @param word three bytes, the first lowest; of two-byte instructions the third does not matter
 * @param pc the instruction's address
 * @param litbase LITBASE: bit 0 makes L32R relative to its upper 20 bits
 */
export function decode(word: number, pc: number, litbase: number): Instruction {
  const length = (word & 8) !== 0 ? 2 : 3;
  const significant = length === 2 ? word & 0xffff : word & 0xffffff;
  const encoding = encodingOf(significant);
  const registers = { r: fieldR(significant), s: fieldS(significant), t: fieldT(significant) };
  if (encoding === undefined) return { op: OP.ILL, length, ...registers, immediate: 0 };
  const immediate = encoding.immediate(significant, pc, litbase);
  const op = isIllegalSpecialRegister(encoding.op, immediate) ? OP.ILL : encoding.op;
  return { op, length, ...registers, ...encoding.fields?.(significant), immediate };
}
