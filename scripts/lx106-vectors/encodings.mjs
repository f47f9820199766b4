/**
 * Instruction words of the LX106 by mnemonic, from the Xtensa ISA Reference Manual. Written apart from the simulator's
 * decoder on purpose: what one gets wrong the other must not get wrong as well.
 * Every function returns the bytes, lowest first.
 */
const three = (word) => [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff];
const two = (word) => [word & 0xff, (word >>> 8) & 0xff];

const RRR = (op2, op1) => (r, s, t) => three((op2 << 20) | (op1 << 16) | (r << 12) | (s << 8) | (t << 4));
const RRI8 = (r) => (t, s, imm8) => three(((imm8 & 0xff) << 16) | (r << 12) | (s << 8) | (t << 4) | 2);

/** name: encode(r, s, t) */
export const registerOps = {
  add: RRR(8, 0),
  addx2: RRR(9, 0),
  addx4: RRR(10, 0),
  addx8: RRR(11, 0),
  sub: RRR(12, 0),
  subx2: RRR(13, 0),
  subx4: RRR(14, 0),
  subx8: RRR(15, 0),
  and: RRR(1, 0),
  or: RRR(2, 0),
  xor: RRR(3, 0),
  mul16u: RRR(12, 1),
  mul16s: RRR(13, 1),
  mull: RRR(8, 2),
  moveqz: RRR(8, 3),
  movnez: RRR(9, 3),
  movltz: RRR(10, 3),
  movgez: RRR(11, 3),
  src: RRR(8, 1),
  "add.n": (r, s, t) => two((r << 12) | (s << 8) | (t << 4) | 10),
};

/** name: encode(destination, source) */
export const unaryOps = {
  neg: (r, t) => RRR(6, 0)(r, 0, t),
  abs: (r, t) => RRR(6, 0)(r, 1, t),
  nsa: (t, s) => RRR(4, 0)(14, s, t),
  nsau: (t, s) => RRR(4, 0)(15, s, t),
  srl: (r, t) => RRR(9, 1)(r, 0, t),
  sra: (r, t) => RRR(11, 1)(r, 0, t),
  sll: (r, s) => RRR(10, 1)(r, s, 0),
  "mov.n": (t, s) => two((s << 8) | (t << 4) | 13),
};

export const sarOps = {
  ssr: (s) => RRR(4, 0)(0, s, 0),
  ssl: (s) => RRR(4, 0)(1, s, 0),
  ssa8l: (s) => RRR(4, 0)(2, s, 0),
  ssa8b: (s) => RRR(4, 0)(3, s, 0),
};
export const ssai = (amount) => RRR(4, 0)(4, amount & 15, amount >> 4);
export const slli = (r, s, amount) => RRR((32 - amount) >> 4, 1)(r, s, (32 - amount) & 15);
export const srli = (r, t, amount) => RRR(4, 1)(r, amount, t);
export const srai = (r, t, amount) => RRR(2 + (amount >> 4), 1)(r, amount & 15, t);
export const extui = (r, t, shift, bits) => RRR(bits - 1, 4 + (shift >> 4))(r, shift & 15, t);

export const addi = RRI8(12);
export const addmi = RRI8(13);
export const movi = (t, value) =>
  three(((value & 0xff) << 16) | (10 << 12) | (((value >> 8) & 15) << 8) | (t << 4) | 2);
export const addiN = (r, s, value) => two((r << 12) | (s << 8) | ((value === -1 ? 0 : value) << 4) | 11);
export const moviN = (s, value) => two(((value & 15) << 12) | (s << 8) | (((value >> 4) & 7) << 4) | 12);

/** name: encode(t, base, offset in bytes); `bytes` is the size of the access. */
export const memoryOps = {
  l8ui: { bytes: 1, encode: RRI8(0) },
  l16ui: { bytes: 2, encode: (t, s, offset) => RRI8(1)(t, s, offset >> 1) },
  l32i: { bytes: 4, encode: (t, s, offset) => RRI8(2)(t, s, offset >> 2) },
  s8i: { bytes: 1, encode: RRI8(4) },
  s16i: { bytes: 2, encode: (t, s, offset) => RRI8(5)(t, s, offset >> 1) },
  s32i: { bytes: 4, encode: (t, s, offset) => RRI8(6)(t, s, offset >> 2) },
  l16si: { bytes: 2, encode: (t, s, offset) => RRI8(9)(t, s, offset >> 1) },
  "l32i.n": { bytes: 4, slots: 16, encode: (t, s, offset) => two(((offset >> 2) << 12) | (s << 8) | (t << 4) | 8) },
  "s32i.n": { bytes: 4, slots: 16, encode: (t, s, offset) => two(((offset >> 2) << 12) | (s << 8) | (t << 4) | 9) },
};
/** offset in words back from the next word boundary, -65536 to -1 */
export const l32r = (t, words) => three(((words & 0xffff) << 8) | (t << 4) | 1);

