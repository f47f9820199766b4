/**
 * What the interpreter's fast loop does not do itself: memory beyond data RAM, special registers, exceptions, hooks.
 * On entry core.pc is the instruction's address and core.cycles include its cost; on return core.pc is the next one's.
 * The switch is over the literal numbers of opcodes.ts, as in interpreter.ts.
 */
import { type Core, PS_EXCM, PS_INTLEVEL } from "./core.ts";
import { MMIO_CYCLES } from "./cycle-costs.ts";
import { NMI_LEVEL, raise, raiseAt, raiseDebug } from "./exceptions.ts";
import { CAUSE } from "./memory.ts";
import { IRAM_BASE, isPermitted, regionAttribute } from "./memory-map.ts";
import { readSpecial, writeSpecial } from "./special-registers.ts";

/** DEBUGCAUSE bits (ISA Reference Manual, debug option). */
const DEBUGCAUSE_BREAK = 0x08;
const DEBUGCAUSE_BREAK_N = 0x10;

/** Region protection: the address bits that name a region, and the bit by which a probe says that there is one. */
const REGION_MASK = 0xe0000000;
const TLB_HIT = 1;

export function executeRare(core: Core, word: number, immediate: number): void {
  const { a, memory, pc } = core;
  const s = (word >>> 12) & 0xf;
  const t = (word >>> 16) & 0xf;
  const next = pc + ((word >>> 21) & 3);
  switch (word & 0xff) {
    case 69: // L32R
      finishLoad(core, t, immediate, memory.load32(immediate), next);
      return;
    case 70: // L32I
      finishLoad(core, t, a[s]! + immediate, memory.load32((a[s]! + immediate) | 0), next);
      return;
    case 71: // L16UI
      finishLoad(core, t, a[s]! + immediate, memory.load16((a[s]! + immediate) | 0), next);
      return;
    case 72: // L16SI
      finishLoad(core, t, a[s]! + immediate, (memory.load16((a[s]! + immediate) | 0) << 16) >> 16, next);
      return;
    case 73: // L8UI
      finishLoad(core, t, a[s]! + immediate, memory.load8((a[s]! + immediate) | 0), next);
      return;
    case 74: {
      // S32I
      const iram = memory.store32((a[s]! + immediate) | 0, a[t]!);
      if (iram >= 0) core.code.invalidate(IRAM_BASE + iram, 4);
      finishStore(core, a[s]! + immediate, next);
      return;
    }
    case 75: // S16I
      memory.store16((a[s]! + immediate) | 0, a[t]!);
      finishStore(core, a[s]! + immediate, next);
      return;
    case 76: // S8I
      memory.store8((a[s]! + immediate) | 0, a[t]!);
      finishStore(core, a[s]! + immediate, next);
      return;
    case 79: // RSR
      a[t] = readSpecial(core, immediate);
      break;
    case 80: // WSR
      writeSpecial(core, immediate, a[t]!);
      break;
    case 81: {
      // XSR
      const value = readSpecial(core, immediate);
      writeSpecial(core, immediate, a[t]!);
      a[t] = value;
      break;
    }
    case 82: // RER
      // No external register of the ESP8266 is documented; they read as 0.
      a[t] = 0;
      break;
    case 83: // WER
      break;
    case 92: // READ_TLB0
      a[t] = a[s]! & REGION_MASK;
      break;
    case 93: // READ_TLB1
      a[t] = (a[s]! & REGION_MASK) | regionAttribute(a[s]!);
      break;
    case 94: // PROBE_TLB
      a[t] = (a[s]! & REGION_MASK) | TLB_HIT;
      break;
    case 84: // RSIL
      a[t] = core.ps;
      core.ps = (core.ps & ~PS_INTLEVEL) | immediate;
      core.attention = true;
      break;
    case 85: // WAITI
      core.ps = (core.ps & ~PS_INTLEVEL) | immediate;
      core.waiting = true;
      core.attention = true;
      break;
    case 86: // RFE
      core.ps &= ~PS_EXCM;
      returnTo(core, core.epc1);
      return;
    case 87: // RFDE
      returnTo(core, core.depc);
      return;
    case 88: // RFI
      returnFromInterrupt(core, immediate);
      return;
    case 89: // SYSCALL
      raise(core, CAUSE.SYSCALL);
      return;
    case 90: // BREAK
      if (raiseDebug(core, DEBUGCAUSE_BREAK)) return;
      break;
    case 91: // BREAK_N
      if (raiseDebug(core, DEBUGCAUSE_BREAK_N)) return;
      break;
    case 96: // HOOK
      // It may have changed PS or INTENABLE: interrupts are looked at before the next instruction.
      core.attention = true;
      core.code.hookAt(pc)!();
      return;
    case 97: // NO_CODE
      raiseAt(core, isPermitted(pc) ? CAUSE.FETCH_ERROR : CAUSE.FETCH_PROHIBITED, pc);
      return;
    default:
      raise(core, CAUSE.ILLEGAL_INSTRUCTION);
      return;
  }
  core.pc = next;
}

function finishLoad(core: Core, t: number, address: number, value: number, next: number): void {
  const { fault, touchedMmio } = core.memory;
  if (fault >= 0) {
    raiseAt(core, fault, address | 0);
    return;
  }
  if (touchedMmio) core.cycles += MMIO_CYCLES * core.costScale;
  core.a[t] = value;
  core.pc = next;
}

function finishStore(core: Core, address: number, next: number): void {
  const { fault, touchedMmio } = core.memory;
  if (fault >= 0) {
    raiseAt(core, fault, address | 0);
    return;
  }
  if (touchedMmio) core.cycles += MMIO_CYCLES * core.costScale;
  core.pc = next;
}

function returnTo(core: Core, address: number): void {
  core.pc = address | 0;
  core.attention = true;
}

function returnFromInterrupt(core: Core, level: number): void {
  if (level === 2) {
    core.ps = core.eps2;
    returnTo(core, core.epc2);
  } else if (level === NMI_LEVEL) {
    core.ps = core.eps3;
    core.inNmi = false;
    returnTo(core, core.epc3);
  } else raise(core, CAUSE.ILLEGAL_INSTRUCTION);
}
