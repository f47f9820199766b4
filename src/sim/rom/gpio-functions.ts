/**
 * The ROM's GPIO functions that programs call (names and addresses: eagle.rom.addr.v6.ld; what they do: gpio.h and
 * gpio_register.h of the NONOS SDK).
 */
import { BASE, GPIO } from "../chip/registers.ts";
import type { CpuPort } from "../cpu/contract.ts";
import type { RomMachine } from "./rom-machine.ts";

const ADDRESS = {
  outputSet: 0x40004cd0,
  inputGet: 0x40004cf0,
  pinWakeupEnable: 0x40004e90,
  pinWakeupDisable: 0x40004ed4,
} as const;
const CALL_CYCLES = 25;
/** GPIO_PINn: interrupt type [9:7], wake-up enable 10. */
const TYPE_SHIFT = 7;
const TYPE_MASK = 7 << TYPE_SHIFT;
const WAKEUP = 1 << 10;
const PINS = 16;
/** Only levels wake the chip: GPIO_PIN_INTR_LOLEVEL and HILEVEL. */
const FIRST_LEVEL_TYPE = 4;

export function installGpioFunctions({ runner }: RomMachine): void {
  const install = (address: number, work: (cpu: CpuPort) => number | undefined): void =>
    runner.hook(address, (cpu) => {
      const result = work(cpu);
      if (result !== undefined) cpu.a[2] = result;
      cpu.cycles += CALL_CYCLES;
      cpu.pc = cpu.a[0]!;
    });
  const change = (cpu: CpuPort, clear: number, set: number): void => {
    const pin = BASE.gpio + GPIO.pin0 + 4 * cpu.a[2]!;
    cpu.write32(pin, (cpu.read32(pin) & ~clear) | set);
  };
  // gpio_output_set(set_mask, clear_mask, enable_mask, disable_mask)
  install(ADDRESS.outputSet, (cpu) => {
    const registers = [GPIO.outSet, GPIO.outClear, GPIO.enableSet, GPIO.enableClear];
    for (const [index, register] of registers.entries()) cpu.write32(BASE.gpio + register, cpu.a[2 + index]!);
    return undefined;
  });
  install(ADDRESS.inputGet, (cpu) => cpu.read32(BASE.gpio + GPIO.in) & 0xffff);
  install(ADDRESS.pinWakeupEnable, (cpu) => {
    const [pin, type] = [cpu.a[2]! >>> 0, cpu.a[3]! >>> 0];
    if (pin < PINS && type >= FIRST_LEVEL_TYPE) change(cpu, TYPE_MASK, (type << TYPE_SHIFT) | WAKEUP);
    return undefined;
  });
  install(ADDRESS.pinWakeupDisable, (cpu) => {
    if (cpu.a[2]! >>> 0 < PINS) change(cpu, TYPE_MASK | WAKEUP, 0);
    return undefined;
  });
}
