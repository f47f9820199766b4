/**
 * Exceptions and interrupts as the ROM's run-time (Xtensa XTOS) dispatches them, through tables in the RAM that ROM
 * and SDK share: exception handlers at 0x3fffc000, C handlers at 0x3fffc100, interrupt state at 0x3fffc200 (enabled
 * mask, virtual priority mask), interrupt handlers with their arguments from 0x3fffc208, number 14 first.
 *
 * A handler runs at interrupt level 0 with all interrupts of level 1 masked by the virtual priority, so that one that
 * unlocks interrupts does not meet itself. Handlers called are guest code; they return to the addresses below.
 */
import type { CpuPort } from "../../cpu/contract.ts";
import {
  FRAME_CAUSE,
  FRAME_PRIORITY,
  leaveUnsaved,
  openFrame,
  restoreContext,
  returnFromFrame,
  saveContext,
} from "./exception-frame.ts";
import { type RomFunction, romFunction } from "./rom-function.ts";

const EXCEPTION_TABLE = 0x3fffc000;
const C_HANDLER_TABLE = 0x3fffc100;
const ENABLED = 0x3fffc200;
const PRIORITY = 0x3fffc204;
const HANDLER_TABLE = 0x3fffc208;
/** Where ets_intr_lock keeps the PS it found. */
const LOCKED_PS = 0x3fffdcc0;
const EXCEPTIONS = 64;
const INTERRUPTS = 15;

// Code addresses: eagle.rom.addr.v6.ld, and two return addresses inside the functions.
const L1INT_HANDLER = 0x4000048c;
const L1INT_RETURN = 0x4000050c;
const CAUSE3_HANDLER = 0x40000590;
const C_WRAPPER_HANDLER = 0x40000598;
const C_WRAPPER_RETURN = 0x400005e1;
const SYSCALL_HANDLER = 0x4000dbe4;
const ALLOCA_HANDLER = 0x4000dbe0;
const NO_HANDLER = 0x4000dbf8;
const UNHANDLED_INTERRUPT = 0x4000dc3c;
const UNHANDLED_EXCEPTION = 0x4000dc44;
const RETURN_FROM_EXCEPTION = 0x4000dc54;
const DEBUG_VECTOR = 0x40000010;
const KERNEL_VECTOR = 0x40000030;
const USER_VECTOR = 0x40000050;
const DOUBLE_VECTOR = 0x40000070;

const PS_INTLEVEL = 0x0f;
const PS_UM = 0x20;
/** SYSCALL is three bytes long and is not executed again. */
const SYSCALL_BYTES = 3;
const ALL: number = -1;

const handlerEntry = (interrupt: number): number => HANDLER_TABLE + 8 * (INTERRUPTS - 1 - interrupt);

/** Sets who is enabled and at which virtual priority. */
function setEnabled(cpu: CpuPort, enabled: number, priority: number): void {
  cpu.write32(ENABLED, enabled);
  cpu.write32(PRIORITY, priority);
  cpu.intenable = enabled & priority;
}

/** What an exception vector of the ROM does: to the handler for its cause, which finds the cause in a2. */
function userVector(cpu: CpuPort): void {
  openFrame(cpu);
  cpu.cycles += 12;
  cpu.a[2] = cpu.exccause;
  cpu.a[3] = cpu.read32(EXCEPTION_TABLE + 4 * cpu.exccause);
  cpu.pc = cpu.a[3]!;
}

function l1int(cpu: CpuPort): void {
  saveContext(cpu);
  cpu.cycles += 50;
  cpu.write32(cpu.a[1]! + FRAME_PRIORITY, cpu.read32(PRIORITY));
  cpu.write32(cpu.a[1]! + FRAME_CAUSE, 0);
  dispatch(cpu);
}

/** After a handler: the next one, or back to the interrupted code. */
function l1intReturn(cpu: CpuPort): void {
  cpu.cycles += 15;
  setEnabled(cpu, cpu.read32(ENABLED), cpu.read32(cpu.a[1]! + FRAME_PRIORITY));
  dispatch(cpu);
}

