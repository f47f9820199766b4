/**
 * Runs the core on the world's clock. The core gets slices that end at the world's next event (that of another plug may
 * be overrun a little, see SimClock.horizon: of two cores that wait for each other none would ever run); within a slice it runs
 * ahead of the clock, and what it causes outside becomes an event at the exact time, which cuts the slice. A core that
 * waits (in a loop that only repeats itself, in WAITI, or in a ROM function) is left alone until something happens and
 * then advanced by whole laps: minutes of waiting cost nothing and end in the same cycle as if executed.
 */
import type { RomHook } from "../cpu/contract.ts";
import type { Lx106 } from "../cpu/lx106.ts";
import type { SimClock } from "../world/clock.ts";
import type { ChipTime } from "./chip-time.ts";
import { findSteadyLoop, type SteadyLoop, type Surroundings } from "./steady-loop.ts";

/** µs. The world gets a look at least this often, even if it has nothing planned. */
const LONGEST_SLICE = 200;
/** A wait shorter than this many cycles is executed; finding out whether it is one would cost more. */
const WORTH_PROBING = 1_500;
/** After an event the core usually has something to do first. Cycles. */
const SETTLING = 400;
const PROBE_PAUSE_MIN = 2_000;
const PROBE_PAUSE_MAX = 400_000;
/** ROM functions that take longer than this many cycles can be interrupted in between, as the real ones. */
const LONG_FUNCTION = 300;
/** Where the core is while such a function takes its time: an address in the ROM that nothing uses. */
const BUSY_ADDRESS = 0x4000ffc0;
/** µs, far below a cycle. */
const ROUNDING = 1e-4;
const CORE_TIMER = 1 << 6;

export class CoreRunner implements ChipTime {
  /** Virtual µs that were skipped instead of executed, for benchmarks. */
  skippedUs = 0;

  readonly #clock: SimClock;
  readonly #surroundings: Surroundings;
  #cpu: Lx106 | undefined;
  #usPerCycle = 1 / 52;
  #anchorCycles = 0;
  #anchorTime = 0;
  #running = false;
  #inSlice = false;
  #limitTime = 0;
  #touches = 0;
  #pendingReset: (() => void) | undefined;
  /** The core waits; lap length in cycles. */
  #lap: number | undefined;
  /** The loop it waited in last. */
  #known: SteadyLoop | undefined;
  /** The loop it waits in, if its laps have to be advanced and not only their time. */
  #loop: SteadyLoop | undefined;
  #nextProbe = 0;
  #probePause = PROBE_PAUSE_MIN;
  #cancelSlice: (() => void) | undefined;
  #cancelTimer: (() => void) | undefined;
  /** Long ROM functions under way, the innermost last. */
  #busy: { readonly resume: number; left: number }[] = [];