const RRI8Branch = (r) => (s, t, offset) => three((((offset - 4) & 0xff) << 16) | (r << 12) | (s << 8) | (t << 4) | 7);
/** name: encode(s, t, byte offset from the instruction) */
export const compareBranches = {
  bnone: RRI8Branch(0),
  beq: RRI8Branch(1),
  blt: RRI8Branch(2),
  bltu: RRI8Branch(3),
  ball: RRI8Branch(4),
  bbc: RRI8Branch(5),
  bany: RRI8Branch(8),
  bne: RRI8Branch(9),
  bge: RRI8Branch(10),
  bgeu: RRI8Branch(11),
  bnall: RRI8Branch(12),
  bbs: RRI8Branch(13),
};
/** name: encode(s, bit, byte offset) */
export const bitBranches = {
  bbci: (s, bit, offset) => RRI8Branch(6 + (bit >> 4))(s, bit & 15, offset),
  bbsi: (s, bit, offset) => RRI8Branch(14 + (bit >> 4))(s, bit & 15, offset),
};
const BRI12 = (m) => (s, offset) => three((((offset - 4) & 0xfff) << 12) | (s << 8) | (m << 6) | (1 << 4) | 6);
/** name: encode(s, byte offset) */
export const zeroBranches = { beqz: BRI12(0), bnez: BRI12(1), bltz: BRI12(2), bgez: BRI12(3) };
const narrowBranch = (z) => (s, offset) => {
  const distance = offset - 4;
  return two(((distance & 15) << 12) | (s << 8) | ((8 | (z << 2) | (distance >> 4)) << 4) | 12);
};
export const narrowZeroBranches = { "beqz.n": narrowBranch(0), "bnez.n": narrowBranch(1) };
const BRI8 = (m, n) => (s, index, offset) =>
  three((((offset - 4) & 0xff) << 16) | (index << 12) | (s << 8) | (m << 6) | (n << 4) | 6);
/** name: encode(s, index of the constant, byte offset) */
export const constantBranches = {
  beqi: BRI8(0, 2),
  bnei: BRI8(1, 2),
  blti: BRI8(2, 2),
  bgei: BRI8(3, 2),
  bltui: BRI8(2, 3),
  bgeui: BRI8(3, 3),
};

export const j = (offset) => three((((offset - 4) & 0x3ffff) << 6) | 6);
/** offset in words from the word boundary after the instruction's own word */
export const call0 = (words) => three(((words & 0x3ffff) << 6) | 5);
export const jx = (s) => three((s << 8) | 0xa0);
export const callx0 = (s) => three((s << 8) | 0xc0);
export const ret = three(0x000080);
export const retN = two(0xf00d);

/** Instructions without operands. */
export const plainOps = {
  nop: three(0x0020f0),
  "nop.n": two(0xf03d),
  isync: three(0x002000),
  rsync: three(0x002010),
  esync: three(0x002020),
  dsync: three(0x002030),
  excw: three(0x002080),
  memw: three(0x0020c0),
  extw: three(0x0020d0),
  ill: three(0x000000),
  "ill.n": two(0xf06d),
  syscall: three(0x005000),
};
export const breakOp = (s, t) => three((4 << 12) | (s << 8) | (t << 4));
export const breakN = (s) => two(0xf02d | (s << 8));
export const rfe = three(0x003000);
export const rfde = three(0x003200);
export const rfi = (level) => three(0x003010 | (level << 8));
export const rsil = (t, level) => three(0x006000 | (level << 8) | (t << 4));
export const waiti = (level) => three(0x007000 | (level << 8));
export const rsr = (t, register) => three(0x030000 | (register << 8) | (t << 4));
export const wsr = (t, register) => three(0x130000 | (register << 8) | (t << 4));
export const xsr = (t, register) => three(0x610000 | (register << 8) | (t << 4));
export const rer = (t, s) => RRR(4, 0)(6, s, t);
export const wer = (t, s) => RRR(4, 0)(7, s, t);
/** Region protection. name: encode(t, s) */
export const regionOps = {
  ritlb0: (t, s) => RRR(5, 0)(3, s, t),
  pitlb: (t, s) => RRR(5, 0)(5, s, t),
  ritlb1: (t, s) => RRR(5, 0)(7, s, t),
  rdtlb0: (t, s) => RRR(5, 0)(11, s, t),
  pdtlb: (t, s) => RRR(5, 0)(13, s, t),
  rdtlb1: (t, s) => RRR(5, 0)(15, s, t),
};
export const iitlb = (s) => RRR(5, 0)(4, s, 0);
export const idtlb = (s) => RRR(5, 0)(12, s, 0);
export const witlb = (t, s) => RRR(5, 0)(6, s, t);
export const wdtlb = (t, s) => RRR(5, 0)(14, s, t);