/** Calls the handler of the highest interrupt pending; those served in this exception come after those that were not. */
function dispatch(cpu: CpuPort): void {
  const frame = cpu.a[1]!;
  let pending = cpu.pendingInterrupts & 0x7fff;
  if (pending === 0) {
    cpu.cycles += 35;
    restoreContext(cpu);
    return;
  }
  const served = cpu.read32(frame + FRAME_CAUSE);
  pending = (pending & ~served) === 0 ? pending : pending & ~served;
  const interrupt = 31 - Math.clz32(pending);
  cpu.write32(frame + FRAME_CAUSE, served | (1 << interrupt));
  cpu.clearLatchedInterrupts(1 << interrupt);
  setEnabled(cpu, cpu.read32(ENABLED), 0);
  cpu.ps = PS_UM;
  cpu.a[2] = cpu.read32(handlerEntry(interrupt) + 4);
  cpu.a[3] = frame;
  cpu.a[0] = L1INT_RETURN;
  cpu.pc = cpu.read32(handlerEntry(interrupt));
}

/** Calls a handler written in C with the frame and the cause (in a2 on entry). */
function cWrapper(cpu: CpuPort): void {
  const cause = cpu.a[2]!;
  saveContext(cpu);
  cpu.cycles += 35;
  cpu.write32(cpu.a[1]! + FRAME_CAUSE, cause);
  cpu.ps = PS_UM;
  cpu.a[2] = cpu.a[1]!;
  cpu.a[3] = cause;
  cpu.a[0] = C_WRAPPER_RETURN;
  cpu.pc = cpu.read32(C_HANDLER_TABLE + 4 * cause);
}

/** Nobody handles it: the chip stands still until a watchdog or a person resets it. */
function standStill(cpu: CpuPort): void {
  cpu.passTime(Number.POSITIVE_INFINITY);
}

/** _xtos_set_exception_handler(cause, handler): a handler of 0 takes it away. Returns the one before. */
function setExceptionHandler(cpu: CpuPort, a: Int32Array): number {
  const cause = a[2]! >>> 0;
  if (cause >= EXCEPTIONS) return 0;
  const handler = a[3]! === 0 ? NO_HANDLER : a[3]!;
  const before = cpu.read32(C_HANDLER_TABLE + 4 * cause);
  cpu.write32(C_HANDLER_TABLE + 4 * cause, handler);
  cpu.write32(EXCEPTION_TABLE + 4 * cause, handler === NO_HANDLER ? UNHANDLED_EXCEPTION : C_WRAPPER_HANDLER);
  return before === NO_HANDLER ? 0 : before;
}

/** (interrupt, handler, argument): returns the handler before. */
function attach(cpu: CpuPort, a: Int32Array): number {
  return setInterruptHandler(cpu, a[2]!, a[3]!, a[4]!);
}

function setInterruptHandler(cpu: CpuPort, interrupt: number, handler: number, argument: number): number {
  if (interrupt >>> 0 >= INTERRUPTS) return 0;
  const entry = handlerEntry(interrupt);
  const before = cpu.read32(entry);
  cpu.write32(entry, handler === 0 ? UNHANDLED_INTERRUPT : handler);
  cpu.write32(entry + 4, handler === 0 ? interrupt : argument);
  return before === UNHANDLED_INTERRUPT ? 0 : before;
}

/** Both return the mask of interrupts enabled before. */
function enable(cpu: CpuPort, a: Int32Array): number {
  const before = cpu.read32(ENABLED);
  setEnabled(cpu, before | a[2]!, cpu.read32(PRIORITY));
  return before;
}

function disable(cpu: CpuPort, a: Int32Array): number {
  const before = cpu.read32(ENABLED);
  setEnabled(cpu, before & ~a[2]!, cpu.read32(PRIORITY));
  return before;
}

/** Returns the PS before. */
function setLevel(cpu: CpuPort, level: number): number {
  const before = cpu.ps;
  cpu.ps = (before & ~PS_INTLEVEL) | (level & PS_INTLEVEL);
  return before;
}

function setPriority(cpu: CpuPort, a: Int32Array): number {
  const before = cpu.read32(PRIORITY);
  setEnabled(cpu, cpu.read32(ENABLED), a[2]!);
  return before;
}