  /** @param quiet see Surroundings. */
  constructor(clock: SimClock, quiet: () => number) {
    this.#clock = clock;
    this.#surroundings = {
      touches: () => this.#touches,
      quiet,
      mayGoOn: () =>
        this.cpu.cycles < this.#cyclesAt(this.#limitTime) &&
        this.#lap === undefined &&
        this.#pendingReset === undefined &&
        this.#running,
    };
  }

  /** The core cannot be made before the bus, nor the bus before time. */
  attach(cpu: Lx106): void {
    this.#cpu = cpu;
    cpu.hook(BUSY_ADDRESS, () => this.#stayBusy());
  }

  get cpu(): Lx106 {
    return this.#cpu!;
  }

  get now(): number {
    return this.#inSlice ? this.#timeAt(this.cpu.cycles) : this.#clock.now;
  }

  get isRunning(): boolean {
    return this.#running;
  }

  at(time: number, action: () => void): () => void {
    const cancel = this.#clock.at(time, () => {
      this.#catchUp();
      action();
      this.wake();
      this.#goOnAtOnce();
    });
    if (this.#inSlice && time < this.#limitTime) this.cpu.yieldSoon();
    return cancel;
  }

  /** Something outside is about to change: the core is brought up to the clock's present first. */
  beforeInput(): void {
    this.#catchUp();
  }

  wake(): void {
    this.#lap = undefined;
    this.#loop = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (!this.#running || this.#inSlice || this.#cancelSlice !== undefined) return;
    this.#nextProbe = Math.max(this.#nextProbe, this.cpu.cycles + SETTLING);
    this.#schedule();
  }

  touched(): void {
    this.#touches++;
  }

  /** The core starts (after a reset) at the clock's present. */
  start(): void {
    this.#anchor(this.#usPerCycle);
    this.#running = true;
    this.#nextProbe = 0;
    this.wake();
  }

  /** Power or reset took the core: nothing that was under way happens any more. */
  stop(): void {
    this.#running = false;
    this.#pendingReset = undefined;
    this.#lap = undefined;
    this.#busy = [];
    this.#cancelSlice?.();
    this.#cancelTimer?.();
    this.#cancelSlice = this.#cancelTimer = undefined;
  }

  /** A reset that the chip causes itself: at once, or after the instruction that asks for it. */
  requestReset(reset: () => void): void {
    if (!this.#inSlice) {
      reset();
      return;
    }
    this.#pendingReset = reset;
    this.cpu.yieldSoon();
  }

  setCpuClock(hz: number): void {
    this.#anchor(1e6 / hz);
  }

  /**
   * From within a hook: time passes in which interrupts may be served.
   * @returns how many of these cycles are left when the slice ends first.
   */
  pass(cycles: number): number {
    const room = Math.max(1, Math.ceil(this.#cyclesAt(this.#limitTime) - this.cpu.cycles));
    const passed = Math.min(cycles, room);
    this.cpu.cycles += passed;
    return cycles - passed;
  }

  /** Lets the core's present pass by this much, µs. */
  charge(us: number): void {
    this.cpu.cycles += us / this.#usPerCycle;
  }

  /** µs in core cycles. */
  cyclesFor(us: number): number {
    return us / this.#usPerCycle;
  }

  /**
   * From within a hook: the function polls and finds nothing; it will do so every `lap` cycles, at this same address,
   * until something happens.
   */
  waitHere(lap: number): void {
    this.cpu.cycles += lap;
    this.#lap = lap;
    this.cpu.yieldSoon();
  }

  /**
   * A ROM function in place of the code at an address. What it adds to `cycles` may be interrupted.
   * @param harmless it changes nothing but registers and memory, as far as a waiting loop is concerned.
   */
  hook(address: number, hook: RomHook, harmless?: "harmless"): void {
    this.cpu.hook(address, (port) => {
      const before = port.cycles;
      const returnAddress = port.a[0];
      hook(port);
      if (harmless === undefined) this.#touches++;
      const cost = port.cycles - before;
      if (cost > LONG_FUNCTION && this.#lap === undefined && port.pc === returnAddress) {
        port.cycles = before;
        this.#busy.push({ resume: port.pc, left: cost });
        port.pc = BUSY_ADDRESS;
      }
    });
  }

  #stayBusy(): void {
    this.#touches++;
    const top = this.#busy.at(-1);
    if (top === undefined) return;
    top.left = this.pass(top.left);
    if (top.left > 0) return;
    this.#busy.pop();
    this.cpu.pc = top.resume;
  }

  #anchor(usPerCycle: number): void {
    const time = this.now;
    this.#anchorTime = time;
    this.#anchorCycles = this.cpu.cycles;
    this.#usPerCycle = usPerCycle;
  }

  #timeAt(cycles: number): number {
    return this.#anchorTime + (cycles - this.#anchorCycles) * this.#usPerCycle;
  }

  #cyclesAt(time: number): number {
    return this.#anchorCycles + (time - this.#anchorTime) / this.#usPerCycle;
  }

  #schedule(): void {
    let at = Math.max(this.#clock.now, this.#timeAt(this.cpu.cycles));
    // Cycles and µs convert with rounding: a slice that would end before its first instruction begins after the event.
    const next = this.#clock.horizon;
    if (next > at && next - at < ROUNDING) at = next;
    this.#cancelSlice = this.#clock.at(at, () => {
      this.#cancelSlice = undefined;
      this.#slice(this.#clock.now + LONGEST_SLICE);
    });
  }

  /** At the end of an event of its own, a slice that would come next anyway is run without going through the clock. */
  #goOnAtOnce(): void {
    const now = this.#clock.now;
    if (this.#cancelSlice === undefined || this.#timeAt(this.cpu.cycles) > now + ROUNDING) return;
    this.#cancelSlice();
    this.#cancelSlice = undefined;
    if (this.#clock.horizon <= now + ROUNDING) this.#schedule();
    else this.#slice(now + LONGEST_SLICE);
  }

  #slice(end: number): void {
    this.#runUntil(end);
    if (!this.#running) return;
    if (this.#lap === undefined) {
      if (this.#cancelSlice === undefined) this.#schedule();
    } else this.#watchCoreTimer();
  }

  /** Runs to the world's next event or `end` (µs), whichever is first; ends early if the core waits. */
  #runUntil(end: number): void {
    const cpu = this.cpu;
    this.#inSlice = true;
    try {
      while (this.#running) {
        this.#limitTime = Math.min(this.#clock.horizon, end);
        const limit = this.#cyclesAt(this.#limitTime);
        if (cpu.cycles >= limit) break;
        if (cpu.waiting && cpu.pendingInterrupts === 0) {
          this.#lap = 1;
          break;
        }
        if (this.#isWorthProbing(limit)) this.#probe();
        else cpu.run(cpu.cycles < this.#nextProbe ? Math.min(limit, this.#nextProbe) : limit);
        const reset = this.#pendingReset;
        if (reset !== undefined) {
          this.#pendingReset = undefined;
          this.#inSlice = false;
          reset();
          this.#inSlice = true;
        }
        if (this.#lap !== undefined) break;
      }
    } finally {
      this.#inSlice = false;
    }
  }

  /** Laps are looked for only where they fit in before the limit: the core must not run past it. */
  #isWorthProbing(limit: number): boolean {
    const room = limit - this.cpu.cycles;
    if (this.cpu.cycles < this.#nextProbe || room < WORTH_PROBING) return false;
    return this.#known === undefined || this.#known.lap < room || !this.#known.isHere(this.cpu);
  }

  #probe(): void {
    const cpu = this.cpu;
    const known = this.#known;
    if (known?.isHere(cpu) === true) {
      if (known.goRound(cpu, this.#surroundings)) {
        this.#lap = known.lap;
        this.#probePause = PROBE_PAUSE_MIN;
        return;
      }
      this.#nextProbe = cpu.cycles + SETTLING;
      return;
    }
    const found = findSteadyLoop(cpu, this.#surroundings);
    if (found !== undefined) {
      this.#known = found;
      this.#lap = found.lap;
      this.#loop = found;
      this.#probePause = PROBE_PAUSE_MIN;
      return;
    }
    this.#nextProbe = cpu.cycles + this.#probePause;
    this.#probePause = Math.min(PROBE_PAUSE_MAX, this.#probePause * 2);
  }

  /** A waiting core is brought to the clock's present: whole laps at once, the started one by execution. */
  #catchUp(): void {
    if (!this.#running || this.#lap === undefined || this.#inSlice) return;
    const cpu = this.cpu;
    const target = this.#cyclesAt(this.#clock.now);
    const lap = this.#lap;
    const laps = Math.min(Math.floor((target - cpu.cycles) / lap), this.#loop?.laps ?? Number.POSITIVE_INFINITY);
    if (laps > 0) {
      if (this.#loop === undefined) cpu.cycles += laps * lap;
      else this.#loop.advance(cpu, laps);
      this.skippedUs += laps * lap * this.#usPerCycle;
    }
    this.#lap = undefined;
    this.#loop = undefined;
    if (cpu.waiting) {
      cpu.cycles = Math.max(cpu.cycles, target);
      this.#lap = lap;
    } else if (cpu.cycles < target) this.#runUntil(this.#clock.now);
  }

  /** CCOMPARE lives in the core, and so does the end of a counting loop: a waiting core has to be woken for them. */
  #watchCoreTimer(): void {
    const cpu = this.cpu;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const timer = (cpu.intenable & CORE_TIMER) === 0 ? Number.POSITIVE_INFINITY : cpu.timerDue;
    const end = this.#loop === undefined ? Number.POSITIVE_INFINITY : cpu.cycles + this.#loop.laps * this.#loop.lap;
    const due = this.#timeAt(Math.min(timer, end));
    if (due === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#clock.at(due, () => {
      this.#cancelTimer = undefined;
      this.#catchUp();
      this.wake();
    });
  }
}
