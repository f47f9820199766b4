/**
 * Finds out whether the core is in a loop that only repeats itself: same registers, same memory, no register access
 * that changed anything. Such a loop goes on until an event from outside, so it need not be executed; its time is a
 * whole number of laps. Nothing here knows particular programs or addresses.
 */
import type { Lx106 } from "../cpu/lx106.ts";

/** Instructions looked at before giving up, and the longest lap that is found. */
const STEPS_MAX = 420;
const FIRST_LAP = 60;
/** Special register CCOUNT (ISA Reference Manual): reading it makes a lap differ from the next. */
const RSR_CCOUNT = 0x03ea00;
const RSR_MASK = 0xffff0f;

interface Snapshot {
  readonly registers: Int32Array;
  readonly state: readonly number[];
  readonly cycles: number;
  /** Words that have been stored to since, with what they held. */
  readonly words: Map<number, number>;
}

/**
 * Executes a few hundred instructions at most.
 * @param touches counts register accesses with an effect (ChipTime.touched).
 * @param mayGoOn false when the slice has to end.
 * @returns the length of a lap in cycles with the core at its beginning, or undefined if it does something.
 */
export function findSteadyLoop(cpu: Lx106, touches: () => number, mayGoOn: () => boolean): number | undefined {
  let snapshot = take(cpu);
  let seen = touches();
  let lap = 0;
  let lapMax = FIRST_LAP;
  for (let step = 0; step < STEPS_MAX; step++) {
    noteStore(cpu, snapshot);
    cpu.run(cpu.cycles + 0.01);
    if (!mayGoOn()) return undefined;
    if (cpu.waiting) return undefined;
    if (touches() !== seen) {
      seen = touches();
      snapshot = take(cpu);
      lap = 0;
      continue;
    }
    lap++;
    if (cpu.pc === snapshot.state[0] && same(cpu, snapshot)) return cpu.cycles - snapshot.cycles;
    if (lap >= lapMax) {
      snapshot = take(cpu);
      lap = 0;
      lapMax = STEPS_MAX;
    }
  }
  return undefined;
}

function stateOf(cpu: Lx106): number[] {
  return [cpu.pc, cpu.ps, cpu.sar, cpu.intenable, cpu.vecbase, cpu.epc1, cpu.exccause, cpu.latched, cpu.levels];
}

function take(cpu: Lx106): Snapshot {
  return { registers: cpu.a.slice(), state: stateOf(cpu), cycles: cpu.cycles, words: new Map() };
}

function same(cpu: Lx106, snapshot: Snapshot): boolean {
  for (let i = 0; i < 16; i++) if (cpu.a[i] !== snapshot.registers[i]) return false;
  const state = stateOf(cpu);
  for (let i = 0; i < state.length; i++) if (state[i] !== snapshot.state[i]) return false;
  for (const [address, word] of snapshot.words) if (cpu.read32(address) !== word) return false;
  return true;
}

/** Remembers the word that the next instruction is going to store to (S8I, S16I, S32I, S32I.N). */
function noteStore(cpu: Lx106, snapshot: Snapshot): void {
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
    if ((code & RSR_MASK) === RSR_CCOUNT) snapshot.words.set(0, Number.NaN);
    return;
  }
  const word = (address & ~3) >>> 0;
  // Stores to registers count by what they do there.
  const isMemory = (word >= 0x3ff80000 && word < 0x40300000) || word < 0x3ff00000;
  if (isMemory && !snapshot.words.has(word)) snapshot.words.set(word, cpu.read32(word));
}
