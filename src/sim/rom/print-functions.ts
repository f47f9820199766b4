/**
 * The ROM's printing functions that programs call (names and addresses: eagle.rom.addr.v6.ld), and those of its
 * watchdog, which a second-stage loader calls around its work. What is printed goes to the function that the program has
 * installed (ets_install_putc1), at first the ROM's own, which sends over UART0 and puts a CR before each LF.
 */
import type { CpuPort } from "../cpu/contract.ts";
import { loadString } from "./library/rom-function.ts";
import { FORMAT_CYCLES, print } from "./rom-console.ts";
import { ROM_DATA } from "./rom-data.ts";
import type { RomMachine, RomRoutines, RomStep } from "./rom-machine.ts";

const ETS_WRITE_CHAR = 0x40001da0;
/** The ROM's own. */
export const ETS_UART_PUTC1 = 0x40001dcc;
const ETS_VPRINTF = 0x40001f00;
const ETS_INSTALL_PUTC1 = 0x4000242c;
const ETS_INSTALL_UART_PRINTF = 0x40002438;
const ETS_PRINTF = 0x400024cc;
const ETS_PUTC = 0x40002be8;
/** ets_wdt_enable, ets_wdt_disable, ets_wdt_restore. */
const WATCHDOG_FUNCTIONS = [0x40002fa0, 0x400030f0, 0x40003158] as const;
/** The CALL0 convention passes arguments in a2 to a7, then on the stack. */
const LAST_ARGUMENT_REGISTER = 7;
/** A va_list counts arguments in bytes: 24 for the registers, then the stack from 32 (GCC, xtensa_va_arg). */
const VA_REGISTERS_END = 24;
const VA_STACK_BEGIN = 32;
const CALL_CYCLES = 20;

export function installPrintFunctions(machine: RomMachine, routines: RomRoutines): void {
  const { cpu, runner } = machine;
  const text = (address: number): string => String.fromCharCode(...loadString(cpu, address));
  routines.install(ETS_PRINTF, function* (a) {
    const format = text(a[2]!);
    const argument = (index: number): number =>
      3 + index <= LAST_ARGUMENT_REGISTER
        ? registers[3 + index]!
        : cpu.read32(stack + 4 * (index - LAST_ARGUMENT_REGISTER + 2));
    const registers = a.slice();
    const stack = a[1]!;
    const formatted = formatText(format, argument, text);
    yield* printThrough(machine, cpu.read32(ROM_DATA.putc1), formatted);
    return formatted.length;
  });
  routines.install(ETS_VPRINTF, function* (a) {
    const putc = a[2]!;
    const formatted = formatText(text(a[3]!), listArgument(cpu, a[4]!, a[5]!, a[6]!), text);
    yield* printThrough(machine, putc, formatted);
    return formatted.length;
  });
  routines.install(ETS_WRITE_CHAR, function* (a) {
    yield* printThrough(machine, cpu.read32(ROM_DATA.putc1), String.fromCharCode(a[2]! & 0xff));
    return undefined;
  });
  for (const address of [ETS_PUTC, ETS_UART_PUTC1]) {
    routines.install(address, function* (a) {
      yield* print(machine, String.fromCharCode(a[2]! & 0xff));
      return 0;
    });
  }
  const installPutc = (address: number, putc: (a: Int32Array) => number): void =>
    runner.hook(address, (port) => {
      port.write32(ROM_DATA.putc1, putc(port.a));
      port.cycles += CALL_CYCLES;
      port.pc = port.a[0]!;
    });
  installPutc(ETS_INSTALL_PUTC1, (a) => a[2]!);
  installPutc(ETS_INSTALL_UART_PRINTF, () => ETS_UART_PUTC1);
  for (const address of WATCHDOG_FUNCTIONS) {
    runner.hook(address, (port) => {
      port.a[2] = 0;
      port.cycles += CALL_CYCLES;
      port.pc = port.a[0]!;
    });
  }
}

/** Each character to a function of the program, or to the ROM's own; to nobody where none is installed. */
function* printThrough(machine: RomMachine, putc: number, text: string): Generator<RomStep, void, void> {
  if (putc === ETS_UART_PUTC1) {
    yield* print(machine, text);
    return;
  }
  if (putc === 0) return;
  for (const character of text) {
    yield FORMAT_CYCLES;
    machine.cpu.a[2] = character.charCodeAt(0);
    yield { call: putc };
  }
}

/** The arguments of a va_list: where the stack and the saved registers lie, and how many bytes have been taken. */
function listArgument(cpu: CpuPort, stack: number, registers: number, taken: number): (index: number) => number {
  return (index) => {
    const at = taken + 4 * index;
    if (at < VA_REGISTERS_END) return cpu.read32(registers + at);
    const beyond = taken < VA_REGISTERS_END ? at - VA_REGISTERS_END + VA_STACK_BEGIN : at;
    return cpu.read32(stack + beyond);
  };
}

/** %d, %u, %x, %X, %p, %c, %s with zero or blank padding; anything else stands for itself. */
function formatText(format: string, argument: (index: number) => number, text: (address: number) => string): string {
  let index = 0;
  return format.replace(/%(0?)(\d*)l?([duxXpcs%])/g, (_, zero: string, width: string, kind: string) => {
    if (kind === "%") return "%";
    const value = argument(index++);
    const shown = {
      d: () => String(value | 0),
      u: () => String(value >>> 0),
      x: () => (value >>> 0).toString(16),
      X: () => (value >>> 0).toString(16).toUpperCase(),
      p: () => (value >>> 0).toString(16),
      c: () => String.fromCharCode(value & 0xff),
      s: () => text(value),
    }[kind as "d" | "u" | "x" | "X" | "p" | "c" | "s"]();
    return shown.padStart(Number(width), zero === "0" ? "0" : " ");
  });
}
