/**
 * Loops that wait and count how often they have looked, to give up some day. Between two laps only a counter differs,
 * by the same amount each time. If every instruction that sees a changed value only adds, moves, loads, stores or
 * compares it, the laps to come are known without executing them, up to the first comparison that turns out
 * differently; how many those are is calculated here.
 */
import type { Lx106 } from "../cpu/lx106.ts";
import { CODE_BASE } from "../cpu/memory-map.ts";
import { OP } from "../cpu/opcodes.ts";

/** An instruction of a lap, with the registers before it. */
export interface Step {
  readonly pc: number;
  readonly registers: Int32Array;
}

const WORD = 2 ** 32;
/** Constants of the branches with an immediate (Xtensa ISA Reference Manual, tables b4const and b4constu). */
const B4CONST = [-1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256] as const;
const B4CONSTU = [32768, 65536, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256] as const;

/** Operations without a register among their operands, whatever their fields hold. */
const WITHOUT_SOURCE: ReadonlySet<number> = new Set([
  OP.MOVI,
  OP.L32R,
  OP.L32R_IRAM,
  OP.L32R_FLASH,
  OP.NOP,
  OP.J,
  OP.CALL0,
]);
/** Operations that are only followed if register s, an address, stays; t may change where it is stored. */
const ONE_SOURCE: ReadonlySet<number> = new Set([OP.L32I, OP.S32I, OP.JX, OP.CALLX0, OP.RET]);
const LINEAR: ReadonlySet<number> = new Set([OP.ADD, OP.ADDI, OP.SUB, OP.MOV]);
/** Arguments of a ROM function and its return address. */
const HOOK_REGISTERS = [0, 2, 3, 4, 5, 6, 7] as const;

type Compare = "equal" | "signed" | "unsigned";

/** What a branch compares register s with, and how. */
const BRANCHES: ReadonlyMap<number, { readonly compare: Compare; readonly other: "t" | "zero" | "b4" | "b4u" }> =
  new Map([
    [OP.BEQZ, { compare: "equal", other: "zero" }],
    [OP.BNEZ, { compare: "equal", other: "zero" }],
    [OP.BLTZ, { compare: "signed", other: "zero" }],
    [OP.BGEZ, { compare: "signed", other: "zero" }],
    [OP.BEQ, { compare: "equal", other: "t" }],
    [OP.BNE, { compare: "equal", other: "t" }],
    [OP.BLT, { compare: "signed", other: "t" }],
    [OP.BGE, { compare: "signed", other: "t" }],
    [OP.BLTU, { compare: "unsigned", other: "t" }],
    [OP.BGEU, { compare: "unsigned", other: "t" }],
    [OP.BEQI, { compare: "equal", other: "b4" }],
    [OP.BNEI, { compare: "equal", other: "b4" }],
    [OP.BLTI, { compare: "signed", other: "b4" }],
    [OP.BGEI, { compare: "signed", other: "b4" }],
    [OP.BLTUI, { compare: "unsigned", other: "b4u" }],
    [OP.BGEUI, { compare: "unsigned", other: "b4u" }],
  ]);

/**
 * @param before a lap.
 * @param after the lap that followed it, by the same way.
 * @returns how many laps after that one go the same way; undefined if that cannot be told.
 */
export function equalLaps(cpu: Lx106, before: readonly Step[], after: readonly Step[]): number | undefined {
  let laps = Number.POSITIVE_INFINITY;
  for (const [i, late] of after.entries()) {
    const early = before[i]!;
    if (early.pc !== late.pc) return undefined;
    const found = lapsOfStep(cpu.code.words[(late.pc >>> 0) - CODE_BASE]!, early.registers, late.registers);
    if (found === undefined) return undefined;
    laps = Math.min(laps, found);
  }
  return laps;
}

function lapsOfStep(word: number, early: Int32Array, late: Int32Array): number | undefined {
  const op = word & 0xff;
  const [r, s, t] = [(word >>> 8) & 0xf, (word >>> 12) & 0xf, (word >>> 16) & 0xf];
  const same = (register: number): boolean => early[register] === late[register];
  if (WITHOUT_SOURCE.has(op) || LINEAR.has(op)) return Number.POSITIVE_INFINITY;
  if (ONE_SOURCE.has(op)) return same(s) ? Number.POSITIVE_INFINITY : undefined;
  if (op === OP.HOOK) return HOOK_REGISTERS.every(same) ? Number.POSITIVE_INFINITY : undefined;
  const branch = BRANCHES.get(op);
  if (branch === undefined) return same(r) && same(s) && same(t) ? Number.POSITIVE_INFINITY : undefined;
  const step = (register: number): number => (late[register]! - early[register]!) | 0;
  const right = {
    t: { value: late[t]!, step: step(t) },
    zero: { value: 0, step: 0 },
    b4: { value: B4CONST[r]!, step: 0 },
    b4u: { value: B4CONSTU[r]!, step: 0 },
  }[branch.other];
  return lapsUntilFlip(branch.compare, { value: late[s]!, step: step(s) }, right);
}

interface Running {
  readonly value: number;
  readonly step: number;
}

/** How many more laps the comparison of two evenly changing words has its present outcome. */
function lapsUntilFlip(compare: Compare, left: Running, right: Running): number {
  if (left.step === 0 && right.step === 0) return Number.POSITIVE_INFINITY;
  const unsigned = compare === "unsigned";
  const wrap = Math.min(lapsUntilWrap(left, unsigned), lapsUntilWrap(right, unsigned));
  const number = ({ value }: Running): number => (unsigned ? value >>> 0 : value | 0);
  const distance = number(left) - number(right);
  const step = left.step - right.step;
  if (step === 0) return wrap;
  /** Laps after which the difference is zero, not necessarily whole. */
  const zero = -distance / step;
  if (compare === "equal") {
    if (distance === 0) return 0;
    return zero > 0 ? Math.min(wrap, Math.ceil(zero) - 1) : wrap;
  }
  // "less" turns into "not less" when zero is reached, the other way round only when it is passed.
  if (distance < 0) return step > 0 ? Math.min(wrap, Math.ceil(zero) - 1) : wrap;
  return step < 0 ? Math.min(wrap, Math.floor(zero)) : wrap;
}

function lapsUntilWrap({ value, step }: Running, unsigned: boolean): number {
  if (step === 0) return Number.POSITIVE_INFINITY;
  const number = unsigned ? value >>> 0 : value | 0;
  const top = unsigned ? WORD - 1 : WORD / 2 - 1;
  const bottom = unsigned ? 0 : -WORD / 2;
  return Math.floor(step > 0 ? (top - number) / step : (number - bottom) / -step);
}
