/**
 * The fast loop: predecoded instructions that touch only registers and data RAM. Everything else is handed to
 * rare-operations.ts, one instruction at a time.
 *
 * One function with one large switch on purpose: it is what V8 compiles best.
 */
import type { Core } from "./core.ts";
import { COST_UNITS_PER_CYCLE, TAKEN_BRANCH_CYCLES, toUnits } from "./cycle-costs.ts";
import { CODE_BASE, CODE_SIZE, DRAM_BASE, DRAM_SIZE } from "./memory-map.ts";
import { OP } from "./opcodes.ts";
import { executeRare } from "./rare-operations.ts";

/** Constants of the branches with an immediate (ISA Reference Manual, tables b4const and b4constu). */
const B4CONST = Int32Array.of(-1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256);
const B4CONSTU = Int32Array.of(32768, 65536, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256);

/** At most this many cost units at a time, so that the count stays a small integer. */
const LONGEST_STRETCH = 0x1fffffff;

/** Executes until core.cycles reaches `limit` or core.attention is set. */
export function execute(core: Core, limit: number): void {
  const { a, code, memory } = core;
  const { words, immediates } = code;
  const { dram, dram16, dram32 } = memory;
  const taken = toUnits(TAKEN_BRANCH_CYCLES, core.costScale);
  let pc = core.pc | 0;
  let left = Math.min(LONGEST_STRETCH, Math.ceil((limit - core.cycles) * COST_UNITS_PER_CYCLE)) | 0;
  /** core.cycles at which `left` would be 0. */
  let end = core.cycles + left / COST_UNITS_PER_CYCLE;

  while (left > 0) {
    const slot = (pc - CODE_BASE) >>> 0;
    let word = slot < CODE_SIZE ? words[slot]! : OP.NO_CODE;
    if (word === OP.UNDECODED) word = code.decodeAt(pc, core.litbase);
    left -= word >>> 23;
    const immediate = slot < CODE_SIZE ? immediates[slot]! : 0;
    const r = (word >>> 8) & 15;
    const s = (word >>> 12) & 15;
    const t = (word >>> 16) & 15;
    const sequential = (pc + ((word >>> 21) & 3)) | 0;
    let next = sequential;
    let rare = false;

    switch (word & 0xff) {
      case OP.ADD:
        a[r] = a[s]! + a[t]!;
        break;
      case OP.ADDI:
        a[t] = a[s]! + immediate;
        break;
      case OP.ADDX2:
        a[r] = (a[s]! << 1) + a[t]!;
        break;
      case OP.ADDX4:
        a[r] = (a[s]! << 2) + a[t]!;
        break;
      case OP.ADDX8:
        a[r] = (a[s]! << 3) + a[t]!;
        break;
      case OP.SUB:
        a[r] = a[s]! - a[t]!;
        break;
      case OP.SUBX2:
        a[r] = (a[s]! << 1) - a[t]!;
        break;
      case OP.SUBX4:
        a[r] = (a[s]! << 2) - a[t]!;
        break;
      case OP.SUBX8:
        a[r] = (a[s]! << 3) - a[t]!;
        break;
      case OP.NEG:
        a[r] = -a[t]!;
        break;
      case OP.ABS:
        a[r] = a[t]! < 0 ? -a[t]! : a[t]!;
        break;
      case OP.AND:
        a[r] = a[s]! & a[t]!;
        break;
      case OP.OR:
        a[r] = a[s]! | a[t]!;
        break;
      case OP.XOR:
        a[r] = a[s]! ^ a[t]!;
        break;
      case OP.MOV:
        a[t] = a[s]!;
        break;
      case OP.MOVI:
        a[t] = immediate;
        break;
      case OP.MOVEQZ:
        if (a[t]! === 0) a[r] = a[s]!;
        break;
      case OP.MOVNEZ:
        if (a[t]! !== 0) a[r] = a[s]!;
        break;
      case OP.MOVLTZ:
        if (a[t]! < 0) a[r] = a[s]!;
        break;
      case OP.MOVGEZ:
        if (a[t]! >= 0) a[r] = a[s]!;
        break;
      case OP.SLLI:
        // 1 to 32; the hardware's shifter treats 32 as a shift to zero.
        a[r] = immediate > 31 ? 0 : a[s]! << immediate;
        break;
      case OP.SRLI:
        a[r] = a[t]! >>> immediate;
        break;
      case OP.SRAI:
        a[r] = a[t]! >> immediate;
        break;
      case OP.EXTUI:
        a[r] = (a[t]! >>> (immediate & 31)) & (immediate >>> 8);
        break;
      case OP.SLL: {
        // SAR holds 32 - shift: 0 shifts everything out, and so does what only WSR can put there, 33 to 63.
        const shift = 32 - core.sar;
        a[r] = shift < 0 || shift > 31 ? 0 : a[s]! << shift;
        break;
      }
      case OP.SRL:
        a[r] = core.sar > 31 ? 0 : a[t]! >>> core.sar;
        break;
      case OP.SRA:
        a[r] = a[t]! >> Math.min(core.sar, 31);
        break;
      case OP.SRC: {
        const shift = core.sar;
        if (shift === 0) a[r] = a[t]!;
        else if (shift < 32) a[r] = (a[s]! << (32 - shift)) | (a[t]! >>> shift);
        else a[r] = a[s]! >>> (shift - 32);
        break;
      }
      case OP.SSL:
        core.sar = 32 - (a[s]! & 31);
        break;
      case OP.SSR:
        core.sar = a[s]! & 31;
        break;
      case OP.SSA8B:
        core.sar = 32 - ((a[s]! & 3) << 3);
        break;
      case OP.SSA8L:
        core.sar = (a[s]! & 3) << 3;
        break;
      case OP.SSAI:
        core.sar = immediate;
        break;
      case OP.MUL16S:
        a[r] = Math.imul((a[s]! << 16) >> 16, (a[t]! << 16) >> 16);
        break;
      case OP.MUL16U:
        a[r] = Math.imul(a[s]! & 0xffff, a[t]! & 0xffff);
        break;
      case OP.MULL:
        a[r] = Math.imul(a[s]!, a[t]!);
        break;
      case OP.NSA:
        a[t] = Math.clz32(a[s]! ^ (a[s]! >> 31)) - 1;
        break;
      case OP.NSAU:
        a[t] = Math.clz32(a[s]!);
        break;
      case OP.NOP:
        break;
      case OP.J:
        next = immediate;
        break;
      case OP.JX:
        next = a[s]!;
        break;
      case OP.CALL0:
        a[0] = next;
        next = immediate;
        break;
      case OP.CALLX0: {
        const target = a[s]!;
        a[0] = next;
        next = target;
        break;
      }
      case OP.RET:
        next = a[0]!;
        break;
      case OP.BEQZ:
        if (a[s]! === 0) next = immediate;
        break;
      case OP.BNEZ:
        if (a[s]! !== 0) next = immediate;
        break;
      case OP.BLTZ:
        if (a[s]! < 0) next = immediate;
        break;
      case OP.BGEZ:
        if (a[s]! >= 0) next = immediate;
        break;
      case OP.BEQ:
        if (a[s]! === a[t]!) next = immediate;
        break;
      case OP.BNE:
        if (a[s]! !== a[t]!) next = immediate;
        break;
      case OP.BLT:
        if (a[s]! < a[t]!) next = immediate;
        break;
      case OP.BGE:
        if (a[s]! >= a[t]!) next = immediate;
        break;
      case OP.BLTU:
        if (a[s]! >>> 0 < a[t]! >>> 0) next = immediate;
        break;
      case OP.BGEU:
        if (a[s]! >>> 0 >= a[t]! >>> 0) next = immediate;
        break;
      case OP.BEQI:
        if (a[s]! === B4CONST[r]!) next = immediate;
        break;
      case OP.BNEI:
        if (a[s]! !== B4CONST[r]!) next = immediate;
        break;
      case OP.BLTI:
        if (a[s]! < B4CONST[r]!) next = immediate;
        break;
      case OP.BGEI:
        if (a[s]! >= B4CONST[r]!) next = immediate;
        break;
      case OP.BLTUI:
        if (a[s]! >>> 0 < B4CONSTU[r]!) next = immediate;
        break;
      case OP.BGEUI:
        if (a[s]! >>> 0 >= B4CONSTU[r]!) next = immediate;
        break;
      case OP.BANY:
        if ((a[s]! & a[t]!) !== 0) next = immediate;
        break;
      case OP.BNONE:
        if ((a[s]! & a[t]!) === 0) next = immediate;
        break;
      case OP.BALL:
        if ((~a[s]! & a[t]!) === 0) next = immediate;
        break;
      case OP.BNALL:
        if ((~a[s]! & a[t]!) !== 0) next = immediate;
        break;
      case OP.BBC:
        if (((a[s]! >>> (a[t]! & 31)) & 1) === 0) next = immediate;
        break;
      case OP.BBS:
        if (((a[s]! >>> (a[t]! & 31)) & 1) !== 0) next = immediate;
        break;
      case OP.BBCI:
        if (((a[s]! >>> ((word >>> 16) & 31)) & 1) === 0) next = immediate;
        break;
      case OP.BBSI:
        if (((a[s]! >>> ((word >>> 16) & 31)) & 1) !== 0) next = immediate;
        break;
      case OP.L32R_IRAM:
        a[t] = memory.iram32[immediate]!;
        break;
      case OP.L32R_FLASH:
        a[t] = memory.flash32[immediate]!;
        break;
      case OP.L32I: {
        const offset = (a[s]! + immediate - DRAM_BASE) >>> 0;
        if (offset >= DRAM_SIZE || (offset & 3) !== 0) rare = true;
        else a[t] = dram32[offset >> 2]!;
        break;
      }
      case OP.L16UI: {
        const offset = (a[s]! + immediate - DRAM_BASE) >>> 0;
        if (offset >= DRAM_SIZE || (offset & 1) !== 0) rare = true;
        else a[t] = dram16[offset >> 1]!;
        break;
      }
      case OP.L16SI: {
        const offset = (a[s]! + immediate - DRAM_BASE) >>> 0;
        if (offset >= DRAM_SIZE || (offset & 1) !== 0) rare = true;
        else a[t] = (dram16[offset >> 1]! << 16) >> 16;
        break;
      }
      case OP.L8UI: {
        const offset = (a[s]! + immediate - DRAM_BASE) >>> 0;
        if (offset >= DRAM_SIZE) rare = true;
        else a[t] = dram[offset]!;
        break;
      }
      case OP.S32I: {
        const offset = (a[s]! + immediate - DRAM_BASE) >>> 0;
        if (offset >= DRAM_SIZE || (offset & 3) !== 0) rare = true;
        else dram32[offset >> 2] = a[t]!;
        break;
      }
      case OP.S16I: {
        const offset = (a[s]! + immediate - DRAM_BASE) >>> 0;
        if (offset >= DRAM_SIZE || (offset & 1) !== 0) rare = true;
        else dram16[offset >> 1] = a[t]!;
        break;
      }
      case OP.S8I: {
        const offset = (a[s]! + immediate - DRAM_BASE) >>> 0;
        if (offset >= DRAM_SIZE) rare = true;
        else dram[offset] = a[t]!;
        break;
      }
      default:
        rare = true;
    }
    if (!rare) {
      if (next !== sequential) left -= taken;
      pc = next;
      continue;
    }

    core.pc = pc;
    core.cycles = end - left / COST_UNITS_PER_CYCLE;
    executeRare(core, word, immediate);
    if (core.attention) return;
    pc = core.pc | 0;
    left = Math.min(LONGEST_STRETCH, Math.ceil((limit - core.cycles) * COST_UNITS_PER_CYCLE)) | 0;
    end = core.cycles + left / COST_UNITS_PER_CYCLE;
  }
  core.pc = pc;
  core.cycles = end - left / COST_UNITS_PER_CYCLE;
}
