/** ets_delay_us and the CPU frequency it counts with. */
import type { CpuPort } from "../../cpu/contract.ts";
import { type RomFunction, romFunction } from "./rom-function.ts";

/** Where the ROM keeps the CPU's frequency in MHz; ets_update_cpu_frequency writes it. */
const FREQUENCY_ADDRESS = 0x3fffc704;
/** What it is before anybody sets it: the ROM runs at twice the crystal's 26 MHz. */
export const ROM_FREQUENCY_MHZ = 52;

const DELAY = 0x40002ecc;
/** Inside ets_delay_us, where its loop is. Waits until a3 (cycles, low 32 bits). */
const DELAY_LOOP = 0x40002ee5;
const DELAY_CALL_CYCLES = 30;

function delay(cpu: CpuPort): void {
  const { a } = cpu;
  cpu.cycles += DELAY_CALL_CYCLES;
  a[3] = Math.floor(cpu.cycles) + Math.imul(a[2]!, cpu.read32(FREQUENCY_ADDRESS));
  cpu.pc = DELAY_LOOP;
}

function delayLoop(cpu: CpuPort): void {
  const now = Math.floor(cpu.cycles);
  const left = (cpu.a[3]! - now) | 0;
  if (left <= 0 || cpu.passTime(now + left)) cpu.pc = cpu.a[0]!;
}

export const TIME_FUNCTIONS: ReadonlyMap<number, RomFunction> = new Map([
  [DELAY, { name: "ets_delay_us", hook: delay }],
  [DELAY_LOOP, { name: "ets_delay_us (loop)", hook: delayLoop }],
  [
    0x40002f04,
    romFunction("ets_update_cpu_frequency", 5, (cpu, a) => {
      cpu.write32(FREQUENCY_ADDRESS, a[2]!);
      return undefined;
    }),
  ],
  [0x40002f0c, romFunction("ets_get_cpu_frequency", 5, (cpu) => cpu.read32(FREQUENCY_ADDRESS))],
]);

export function initialiseFrequency(cpu: CpuPort): void {
  cpu.write32(FREQUENCY_ADDRESS, ROM_FREQUENCY_MHZ);
}
