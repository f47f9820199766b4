/**
 * Exceptions and interrupts: what is taken when, and where it goes (XEA2 with relocatable vectors).
 *
 * Sources: Xtensa ISA Reference Manual, exception and interrupt options; the configuration of the ESP8266's core:
 * 15 interrupts, all of level 1 but 14, which is the NMI (level 3); debug exceptions have level 2.
 */
import { type Core, PS_EXCM, PS_INTLEVEL, PS_UM } from "./core.ts";
import { EXCEPTION_CYCLES } from "./cycle-costs.ts";
import { CAUSE } from "./memory.ts";

/** Vectors, as offsets from VECBASE. */
const VECTOR = { DEBUG: 0x10, NMI: 0x20, KERNEL: 0x30, USER: 0x50, DOUBLE: 0x70 } as const;

const EXCM_LEVEL = 1;
export const DEBUG_LEVEL = 2;
export const NMI_LEVEL = 3;

export const TIMER_INTERRUPT = 6;
export const NMI_INTERRUPT = 14;
const LEVEL1_INTERRUPTS = 0x3fff;

export function currentInterruptLevel(core: Core): number {
  const level = core.ps & PS_INTLEVEL;
  return (core.ps & PS_EXCM) !== 0 ? Math.max(level, EXCM_LEVEL) : level;
}

function enter(core: Core, vector: number): void {
  core.pc = (core.vecbase + vector) | 0;
  core.cycles += EXCEPTION_CYCLES * core.costScale;
  core.attention = true;
}

/** A general exception at core.pc. */
export function raise(core: Core, cause: number): void {
  core.exccause = cause;
  if ((core.ps & PS_EXCM) !== 0) {
    core.depc = core.pc;
    enter(core, VECTOR.DOUBLE);
  } else {
    core.epc1 = core.pc;
    core.ps |= PS_EXCM;
    enter(core, (core.ps & PS_UM) !== 0 ? VECTOR.USER : VECTOR.KERNEL);
  }
}

/** The same for a memory access, which also leaves the address. */
export function raiseAt(core: Core, cause: number, address: number): void {
  core.excvaddr = address;
  raise(core, cause);
}

/** A debug exception at core.pc, masked where an equal or higher level runs. @returns whether it was taken */
export function raiseDebug(core: Core, cause: number): boolean {
  core.debugcause = cause;
  if (currentInterruptLevel(core) >= DEBUG_LEVEL) return false;
  core.epc2 = core.pc;
  core.eps2 = core.ps;
  core.ps = (core.ps & ~PS_INTLEVEL) | PS_EXCM | DEBUG_LEVEL;
  enter(core, VECTOR.DEBUG);
  return true;
}

/** Enters the highest interrupt that is pending and not masked, if any. */
export function deliverInterrupt(core: Core): void {
  if ((core.latched & (1 << NMI_INTERRUPT)) !== 0 && !core.inNmi) {
    core.latched &= ~(1 << NMI_INTERRUPT);
    core.inNmi = true;
    core.waiting = false;
    core.epc3 = core.pc;
    core.eps3 = core.ps;
    core.ps = (core.ps & ~PS_INTLEVEL) | PS_EXCM | NMI_LEVEL;
    enter(core, VECTOR.NMI);
  } else if (
    ((core.levels | core.latched) & core.intenable & LEVEL1_INTERRUPTS) !== 0 &&
    currentInterruptLevel(core) < 1
  ) {
    core.waiting = false;
    raise(core, CAUSE.LEVEL1_INTERRUPT);
  }
}
