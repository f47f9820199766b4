/**
 * The ROM's scheduler: tasks with a priority and a queue of events each, run one at a time in the order of their
 * priorities, the core asleep while nothing is posted. Names and addresses: eagle.rom.addr.v6.ld; what they do: Non-OS
 * SDK API reference, system_os_task and system_os_post; the idle callback: pvvx/esp8266web, app/ld_lib/bios/rtc_dtm.c
 * (ets_enter_sleep).
 */
import { type RomMachine, type RomRoutine, type RomRoutines, WAIT } from "./rom-machine.ts";

const ADDRESS = {
  setIdleCallback: 0x40000dc0,
  task: 0x40000dd0,
  run: 0x40000e04,
  post: 0x40000e24,
} as const;
const CALL_CYCLES = 20;
const POST_CYCLES = 40;
/** ets_post's answer when the queue is full. */
const FULL = 1;
/** An event is two words: signal and parameter (ETSEvent in ets_sys.h). */
const EVENT_BYTES = 8;
const BYTE = 0xff;
const PS_INTLEVEL = 0x0f;
/** What ets_intr_lock sets. */
const LOCKED_LEVEL = 3;
/** Where ets_run keeps the event that a task is given, and its own registers. */
const STACK_FRAME = 48;
const EVENT_AT = 16;

interface Task {
  readonly run: number;
  /** The program's own memory for events, a ring. */
  readonly queue: number;
  readonly length: number;
  first: number;
  count: number;
}

export class TaskFunctions {
  readonly #machine: RomMachine;
  readonly #tasks: Map<number, Task> = new Map();
  #idle: { readonly run: number; readonly argument: number } | undefined;

  constructor(machine: RomMachine, routines: RomRoutines) {
    this.#machine = machine;
    const { runner } = machine;
    const install = (address: number, cycles: number, work: (a: Int32Array) => number | undefined): void =>
      runner.hook(address, (cpu) => {
        const result = work(cpu.a);
        if (result !== undefined) cpu.a[2] = result;
        cpu.cycles += cycles;
        cpu.pc = cpu.a[0]!;
      });
    install(ADDRESS.setIdleCallback, CALL_CYCLES, (a) => {
      this.#idle = a[2] === 0 ? undefined : { run: a[2]!, argument: a[3]! };
      return undefined;
    });
    install(ADDRESS.task, CALL_CYCLES, (a) => {
      this.#tasks.set(a[3]! & BYTE, { run: a[2]!, queue: a[4]!, length: a[5]! & BYTE, first: 0, count: 0 });
      return undefined;
    });
    install(ADDRESS.post, POST_CYCLES, (a) => this.#post(a[2]! & BYTE, a[3]!, a[4]!));
    routines.install(ADDRESS.run, () => this.#run());
  }

  /** main() runs again: the ROM's variables are new. */
  reset(): void {
    this.#tasks.clear();
    this.#idle = undefined;
  }

  #post(priority: number, signal: number, parameter: number): number {
    const { cpu } = this.#machine;
    const task = this.#tasks.get(priority);
    if (task === undefined || task.count >= task.length) return FULL;
    const at = task.queue + ((task.first + task.count) % task.length) * EVENT_BYTES;
    cpu.write32(at, signal);
    cpu.write32(at + 4, parameter);
    task.count++;
    return 0;
  }

  /** Never returns. */
  *#run(): RomRoutine {
    const { cpu } = this.#machine;
    cpu.a[1] = cpu.a[1]! - STACK_FRAME;
    const stack = cpu.a[1]!;
    for (;;) {
      this.#setInterruptLevel(0);
      const task = this.#next();
      if (task !== undefined) {
        const at = task.queue + task.first * EVENT_BYTES;
        cpu.write32(stack + EVENT_AT, cpu.read32(at));
        cpu.write32(stack + EVENT_AT + 4, cpu.read32(at + 4));
        task.first = (task.first + 1) % task.length;
        task.count--;
        yield POST_CYCLES;
        cpu.a[2] = stack + EVENT_AT;
        yield { call: task.run };
        continue;
      }
      // Called with interrupts locked; it may post, and what it posted runs unlocked.
      if (this.#idle !== undefined) {
        this.#setInterruptLevel(LOCKED_LEVEL);
        cpu.a[2] = this.#idle.argument;
        yield { call: this.#idle.run };
        this.#setInterruptLevel(0);
      }
      if (this.#next() === undefined) yield WAIT;
    }
  }

  #next(): Task | undefined {
    let best = -1;
    for (const [priority, { count }] of this.#tasks) if (count > 0 && priority > best) best = priority;
    return this.#tasks.get(best);
  }

  #setInterruptLevel(level: number): void {
    const { cpu } = this.#machine;
    cpu.ps = (cpu.ps & ~PS_INTLEVEL) | level;
  }
}
