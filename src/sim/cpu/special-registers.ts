/** Reading and writing special registers, with what that sets off. The numbers have been checked by the decoder. */
import { type Core, PS_EXCM, PS_INTLEVEL, PS_UM } from "./core.ts";
import { NMI_INTERRUPT, TIMER_INTERRUPT } from "./exceptions.ts";
import { SR } from "./special-register-table.ts";

/** CONFIGID0 and CONFIGID1 are from the core's configuration as QEMU and binutils have it; PRID is not known. */
const FIXED: Readonly<Record<number, number>> = {
  [SR.CONFIGID0]: 0xc28cdafa | 0,
  [SR.CONFIGID1]: 0x1082b6f6,
  [SR.PRID]: 0,
};

/** The fields of the windowed registers (OWB, CALLINC, WOE) keep what is written, though this core has no windows. */
const PS_WINDOW_FIELDS = 0x70f00;
const PS_WRITABLE: number = PS_WINDOW_FIELDS | PS_INTLEVEL | PS_EXCM | PS_UM;
/** Bit 0 enables it, bits 12-31 are the address (ISA Reference Manual, extended L32R). */
const LITBASE_WRITABLE: number = 0xfffff001 | 0;
/** Line 7 is the only software interrupt. */
const SOFTWARE_INTERRUPTS: number = 1 << 7;
const EDGE_INTERRUPTS = 0x3f00 | (1 << NMI_INTERRUPT);

export function ccount(core: Core): number {
  return Math.floor(core.cycles - core.ccountOrigin) | 0;
}

function scheduleTimer(core: Core): void {
  const distance = (core.ccompare0 - ccount(core)) >>> 0;
  core.timerDue = Math.floor(core.cycles) + (distance === 0 ? 2 ** 32 : distance);
}

export function readSpecial(core: Core, register: number): number {
  switch (register) {
    case SR.SAR:
      return core.sar;
    case SR.LITBASE:
      return core.litbase;
    case SR.EPC1:
      return core.epc1;
    case SR.EPC2:
      return core.epc2;
    case SR.EPC3:
      return core.epc3;
    case SR.DEPC:
      return core.depc;
    case SR.EPS2:
      return core.eps2;
    case SR.EPS3:
      return core.eps3;
    case SR.INTERRUPT:
      return core.levels | core.latched;
    case SR.INTENABLE:
      return core.intenable;
    case SR.PS:
      return core.ps;
    case SR.VECBASE:
      return core.vecbase;
    case SR.EXCCAUSE:
      return core.exccause;
    case SR.DEBUGCAUSE:
      return core.debugcause;
    case SR.CCOUNT:
      return ccount(core);
    case SR.EXCVADDR:
      return core.excvaddr;
    case SR.CCOMPARE0:
      return core.ccompare0;
    default:
      return FIXED[register] ?? core.plain.get(register) ?? 0;
  }
}

export function writeSpecial(core: Core, register: number, value: number): void {
  // Whatever it was, the run loop looks at interrupts and the timer again.
  core.attention = true;
  switch (register) {
    case SR.SAR:
      core.sar = value & 0x3f;
      break;
    case SR.LITBASE:
      core.setLitbase(value & LITBASE_WRITABLE);
      break;
    case SR.EPC1:
      core.epc1 = value;
      break;
    case SR.EPC2:
      core.epc2 = value;
      break;
    case SR.EPC3:
      core.epc3 = value;
      break;
    case SR.DEPC:
      core.depc = value;
      break;
    case SR.EPS2:
      core.eps2 = value;
      break;
    case SR.EPS3:
      core.eps3 = value;
      break;
    case SR.INTERRUPT:
      core.latched |= value & SOFTWARE_INTERRUPTS;
      break;
    case SR.INTCLEAR:
      core.latched &= ~(value & (SOFTWARE_INTERRUPTS | EDGE_INTERRUPTS));
      break;
    case SR.INTENABLE:
      core.intenable = value;
      break;
    case SR.PS:
      core.ps = value & PS_WRITABLE;
      break;
    case SR.VECBASE:
      core.vecbase = value;
      break;
    case SR.EXCCAUSE:
      core.exccause = value;
      break;
    case SR.CCOUNT:
      core.ccountOrigin = Math.floor(core.cycles) - (value >>> 0);
      scheduleTimer(core);
      break;
    case SR.EXCVADDR:
      core.excvaddr = value;
      break;
    case SR.CCOMPARE0:
      core.ccompare0 = value;
      core.latched &= ~(1 << TIMER_INTERRUPT);
      scheduleTimer(core);
      break;
    default:
      core.plain.set(register, value);
  }
}
