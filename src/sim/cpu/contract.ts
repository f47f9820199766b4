/**
 * What the LX106 core needs from the chip around it, and what it offers. The core knows nothing of peripherals.
 */

/** Memory-mapped registers: everything that is not RAM, ROM or cached flash. Addresses are word-aligned. */
export interface Mmio {
  read32(address: number): number;
  write32(address: number, value: number): void;
}

/** A ROM function done in TypeScript: called when the program counter reaches its address. It must set `cpu.pc`. */
export type RomHook = (cpu: CpuPort) => void;

/** What hooks, peripherals and the board may do with the core. */
export interface CpuPort {
  /** a0..a15. */
  readonly a: Int32Array;
  pc: number;
  ps: number;
  sar: number;
  vecbase: number;
  intenable: number;
  epc1: number;
  exccause: number;
  excvaddr: number;
  /** Cycles executed since power-up; hooks add what the real function would have taken. */
  cycles: number;
  /** Special register CCOUNT: cycles since the reset or since the program wrote it, low 32 bits. */
  readonly ccount: number;
  /**
   * Lets time pass up to `until` (in cycles), but not beyond the end of the slice. Returns whether it got there: if not,
   * a hook leaves `pc` where it is and is called again in the next slice, after interrupts have had their turn.
   */
  passTime(until: number): boolean;
  /** Raises an exception at `pc`, as a load or store there would. The hook returns at once. */
  raise(cause: number, address: number): void;
  /** Ends the current slice after this instruction (something outside needs to run). */
  yieldSoon(): void;
  /** Level of an interrupt line 0..14. */
  setInterruptLevel(line: number, asserted: boolean): void;
  /** Latches an edge-triggered interrupt. */
  latchInterrupt(line: number): void;
  /** Pending interrupts (level and latched), unmasked by INTENABLE. */
  readonly pendingInterrupts: number;
  clearLatchedInterrupts(mask: number): void;
  /** Memory as the core's load and store instructions see it, without alignment or width faults. */
  read8(address: number): number;
  read32(address: number): number;
  write8(address: number, value: number): void;
  write32(address: number, value: number): void;
  /** Block access for hooks (memcpy, SPIRead, MD5…). Only RAM, ROM and cached flash; throws elsewhere. */
  readBlock(address: number, length: number): Uint8Array;
  writeBlock(address: number, bytes: Uint8Array): void;
}
