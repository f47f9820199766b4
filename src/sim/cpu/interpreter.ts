/**
 * The fast loop: predecoded instructions that touch only registers and data RAM. Everything else is handed to
 * rare-operations.ts, one instruction at a time.
 *
 * One function with one large switch over literal numbers on purpose: V8 makes a jump table of it, whatever tool has
 * bundled or transformed the modules. The numbers are those of opcodes.ts; a test compares them. For the same reason
 * constants of other modules are copied into this one's.
 */
import type { Core } from "./core.ts";
import { COST_UNITS_PER_CYCLE, TAKEN_BRANCH_CYCLES, toUnits } from "./cycle-costs.ts";
import { CODE_BASE, CODE_SIZE, DRAM_BASE, DRAM_SIZE } from "./memory-map.ts";
import { OP } from "./opcodes.ts";
import { executeRare } from "./rare-operations.ts";

/** Constants of the branches with an immediate (ISA Reference Manual, tables b4const and b4constu). */
const B4CONST = Int32Array.of(-1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256);
const B4CONSTU = Int32Array.of(32768, 65536, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256);

const FIRST_CODE_ADDRESS = CODE_BASE;
const CODE_BYTES = CODE_SIZE;
const FIRST_DATA_ADDRESS = DRAM_BASE;
const DATA_BYTES = DRAM_SIZE;
const UNITS = COST_UNITS_PER_CYCLE;
const UNDECODED = OP.UNDECODED;
const NO_CODE = OP.NO_CODE;

/** At most this many cost units at a time, so that the count stays a small integer. */
const LONGEST_STRETCH = 0x1fffffff;

