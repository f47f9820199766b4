/**
 * The mask ROM's functions that need no peripheral, done in TypeScript. Addresses: the linker script
 * eagle.rom.addr.v6.ld of Espressif's ESP8266 SDK. With a ROM dump in the chip none of them is used.
 */
import type { CpuPort } from "../../cpu/contract.ts";
import type { Lx106 } from "../../cpu/lx106.ts";
import { CRYPTO_FUNCTIONS } from "./crypto-functions.ts";
import { DESCRIPTOR_FUNCTIONS } from "./descriptor-functions.ts";
import { FLOAT_FUNCTIONS } from "./float-functions.ts";
import { INTEGER_FUNCTIONS } from "./integer-functions.ts";
import { INTERRUPT_FUNCTIONS, initialiseInterruptTables } from "./interrupt-functions.ts";
import { MD5_FUNCTIONS } from "./md5-functions.ts";
import { MEMORY_FUNCTIONS } from "./memory-functions.ts";
import type { RomFunction } from "./rom-function.ts";
import { STRING_FUNCTIONS } from "./string-functions.ts";
import { initialiseFrequency, TIME_FUNCTIONS } from "./time-functions.ts";

/** By address. */
export const ROM_LIBRARY: ReadonlyMap<number, RomFunction> = new Map([
  ...MEMORY_FUNCTIONS,
  ...STRING_FUNCTIONS,
  ...INTEGER_FUNCTIONS,
  ...FLOAT_FUNCTIONS,
  ...MD5_FUNCTIONS,
  ...CRYPTO_FUNCTIONS,
  ...DESCRIPTOR_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...INTERRUPT_FUNCTIONS,
]);

/** Puts the functions in their places, unless the owner's own ROM is there: then its code runs. */
export function installRomLibrary(cpu: Lx106): void {
  if (cpu.hasRom) return;
  for (const [address, { hook }] of ROM_LIBRARY) cpu.hook(address, hook);
}

/** What the ROM's start-up code leaves in RAM for these functions; to be called at every reset (not with a ROM dump). */
export function initialiseRomData(cpu: CpuPort): void {
  initialiseInterruptTables(cpu);
  initialiseFrequency(cpu);
}
