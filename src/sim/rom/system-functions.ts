/**
 * Start-up, reset and the end of the road in the ROM (names and addresses: eagle.rom.addr.v6.ld), and the library of
 * functions that need no peripheral, put into their places so that long ones can be interrupted.
 */

import type { CpuPort } from "../cpu/contract.ts";
import { INTERRUPT_FUNCTIONS } from "./library/interrupt-functions.ts";
import { ROM_LIBRARY } from "./library/library.ts";
import { print } from "./rom-console.ts";
import { ROM_DATA } from "./rom-data.ts";
import type { RomMachine, RomRoutines } from "./rom-machine.ts";
import { romFunctionAt } from "./rom-symbols.ts";

const ETS_SET_USER_START = 0x40000fbc;
const RTC_GET_RESET_REASON = 0x400025e0;
const UART_BUFF_SWITCH = 0x400038a4;
const XTHAL_GET_CCOUNT = 0x4000dd38;
const SOFTWARE_RESET = 0x4000264c;
/** What main() sets as the C handler of the causes that programs die of. */
export const FATAL_EXCEPTION_HANDLER = 0x40001878;
/** Vectors and handlers in which the chip stands still. */
const DEAD_ENDS = [0x40000010, 0x40000030, 0x40000070, 0x4000dbe0, 0x4000dc3c, 0x4000dc44] as const;

const ETS_DELAY_US = 0x40002ecc;
/** Inside ets_delay_us. */
const DELAY_LOOP = 0x40002ee5;
const DELAY_CALL_CYCLES = 30;
const CALL_CYCLES = 15;
const STANDSTILL_CYCLES = 100;
const FRAME_EPC1 = 0;
/** CALL0 and CALLX0 are three bytes long and leave the address of what follows them in a0. */
const CALL_BYTES = 3;

const hex = (value: number): string => `0x${(value >>> 0).toString(16).padStart(8, "0")}`;

export function installSystemFunctions(machine: RomMachine, routines: RomRoutines): void {
  const { cpu, runner } = machine;
  const simple = (address: number, work: (port: CpuPort) => number | undefined): void =>
    runner.hook(address, (port) => {
      const result = work(port);
      if (result !== undefined) port.a[2] = result;
      port.cycles += CALL_CYCLES;
      port.pc = port.a[0]!;
    });
  for (const [address, { hook }] of ROM_LIBRARY) {
    // Those that pass time or move the program counter about themselves must not be wrapped.
    if (INTERRUPT_FUNCTIONS.has(address)) {
      cpu.hook(address, (port) => {
        runner.touched();
        hook(port);
      });
    } else runner.hook(address, hook);
  }
  // The wait is counted down instead of compared with CCOUNT, so that a polling loop around it repeats itself exactly.
  runner.hook(
    ETS_DELAY_US,
    (port) => {
      port.a[3] = Math.imul(port.a[2]!, port.read32(ROM_DATA.cpuFrequency));
      port.cycles += DELAY_CALL_CYCLES;
      port.pc = DELAY_LOOP;
    },
    "harmless",
  );
  runner.hook(
    DELAY_LOOP,
    (port) => {
      port.a[3] = runner.pass(port.a[3]! >>> 0);
      if (port.a[3] === 0) port.pc = port.a[0]!;
    },
    "harmless",
  );
  // What real code would do there cannot be known: the chip stands still, and the accident says why.
  cpu.hookRestOfRom((port) => {
    const [at, from] = [port.pc >>> 0, (port.a[0]! >>> 0) - CALL_BYTES];
    machine.notEmulated(
      `The program called the boot ROM at ${hex(at)} (${romFunctionAt(at) ?? "no public name"}), which the virtual chip does not have. Last call from ${hex(from)}. The chip stands still until it is reset.`,
    );
    runner.waitHere(STANDSTILL_CYCLES);
  });
  for (const address of DEAD_ENDS) runner.hook(address, () => runner.waitHere(STANDSTILL_CYCLES));
  simple(ETS_SET_USER_START, (port) => {
    port.write32(ROM_DATA.userStart, port.a[2]!);
    return undefined;
  });
  runner.hook(SOFTWARE_RESET, () => machine.softwareReset());
  simple(RTC_GET_RESET_REASON, () => machine.resetCause());
  simple(XTHAL_GET_CCOUNT, (port) => port.ccount);
  // Chooses between the ROM's two receive buffers, of which programs use neither.
  simple(UART_BUFF_SWITCH, () => undefined);
  routines.install(FATAL_EXCEPTION_HANDLER, function* (a) {
    const [frame, cause] = [a[2]!, a[3]!];
    yield* print(machine, `Fatal exception (${cause}): \n`);
    const registers = [
      `epc1=${hex(cpu.read32(frame + FRAME_EPC1))}`,
      `epc2=${hex(cpu.epc2)}`,
      `epc3=${hex(cpu.epc3)}`,
      `excvaddr=${hex(cpu.excvaddr)}`,
      `depc=${hex(cpu.depc)}`,
    ];
    yield* print(machine, `${registers.join(", ")}\n`);
    // It returns, to the instruction that failed.
    return undefined;
  });
}