/** Executes until core.cycles reaches `limit` or core.attention is set. */
export function execute(core: Core, limit: number): void {
  const { a, code, memory } = core;
  const { words, immediates } = code;
  const { dram, dram16, dram32, iram32, flash32 } = memory;
  const taken = toUnits(TAKEN_BRANCH_CYCLES, core.costScale);
  let pc = core.pc | 0;
  let left = Math.min(LONGEST_STRETCH, Math.ceil((limit - core.cycles) * UNITS)) | 0;
  /** core.cycles at which `left` would be 0. */
  let end = core.cycles + left / UNITS;

  while (left > 0) {
    const slot = (pc - FIRST_CODE_ADDRESS) >>> 0;
    let word = slot < CODE_BYTES ? words[slot]! : NO_CODE;
    if (word === UNDECODED) word = code.decodeAt(pc, core.litbase);
    left -= word >>> 23;
    const immediate = slot < CODE_BYTES ? immediates[slot]! : 0;
    const r = (word >>> 8) & 0xf;
    const s = (word >>> 12) & 0xf;
    const t = (word >>> 16) & 0xf;
    const sequential = (pc + ((word >>> 21) & 3)) | 0;
    let next = sequential;
    let rare = false;

    switch (word & 0xff) {
      case 1: // ADD
        a[r] = a[s]! + a[t]!;
        break;
      case 2: // ADDI
        a[t] = a[s]! + immediate;
        break;
      case 3: // ADDX2
        a[r] = (a[s]! << 1) + a[t]!;
        break;
      case 4: // ADDX4
        a[r] = (a[s]! << 2) + a[t]!;
        break;
      case 5: // ADDX8
        a[r] = (a[s]! << 3) + a[t]!;
        break;
      case 6: // SUB
        a[r] = a[s]! - a[t]!;
        break;
      case 7: // SUBX2
        a[r] = (a[s]! << 1) - a[t]!;
        break;
      case 8: // SUBX4
        a[r] = (a[s]! << 2) - a[t]!;
        break;
      case 9: // SUBX8
        a[r] = (a[s]! << 3) - a[t]!;
        break;
      case 10: // NEG
        a[r] = -a[t]!;
        break;
      case 11: // ABS
        a[r] = a[t]! < 0 ? -a[t]! : a[t]!;
        break;
      case 12: // AND
        a[r] = a[s]! & a[t]!;
        break;
      case 13: // OR
        a[r] = a[s]! | a[t]!;
        break;
      case 14: // XOR
        a[r] = a[s]! ^ a[t]!;
        break;
      case 15: // MOV
        a[t] = a[s]!;
        break;
      case 16: // MOVI
        a[t] = immediate;
        break;
      case 17: // MOVEQZ
        if (a[t]! === 0) a[r] = a[s]!;
        break;
      case 18: // MOVNEZ
        if (a[t]! !== 0) a[r] = a[s]!;
        break;
      case 19: // MOVLTZ
        if (a[t]! < 0) a[r] = a[s]!;
        break;
      case 20: // MOVGEZ
        if (a[t]! >= 0) a[r] = a[s]!;
        break;
      case 21: // SLLI
        // 1 to 32; the hardware's shifter treats 32 as a shift to zero.
        a[r] = immediate > 31 ? 0 : a[s]! << immediate;
        break;
      case 22: // SRLI
        a[r] = a[t]! >>> immediate;
        break;
      case 23: // SRAI
        a[r] = a[t]! >> immediate;
        break;
      case 24: // EXTUI
        a[r] = (a[t]! >>> (immediate & 0x1f)) & (immediate >>> 8);
        break;
      case 25: {
        // SLL
        // SAR holds 32 - shift: 0 shifts everything out, and so does what only WSR can put there, 33 to 63.
        const shift = 32 - core.sar;
        a[r] = shift < 0 || shift > 31 ? 0 : a[s]! << shift;
        break;
      }
      case 26: // SRL
        a[r] = core.sar > 31 ? 0 : a[t]! >>> core.sar;
        break;
      case 27: // SRA
        a[r] = a[t]! >> Math.min(core.sar, 31);
        break;
      case 28: {
        // SRC
        const shift = core.sar;
        if (shift === 0) a[r] = a[t]!;
        else if (shift < 32) a[r] = (a[s]! << (32 - shift)) | (a[t]! >>> shift);
        else a[r] = a[s]! >>> (shift - 32);
        break;
      }
      case 29: // SSL
        core.sar = 32 - (a[s]! & 0x1f);
        break;
      case 30: // SSR
        core.sar = a[s]! & 0x1f;
        break;
      case 31: // SSA8B
        core.sar = 32 - ((a[s]! & 3) << 3);
        break;
      case 32: // SSA8L
        core.sar = (a[s]! & 3) << 3;
        break;
      case 33: // SSAI
        core.sar = immediate;
        break;
      case 34: // MUL16S
        a[r] = Math.imul((a[s]! << 16) >> 16, (a[t]! << 16) >> 16);
        break;
      case 35: // MUL16U
        a[r] = Math.imul(a[s]! & 0xffff, a[t]! & 0xffff);
        break;
      case 36: // MULL
        a[r] = Math.imul(a[s]!, a[t]!);
        break;
      case 37: // NSA
        a[t] = Math.clz32(a[s]! ^ (a[s]! >> 31)) - 1;
        break;
      case 38: // NSAU
        a[t] = Math.clz32(a[s]!);
        break;
      case 39: // NOP
        break;
      case 40: // J
        next = immediate;
        break;
      case 41: // JX
        next = a[s]!;
        break;
      case 42: // CALL0
        a[0] = next;
        next = immediate;
        break;
      case 43: {
        // CALLX0
        const target = a[s]!;
        a[0] = next;
        next = target;
        break;
      }
      case 44: // RET
        next = a[0]!;
        break;
      case 45: // BEQZ
        if (a[s]! === 0) next = immediate;
        break;
      case 46: // BNEZ
        if (a[s]! !== 0) next = immediate;
        break;
      case 47: // BLTZ
        if (a[s]! < 0) next = immediate;
        break;
      case 48: // BGEZ
        if (a[s]! >= 0) next = immediate;
        break;
      case 49: // BEQ
        if (a[s]! === a[t]!) next = immediate;
        break;
      case 50: // BNE
        if (a[s]! !== a[t]!) next = immediate;
        break;
      case 51: // BLT
        if (a[s]! < a[t]!) next = immediate;
        break;
      case 52: // BGE
        if (a[s]! >= a[t]!) next = immediate;
        break;
      case 53: // BLTU
        if (a[s]! >>> 0 < a[t]! >>> 0) next = immediate;
        break;
      case 54: // BGEU
        if (a[s]! >>> 0 >= a[t]! >>> 0) next = immediate;
        break;
      case 55: // BEQI
        if (a[s]! === B4CONST[r]!) next = immediate;
        break;
      case 56: // BNEI
        if (a[s]! !== B4CONST[r]!) next = immediate;
        break;
      case 57: // BLTI
        if (a[s]! < B4CONST[r]!) next = immediate;
        break;
      case 58: // BGEI
        if (a[s]! >= B4CONST[r]!) next = immediate;
        break;
      case 59: // BLTUI
        if (a[s]! >>> 0 < B4CONSTU[r]!) next = immediate;
        break;
      case 60: // BGEUI
        if (a[s]! >>> 0 >= B4CONSTU[r]!) next = immediate;
        break;
      case 61: // BANY
        if ((a[s]! & a[t]!) !== 0) next = immediate;
        break;
      case 62: // BNONE
        if ((a[s]! & a[t]!) === 0) next = immediate;
        break;
      case 63: // BALL
        if ((~a[s]! & a[t]!) === 0) next = immediate;
        break;
      case 64: // BNALL
        if ((~a[s]! & a[t]!) !== 0) next = immediate;
        break;
      case 65: // BBC
        if (((a[s]! >>> (a[t]! & 0x1f)) & 1) === 0) next = immediate;
        break;
      case 66: // BBS
        if (((a[s]! >>> (a[t]! & 0x1f)) & 1) !== 0) next = immediate;
        break;
      case 67: // BBCI
        if (((a[s]! >>> ((word >>> 16) & 0x1f)) & 1) === 0) next = immediate;
        break;
      case 68: // BBSI
        if (((a[s]! >>> ((word >>> 16) & 0x1f)) & 1) !== 0) next = immediate;
        break;
      case 77: // L32R_IRAM
        a[t] = iram32[immediate]!;
        break;
      case 78: // L32R_FLASH
        a[t] = flash32[immediate]!;
        break;
      case 70: {
        // L32I
        const offset = (a[s]! + immediate - FIRST_DATA_ADDRESS) >>> 0;
        if (offset >= DATA_BYTES || (offset & 3) !== 0) rare = true;
        else a[t] = dram32[offset >> 2]!;
        break;
      }
      case 71: {
        // L16UI
        const offset = (a[s]! + immediate - FIRST_DATA_ADDRESS) >>> 0;
        if (offset >= DATA_BYTES || (offset & 1) !== 0) rare = true;
        else a[t] = dram16[offset >> 1]!;
        break;
      }
      case 72: {
        // L16SI
        const offset = (a[s]! + immediate - FIRST_DATA_ADDRESS) >>> 0;
        if (offset >= DATA_BYTES || (offset & 1) !== 0) rare = true;
        else a[t] = (dram16[offset >> 1]! << 16) >> 16;
        break;
      }
      case 73: {
        // L8UI
        const offset = (a[s]! + immediate - FIRST_DATA_ADDRESS) >>> 0;
        if (offset >= DATA_BYTES) rare = true;
        else a[t] = dram[offset]!;
        break;
      }
      case 74: {
        // S32I
        const offset = (a[s]! + immediate - FIRST_DATA_ADDRESS) >>> 0;
        if (offset >= DATA_BYTES || (offset & 3) !== 0) rare = true;
        else dram32[offset >> 2] = a[t]!;
        break;
      }
      case 75: {
        // S16I
        const offset = (a[s]! + immediate - FIRST_DATA_ADDRESS) >>> 0;
        if (offset >= DATA_BYTES || (offset & 1) !== 0) rare = true;
        else dram16[offset >> 1] = a[t]!;
        break;
      }
      case 76: {
        // S8I
        const offset = (a[s]! + immediate - FIRST_DATA_ADDRESS) >>> 0;
        if (offset >= DATA_BYTES) rare = true;
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
    core.cycles = end - left / UNITS;
    executeRare(core, word, immediate);
    if (core.attention) return;
    pc = core.pc | 0;
    left = Math.min(LONGEST_STRETCH, Math.ceil((limit - core.cycles) * UNITS)) | 0;
    end = core.cycles + left / UNITS;
  }
  core.pc = pc;
  core.cycles = end - left / UNITS;
}