export const INTERRUPT_FUNCTIONS: ReadonlyMap<number, RomFunction> = new Map([
  [DEBUG_VECTOR, { name: "_DebugExceptionVector", hook: standStill }],
  [KERNEL_VECTOR, { name: "_KernelExceptionVector", hook: standStill }],
  [DOUBLE_VECTOR, { name: "_DoubleExceptionVector", hook: standStill }],
  [USER_VECTOR, { name: "_UserExceptionVector", hook: userVector }],
  [L1INT_HANDLER, { name: "_xtos_l1int_handler", hook: l1int }],
  [L1INT_RETURN, { name: "_xtos_l1int_handler (return)", hook: l1intReturn }],
  [
    CAUSE3_HANDLER,
    {
      name: "_xtos_cause3_handler",
      hook: (cpu: CpuPort): void => {
        cpu.a[2] = 3;
        cWrapper(cpu);
      },
    },
  ],
  [C_WRAPPER_HANDLER, { name: "_xtos_c_wrapper_handler", hook: cWrapper }],
  [C_WRAPPER_RETURN, { name: "_xtos_c_wrapper_handler (return)", hook: restoreContext }],
  [SYSCALL_HANDLER, { name: "_xtos_syscall_handler", hook: (cpu: CpuPort): void => failSyscall(cpu) }],
  [ALLOCA_HANDLER, { name: "_xtos_alloca_handler", hook: standStill }],
  [NO_HANDLER, romFunction("_xtos_p_none", 3, () => undefined)],
  [UNHANDLED_INTERRUPT, { name: "_xtos_unhandled_interrupt", hook: standStill }],
  [UNHANDLED_EXCEPTION, { name: "_xtos_unhandled_exception", hook: standStill }],
  [
    RETURN_FROM_EXCEPTION,
    { name: "_xtos_return_from_exc", hook: (cpu: CpuPort): void => returnFromFrame(cpu, cpu.a[1]!) },
  ],
  [0x40000454, romFunction("_xtos_set_exception_handler", 25, setExceptionHandler)],
  [
    0x4000bd70,
    romFunction("_xtos_set_interrupt_handler", 30, (cpu, a) => setInterruptHandler(cpu, a[2]!, a[3]!, a[2]!)),
  ],
  [0x4000bd28, romFunction("_xtos_set_interrupt_handler_arg", 25, attach)],
  [0x4000bd84, romFunction("_xtos_ints_on", 20, enable)],
  [0x4000bda4, romFunction("_xtos_ints_off", 20, disable)],
  [0x40000f88, romFunction("ets_isr_attach", 30, attach)],
  [0x40000fa8, romFunction("ets_isr_unmask", 25, enable)],
  [0x40000f98, romFunction("ets_isr_mask", 25, disable)],
  [0x40000574, romFunction("_xtos_set_vpri", 20, setPriority)],
  [
    0x4000056c,
    romFunction("_xtos_restore_intlevel", 5, (cpu, a) => {
      cpu.ps = a[2]! & (PS_INTLEVEL | PS_UM | 0x10);
      return undefined;
    }),
  ],
  [0x4000dbfc, romFunction("_xtos_set_intlevel", 12, (cpu, a) => setLevel(cpu, a[2]!))],
  [
    0x4000dc18,
    romFunction("_xtos_set_min_intlevel", 15, (cpu, a) =>
      (a[2]! & PS_INTLEVEL) > (cpu.ps & PS_INTLEVEL) ? setLevel(cpu, a[2]!) : cpu.ps,
    ),
  ],
  [
    0x40000f74,
    romFunction("ets_intr_lock", 8, (cpu) => {
      const before = setLevel(cpu, 3);
      cpu.write32(LOCKED_PS, before);
      return before;
    }),
  ],
  [0x40000f80, romFunction("ets_intr_unlock", 5, (cpu) => setLevel(cpu, 0))],
]);

/** A SYSCALL that nobody serves returns -1. */
function failSyscall(cpu: CpuPort): void {
  cpu.cycles += 12;
  leaveUnsaved(cpu, SYSCALL_BYTES);
  cpu.a[2] = -1;
}

/** The tables as the ROM's start-up code leaves them. */
export function initialiseInterruptTables(cpu: CpuPort): void {
  for (let cause = 0; cause < EXCEPTIONS; cause++) {
    cpu.write32(EXCEPTION_TABLE + 4 * cause, UNHANDLED_EXCEPTION);
    cpu.write32(C_HANDLER_TABLE + 4 * cause, NO_HANDLER);
  }
  cpu.write32(EXCEPTION_TABLE + 4 * 1, SYSCALL_HANDLER);
  cpu.write32(EXCEPTION_TABLE + 4 * 4, L1INT_HANDLER);
  cpu.write32(EXCEPTION_TABLE + 4 * 5, ALLOCA_HANDLER);
  // Instruction and data errors on the bus are treated as cause 3 (the ROM's table, causes 12 to 15).
  for (let cause = 12; cause <= 15; cause++) cpu.write32(EXCEPTION_TABLE + 4 * cause, CAUSE3_HANDLER);
  for (let interrupt = 0; interrupt < INTERRUPTS; interrupt++) {
    cpu.write32(handlerEntry(interrupt), UNHANDLED_INTERRUPT);
    cpu.write32(handlerEntry(interrupt) + 4, interrupt);
  }
  setEnabled(cpu, 0, ALL);
}
