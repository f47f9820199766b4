/**
 * The state of the core: registers, interrupt lines, memory, decoded code. What happens to it is in interpreter.ts,
 * rare-operations.ts, special-registers.ts and exceptions.ts; the public face is lx106.ts.
 */
import type { Memory } from "./memory.ts";
import type { PredecodedCode } from "./predecoded-code.ts";

/** The ROM's reset vector on the ESP8266. */
const RESET_VECTOR = 0x40000080;
const ROM_VECBASE = 0x40000000;

/** PS: INTLEVEL in bits 0-3. */
export const PS_INTLEVEL = 0x0f;
/** PS: an exception is being handled. */
export const PS_EXCM = 0x10;
/** PS: user vector mode. */
export const PS_UM = 0x20;

export class Core {
  readonly memory: Memory;
  readonly code: PredecodedCode;
  /** costScale of the chip: multiplies every cycle cost. */
  readonly costScale: number;
  readonly a: Int32Array = new Int32Array(16);
  pc: number = RESET_VECTOR;
  ps = 0;
  sar = 0;
  litbase = 0;
  vecbase: number = ROM_VECBASE;
  epc1 = 0;
  epc2 = 0;
  epc3 = 0;
  eps2 = 0;
  eps3 = 0;
  depc = 0;
  exccause = 0;
  excvaddr = 0;
  debugcause = 0;
  /** EXCSAVE1-3 and the debug unit's registers, by number: they only keep what is written to them. */
  readonly plain: Map<number, number> = new Map();

  cycles = 0;
  /** Cycles at which CCOUNT was 0. */
  ccountOrigin = 0;
  ccompare0 = 0;
  /** Cycles at which CCOUNT next equals CCOMPARE0. */
  timerDue: number = 2 ** 32;

  intenable = 0;
  /** Levels of the lines 0..5 and anyone else who holds one up. */
  levels = 0;
  /** Edges, the timer, software interrupts and NMI, kept until taken or cleared. */
  latched = 0;
  /** Waiting in WAITI. */
  waiting = false;
  /** Between taking an NMI and its RFI, when no second one is taken. */
  inNmi = false;

  /** The interpreter's fast loop has to be left after this instruction. */
  attention = false;
  /** The slice has to end. */
  yielding = false;

  constructor(memory: Memory, code: PredecodedCode, costScale: number) {
    this.memory = memory;
    this.code = code;
    this.costScale = costScale;
    this.reset();
  }

  /** The core after a reset. Memory, hooks and the count of cycles stay as they are. */
  reset(): void {
    this.a.fill(0);
    this.pc = RESET_VECTOR;
    // INTLEVEL 15 and EXCM set (ISA Reference Manual, PS at reset).
    this.ps = PS_INTLEVEL | PS_EXCM;
    this.vecbase = ROM_VECBASE;
    this.sar = 0;
    this.epc1 = this.epc2 = this.epc3 = this.eps2 = this.eps3 = this.depc = 0;
    this.exccause = this.excvaddr = this.debugcause = 0;
    this.plain.clear();
    this.intenable = 0;
    this.latched = 0;
    this.waiting = false;
    this.inNmi = false;
    this.ccountOrigin = this.cycles;
    this.ccompare0 = 0;
    this.timerDue = this.cycles + 2 ** 32;
    this.setLitbase(0);
    this.attention = true;
  }

  setLitbase(value: number): void {
    if (value === this.litbase) return;
    this.litbase = value;
    this.code.invalidateAll();
  }
}
