/**
 * Interrupts, delays and resets of the ROM's small kernel (names and addresses: eagle.rom.addr.v6.ld). Level-1
 * interrupts come in through the vectors at the ROM's start and are handed to the functions that programs attach.
 */
import { ROM_DATA } from "./rom-data.ts";
import type { RomMachine } from "./rom-machine.ts";

const ADDRESS = {
  kernelVector: 0x40000030,
  userVector: 0x40000050,
  etsIsrAttach: 0x40000f88,
  etsIsrMask: 0x40000f98,
  etsIsrUnmask: 0x40000fa8,
  etsSetUserStart: 0x40000fbc,
  softwareReset: 0x4000264c,
  etsDelayUs: 0x40002ecc,
} as const;
/** Where a handler returns to: an address in the ROM that nothing else uses. */
const HANDLER_RETURN = 0x4000ffd0;

const CAUSE_INTERRUPT = 4;
const PS_EXCM = 0x10;
/** Handlers run in user mode with level-1 interrupts masked. */
const PS_IN_HANDLER = 0x21;
const FRAME_BYTES = 0x100;
/** Saving, finding the handler, restoring: cycles of the real dispatcher, about. */
const ENTRY_CYCLES = 60;
const EXIT_CYCLES = 45;
const CALL_CYCLES = 15;

interface Saved {
  readonly registers: Int32Array;
  readonly sar: number;
  readonly epc1: number;
  readonly ps: number;
}

/** @returns forgets attached handlers and interrupted programs: the chip was reset. */
export function installSystemFunctions(machine: RomMachine): () => void {
  const { runner } = machine;
  const handlers: ({ readonly entry: number; readonly argument: number } | undefined)[] = [];
  const saved: Saved[] = [];

  runner.hook(ADDRESS.etsIsrAttach, (cpu) => {
    handlers[cpu.a[2]!] = { entry: cpu.a[3]!, argument: cpu.a[4]! };
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  runner.hook(ADDRESS.etsIsrMask, (cpu) => {
    cpu.intenable &= ~cpu.a[2]!;
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  runner.hook(ADDRESS.etsIsrUnmask, (cpu) => {
    cpu.intenable |= cpu.a[2]!;
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  runner.hook(ADDRESS.etsSetUserStart, (cpu) => {
    cpu.write32(ROM_DATA.userStart, cpu.a[2]!);
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  runner.hook(ADDRESS.softwareReset, () => machine.softwareReset());
  runner.hook(ADDRESS.etsDelayUs, (cpu) => {
    cpu.cycles += runner.cyclesFor(cpu.a[2]! >>> 0);
    cpu.pc = cpu.a[0]!;
  });

  /** The lowest pending line with a handler is served; the frame is as deep as the ROM's own. */
  const dispatch = (): void => {
    const { cpu } = machine;
    const pending = cpu.pendingInterrupts;
    for (let line = 0; line < 15; line++) {
      const handler = handlers[line];
      if ((pending & (1 << line)) === 0) continue;
      cpu.clearLatchedInterrupts(1 << line);
      if (handler === undefined) {
        cpu.intenable &= ~(1 << line);
        continue;
      }
      cpu.ps = PS_IN_HANDLER;
      cpu.a[0] = HANDLER_RETURN;
      cpu.a[2] = handler.argument;
      cpu.pc = handler.entry;
      return;
    }
    restore();
  };
  const restore = (): void => {
    const { cpu } = machine;
    const frame = saved.pop();
    if (frame === undefined) return;
    cpu.a.set(frame.registers);
    cpu.sar = frame.sar;
    cpu.pc = frame.epc1;
    cpu.ps = frame.ps & ~PS_EXCM;
    cpu.cycles += EXIT_CYCLES;
  };
  const enter = (): void => {
    const { cpu } = machine;
    if (cpu.exccause !== CAUSE_INTERRUPT) {
      machine.fatalException();
      return;
    }
    saved.push({ registers: cpu.a.slice(), sar: cpu.sar, epc1: cpu.epc1, ps: cpu.ps });
    cpu.a[1] = (cpu.a[1]! - FRAME_BYTES) & ~15;
    cpu.cycles += ENTRY_CYCLES;
    dispatch();
  };
  runner.hook(ADDRESS.userVector, enter);
  runner.hook(ADDRESS.kernelVector, enter);
  runner.hook(HANDLER_RETURN, dispatch);
  return () => {
    handlers.length = 0;
    saved.length = 0;
  };
}
