/**
 * What the emulated ROM needs of the chip, and how its functions are written: short ones as hooks, long ones as
 * routines, generators that say how long each step takes and where they wait. Interrupts are served between steps, as
 * in the real functions.
 */
import type { ResetCause } from "../board/firmware.ts";
import type { CoreRunner } from "../chip/core-runner.ts";
import type { FlashBus } from "../chip/flash-bus.ts";
import type { SpiFlashController } from "../chip/spi-flash-controller.ts";
import type { Uart } from "../chip/uart.ts";
import type { Lx106 } from "../cpu/lx106.ts";

export interface RomMachine {
  readonly cpu: Lx106;
  readonly runner: CoreRunner;
  readonly uart0: Uart;
  readonly spi: SpiFlashController;
  readonly flash: FlashBus;
  /** GPIO_IN[31:16] as latched. */
  straps(): number;
  resetCause(): ResetCause;
  /** Bit 31 of RTC_CTL. */
  softwareReset(): void;
  /** The radio was tuned to this channel of the 2.4 GHz band. */
  tuned(channel: number): void;
  /** The program needs something that the emulation does not have. */
  notEmulated(what: string): void;
  /** Whether a firmware model knows the image in the flash. */
  isModelForImage(): boolean;
  /** It takes over at once. */
  bootModel(): void;
}

/** Nothing to do until something outside happens; the function polls meanwhile. */
export const WAIT = "wait";

/**
 * Cycles that pass; a wait; a wait that looks again only every so many cycles; a call into the program, after which
 * the routine goes on when the callee returns; or an exception of the core, for a load or store that it refuses.
 */
export type RomStep =
  | number
  | typeof WAIT
  | { readonly poll: number }
  | { readonly call: number }
  | { readonly raise: number; readonly address: number };

export type RomRoutine = Generator<RomStep, number | undefined, void>;

/** Cycles between two looks of a polling loop in the ROM. */
const POLL_CYCLES = 20;
/** Where the core is while a routine goes on; addresses in the ROM that nothing else uses. */
const ROUTINE_ADDRESS = 0x4000ffc8;
/** Where the callee of a routine returns to. main() calls the uploaded program from here (seen in a0 at its entry). */
const RETURN_ADDRESS = 0x40001100;

interface Frame {
  readonly routine: RomRoutine;
  readonly returnTo: number;
}

export class RomRoutines {
  readonly #machine: RomMachine;
  #frames: Frame[] = [];

  constructor(machine: RomMachine) {
    this.#machine = machine;
    machine.runner.hook(ROUTINE_ADDRESS, () => this.#step(), "harmless");
    machine.runner.hook(RETURN_ADDRESS, () => this.#step());
  }

  /** Routines under way are forgotten: the chip was reset. */
  reset(): void {
    this.#frames = [];
  }

  /** main() was entered again by a jump to the reset vector: what called it is gone. */
  keepOnlyInnermost(): void {
    this.#frames = this.#frames.slice(-1);
  }

  /** Puts a routine in the place of the code at an address. Its result goes to a2, unless undefined. */
  install(address: number, start: (a: Int32Array) => RomRoutine): void {
    this.#machine.runner.hook(address, (cpu) => {
      this.#frames.push({ routine: start(cpu.a), returnTo: cpu.a[0]! });
      cpu.pc = ROUTINE_ADDRESS;
    });
  }

  #step(): void {
    const { cpu, runner } = this.#machine;
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    const { value, done } = frame.routine.next();
    if (done) {
      this.#frames.pop();
      if (value !== undefined) cpu.a[2] = value;
      cpu.pc = frame.returnTo;
      runner.touched();
      return;
    }
    cpu.pc = ROUTINE_ADDRESS;
    if (value === WAIT) {
      runner.waitHere(POLL_CYCLES);
      return;
    }
    runner.touched();
    if (typeof value === "number") cpu.cycles += value;
    else if ("poll" in value) runner.waitHere(value.poll);
    else if ("raise" in value) cpu.raise(value.raise, value.address);
    else {
      cpu.a[0] = RETURN_ADDRESS;
      cpu.pc = value.call;
    }
  }
}
