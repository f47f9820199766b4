/**
 * Finds out whether the core is in a loop that only repeats itself: same registers, same memory, no register access
 * that changed anything. Such a loop goes on until an event from outside, so it need not be executed; its time is a
 * whole number of laps. Nothing here knows particular programs or addresses.
 */
import type { Lx106 } from "../cpu/lx106.ts";

/** Instructions looked at before giving up, and the longest lap that is found at first. */
const STEPS_MAX = 420;
const FIRST_LAP = 60;
/** Special register CCOUNT (ISA Reference Manual): reading it makes a lap differ from the next. */
const RSR_CCOUNT = 0x03ea00;
const RSR_MASK = 0xffff0f;
/** Cycles are a sum of fractions where a program has waited for the SPI bus. */
const EPSILON = 1e-3;

/** What the search sees of the peripherals. */
export interface Surroundings {
  /** Counts register accesses with an effect (ChipTime.touched). */
  touches(): number;
  /** Value of a register that programs change and change back in a loop, so that only the outcome counts. */
  quiet(): number;
  /** False when the slice has to end. */
  mayGoOn(): boolean;
}

/** Everything that decides what the core does next, but memory and most of the peripherals. */
class Snapshot {
  readonly cycles: number;
  readonly #registers: Int32Array;
  readonly #state: readonly number[];
  readonly #quiet: number;

  constructor(cpu: Lx106, around: Surroundings) {
    this.cycles = cpu.cycles;
    this.#registers = cpu.a.slice();
    this.#state = stateOf(cpu);
    this.#quiet = around.quiet();
  }

  equals(cpu: Lx106, around: Surroundings): boolean {
    if (cpu.pc !== this.#state[0]) return false;
    for (let i = 0; i < 16; i++) if (cpu.a[i] !== this.#registers[i]) return false;
    if (around.quiet() !== this.#quiet) return false;
    const state = stateOf(cpu);
    for (let i = 0; i < state.length; i++) if (state[i] !== this.#state[i]) return false;
    return true;
  }
}

function stateOf(cpu: Lx106): number[] {
  return [cpu.pc, cpu.ps, cpu.sar, cpu.intenable, cpu.vecbase, cpu.epc1, cpu.exccause, cpu.latched, cpu.levels];
}

/** A loop that has been proven once; being in it again is cheaper to see. */
export class SteadyLoop {
  /** Cycles once round. */
  lap: number;
  readonly #addresses: ReadonlySet<number>;
  readonly #words: readonly number[];

  constructor(lap: number, addresses: ReadonlySet<number>, words: readonly number[]) {
    this.lap = lap;
    this.#addresses = addresses;
    this.#words = words;
  }

  /** Whether the core is at one of its instructions. */
  isHere(cpu: Lx106): boolean {
    return this.#addresses.has(cpu.pc);
  }

  /** Executes one lap. @returns whether it ended where it began, having changed nothing. */
  goRound(cpu: Lx106, around: Surroundings): boolean {
    const before = new Snapshot(cpu, around);
    const words = this.#words.map((address) => cpu.read32(address));
    const touched = around.touches();
    cpu.run(before.cycles + this.lap - EPSILON);
    if (around.touches() !== touched || Math.abs(cpu.cycles - before.cycles - this.lap) > EPSILON) return false;
    if (!around.mayGoOn() || !before.equals(cpu, around)) return false;
    return this.#words.every((address, i) => cpu.read32(address) === words[i]);
  }
}

/**
 * Executes a few hundred instructions at most.
 * @returns the loop, with the core at some place in it, or undefined if the core does something.
 */
export function findSteadyLoop(cpu: Lx106, around: Surroundings): SteadyLoop | undefined {
  let start = new Snapshot(cpu, around);
  /** Words that have been stored to since, with what they held. */
  let words = new Map<number, number>();
  let addresses = new Set<number>();
  let touched = around.touches();
  let lapMax = FIRST_LAP;
  const restart = (): void => {
    start = new Snapshot(cpu, around);
    words = new Map();
    addresses = new Set();
  };
  for (let step = 0, lap = 0; step < STEPS_MAX; step++, lap++) {
    addresses.add(cpu.pc);
    noteStore(cpu, words);
    cpu.run(cpu.cycles + EPSILON);
    if (!around.mayGoOn() || cpu.waiting) return undefined;
    if (around.touches() !== touched) {
      touched = around.touches();
      restart();
      lap = 0;
    } else if (start.equals(cpu, around) && [...words].every(([address, word]) => cpu.read32(address) === word)) {
      return new SteadyLoop(cpu.cycles - start.cycles, addresses, [...words.keys()]);
    } else if (lap >= lapMax) {
      restart();
      lap = 0;
      lapMax = STEPS_MAX;
    }
  }
  return undefined;
}

/** Remembers the word that the next instruction is going to store to (S8I, S16I, S32I, S32I.N). */
function noteStore(cpu: Lx106, words: Map<number, number>): void {
  const code = cpu.memory.fetch(cpu.pc);
  if (code === undefined) return;
  const base = cpu.a[(code >> 8) & 15]!;
  const format = code & 15;
  let address: number;
  if (format === 9) address = base + ((code >> 12) & 15) * 4;
  else if (format === 2) {
    const kind = (code >> 12) & 15;
    if (kind < 4 || kind > 6) return;
    address = base + (code >>> 16) * (1 << (kind - 4));
  } else {
    if ((code & RSR_MASK) === RSR_CCOUNT) words.set(0, Number.NaN);
    return;
  }
  const word = (address & ~3) >>> 0;
  // Stores to registers count by what they do there.
  const isMemory = (word >= 0x3ffc0000 && word < 0x40300000) || word < 0x3ff00000;
  if (isMemory && !words.has(word)) words.set(word, cpu.read32(word));
}
