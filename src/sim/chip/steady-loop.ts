/**
 * Finds out whether the core is in a loop that only repeats itself: same registers, same memory, no register access
 * that changed anything; or with nothing but counters running evenly (see counted-loop.ts). Such a loop goes on until
 * an event from outside, so it need not be executed; its time is a whole number of laps. Nothing here knows particular
 * programs or addresses.
 */
import type { Lx106 } from "../cpu/lx106.ts";
import { equalLaps, type Step } from "./counted-loop.ts";

/** Instructions looked at before giving up, and the longest lap that is found at first. */
const STEPS_MAX = 420;
const FIRST_LAP = 60;
/** Special register CCOUNT (ISA Reference Manual): reading it makes a lap differ from the next. */
const RSR_CCOUNT = 0x03ea00;
const RSR_MASK = 0xffff0f;
/** Cycles are a sum of fractions where a program has waited for the SPI bus. */
const EPSILON = 1e-3;
/** A counting loop that ends sooner is left to itself. */
const COUNTED_LAPS_MIN = 20;

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
  readonly registers: Int32Array;
  readonly #state: readonly number[];
  readonly #quiet: number;

  constructor(cpu: Lx106, around: Surroundings) {
    this.cycles = cpu.cycles;
    this.registers = cpu.a.slice();
    this.#state = stateOf(cpu);
    this.#quiet = around.quiet();
  }

  equals(cpu: Lx106, around: Surroundings): boolean {
    if (!this.samePlace(cpu, around)) return false;
    for (let i = 0; i < 16; i++) if (cpu.a[i] !== this.registers[i]) return false;
    return true;
  }

  /** The same but for a0 to a15. */
  samePlace(cpu: Lx106, around: Surroundings): boolean {
    if (cpu.pc !== this.#state[0] || around.quiet() !== this.#quiet) return false;
    const state = stateOf(cpu);
    for (let i = 0; i < state.length; i++) if (state[i] !== this.#state[i]) return false;
    return true;
  }
}

function stateOf(cpu: Lx106): number[] {
  return [cpu.pc, cpu.ps, cpu.sar, cpu.intenable, cpu.vecbase, cpu.epc1, cpu.exccause, cpu.latched, cpu.levels];
}

/** What a lap adds to registers and words. */
interface Counters {
  readonly registers: Int32Array;
  readonly words: readonly (readonly [address: number, step: number])[];
}

/** A loop that has been proven to go on. */
export class SteadyLoop {
  /** Cycles once round. */
  readonly lap: number;
  /** How many laps are certain. */
  readonly laps: number;
  readonly #addresses: ReadonlySet<number>;
  readonly #words: readonly number[];
  readonly #counters: Counters | undefined;

  constructor(lap: number, addresses: ReadonlySet<number>, words: readonly number[]);
  constructor(lap: number, addresses: ReadonlySet<number>, words: readonly number[], laps: number, counters: Counters);
  constructor(
    lap: number,
    addresses: ReadonlySet<number>,
    words: readonly number[],
    laps: number = Number.POSITIVE_INFINITY,
    counters?: Counters,
  ) {
    this.lap = lap;
    this.laps = laps;
    this.#addresses = addresses;
    this.#words = words;
    this.#counters = counters;
  }

  /** Whether the core is at one of its instructions, and one lap more would prove it again. */
  isHere(cpu: Lx106): boolean {
    return this.#counters === undefined && this.#addresses.has(cpu.pc);
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

  /** The core as it is after so many laps. */
  advance(cpu: Lx106, laps: number): void {
    cpu.cycles += laps * this.lap;
    if (this.#counters === undefined) return;
    const times = laps | 0;
    for (let i = 0; i < 16; i++) cpu.a[i]! += Math.imul(this.#counters.registers[i]!, times);
    for (const [address, step] of this.#counters.words) {
      cpu.write32(address, (cpu.read32(address) + Math.imul(step, times)) | 0);
    }
  }
}

/** A lap being looked at. */
class Lap {
  readonly start: Snapshot;
  readonly steps: Step[] = [];
  readonly addresses: Set<number> = new Set();
  /** Words that have been stored to, with what they held before. */
  readonly words: Map<number, number> = new Map();

  constructor(cpu: Lx106, around: Surroundings) {
    this.start = new Snapshot(cpu, around);
  }

  note(cpu: Lx106): void {
    this.addresses.add(cpu.pc);
    this.steps.push({ pc: cpu.pc, registers: cpu.a.slice() });
    noteStore(cpu, this.words);
  }

  /** The core is where the lap began, and all is as it was. */
  isClosed(cpu: Lx106, around: Surroundings): boolean {
    return this.start.equals(cpu, around) && [...this.words].every(([address, word]) => cpu.read32(address) === word);
  }

  /** What one lap adds, if it added the same as the one before. */
  countersSince(before: Lap, cpu: Lx106): Counters | undefined {
    const [first, second] = [before.start.registers, this.start.registers];
    for (let i = 0; i < 16; i++)
      if (((second[i]! - first[i]!) | 0) !== ((cpu.a[i]! - second[i]!) | 0)) return undefined;
    if (this.words.size !== before.words.size) return undefined;
    const words: [number, number][] = [];
    for (const [address, word] of this.words) {
      const earlier = before.words.get(address);
      const step = (cpu.read32(address) - word) | 0;
      if (earlier === undefined || ((word - earlier) | 0) !== step) return undefined;
      if (step !== 0) words.push([address, step]);
    }
    return { registers: second.map((value, i) => value - first[i]!), words };
  }
}

/**
 * Executes a few hundred instructions at most.
 * @returns the loop, with the core at some place in it, or undefined if the core does something.
 */
export function findSteadyLoop(cpu: Lx106, around: Surroundings): SteadyLoop | undefined {
  let lap = new Lap(cpu, around);
  let before: Lap | undefined;
  let touched = around.touches();
  let lapMax = FIRST_LAP;
  const restart = (): void => {
    lap = new Lap(cpu, around);
    before = undefined;
  };
  for (let step = 0; step < STEPS_MAX; step++) {
    lap.note(cpu);
    cpu.run(cpu.cycles + EPSILON);
    if (!around.mayGoOn() || cpu.waiting) return undefined;
    if (around.touches() !== touched) {
      touched = around.touches();
      restart();
    } else if (lap.isClosed(cpu, around)) {
      return new SteadyLoop(cpu.cycles - lap.start.cycles, lap.addresses, [...lap.words.keys()]);
    } else if (lap.start.samePlace(cpu, around)) {
      const counted = before === undefined ? undefined : countedLoop(cpu, before, lap);
      if (counted !== undefined) return counted;
      before = lap;
      lap = new Lap(cpu, around);
    } else if (lap.steps.length >= lapMax) {
      restart();
      lapMax = STEPS_MAX;
    }
  }
  return undefined;
}

function countedLoop(cpu: Lx106, before: Lap, lap: Lap): SteadyLoop | undefined {
  const cycles = cpu.cycles - lap.start.cycles;
  const cyclesBefore = lap.start.cycles - before.start.cycles;
  if (before.steps.length !== lap.steps.length || Math.abs(cycles - cyclesBefore) > EPSILON) return undefined;
  const counters = lap.countersSince(before, cpu);
  if (counters === undefined) return undefined;
  const laps = equalLaps(cpu, before.steps, lap.steps);
  if (laps === undefined || laps < COUNTED_LAPS_MIN) return undefined;
  return new SteadyLoop(cycles, lap.addresses, [...lap.words.keys()], laps, counters);
}

/** Remembers the word that the next instruction is going to store to (S8I, S16I, S32I, S32I.N). */
function noteStore(cpu: Lx106, words: Map<number, number>): void {
  const code = cpu.memory.fetch(cpu.pc);
  if (code === undefined) return;
  const base = cpu.a[(code >> 8) & 0xf]!;
  const format = code & 0xf;
  let address: number;
  if (format === 9) address = base + ((code >> 12) & 0xf) * 4;
  else if (format === 2) {
    const kind = (code >> 12) & 0xf;
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
