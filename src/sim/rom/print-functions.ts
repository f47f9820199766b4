/**
 * The ROM's printing functions that programs call (names and addresses: eagle.rom.addr.v6.ld), and those of its
 * watchdog, which a second-stage loader calls around its work.
 */
import { loadString } from "./library/rom-function.ts";
import { print } from "./rom-console.ts";
import type { RomMachine, RomRoutines } from "./rom-machine.ts";

const ETS_PRINTF = 0x400024cc;
const ETS_PUTC = 0x40002be8;
/** ets_wdt_enable, ets_wdt_disable, ets_wdt_restore. */
const WATCHDOG_FUNCTIONS = [0x40002fa0, 0x400030f0, 0x40003158] as const;
/** The CALL0 convention passes arguments in a2 to a7, then on the stack. */
const LAST_ARGUMENT_REGISTER = 7;
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
    yield* print(machine, formatted);
    return formatted.length;
  });
  routines.install(ETS_PUTC, function* (a) {
    yield* print(machine, String.fromCharCode(a[2]! & 0xff));
    return 0;
  });
  for (const address of WATCHDOG_FUNCTIONS) {
    runner.hook(address, (port) => {
      port.a[2] = 0;
      port.cycles += CALL_CYCLES;
      port.pc = port.a[0]!;
    });
  }
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
