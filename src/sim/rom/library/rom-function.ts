/** What the functions of the ROM library have in common: the calling convention, and what pointers lead to. */
import { isPlugsmithError } from "../../../core/errors.ts";
import type { CpuPort, RomHook } from "../../cpu/contract.ts";
import { MMIO_RANGES } from "../../cpu/memory-map.ts";

/** A function of the mask ROM, named as in the linker script eagle.rom.addr.v6.ld of Espressif's ESP8266 SDK. */
export interface RomFunction {
  readonly name: string;
  readonly hook: RomHook;
}

/** EXCCAUSE of a load or a store through a bad pointer (Xtensa ISA Reference Manual). */
const LOAD_PROHIBITED = 28;
const STORE_PROHIBITED = 29;

/** Longer runs over registers or without a terminating zero are a lost pointer. */
const LONGEST_WALK = 0x20000;

/** Thrown inside a function, becomes an exception of the guest. */
class BadPointer extends Error {
  readonly exception: number;
  readonly address: number;

  constructor(exception: number, address: number) {
    super("bad pointer");
    this.exception = exception;
    this.address = address;
  }
}

/**
 * A function of the CALL0 convention: arguments in a2 and up, result in a2, return to a0.
 * @param work returns the result, or undefined where there is none; adds cycles of its own if they depend on the data
 * @param cycles what the real function takes besides, call and return included: an estimate from its length
 */
export function romFunction(
  name: string,
  cycles: number,
  work: (cpu: CpuPort, a: Int32Array) => number | undefined,
): RomFunction {
  const hook = (cpu: CpuPort): void => {
    cpu.cycles += cycles;
    try {
      const result = work(cpu, cpu.a);
      if (result !== undefined) cpu.a[2] = result;
      cpu.pc = cpu.a[0]!;
    } catch (error) {
      if (!(error instanceof BadPointer)) throw error;
      cpu.raise(error.exception, error.address);
    }
  };
  return { name, hook };
}

/** Bytes that the guest can load from. */
export function load(cpu: CpuPort, address: number, length: number): Uint8Array {
  if (length === 0) return new Uint8Array(0);
  try {
    return cpu.readBlock(address, length);
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
    if (!isPeripheral(address) || length > LONGEST_WALK) throw new BadPointer(LOAD_PROHIBITED, address);
    return Uint8Array.from({ length }, (_, index) => cpu.read8(address + index));
  }
}

/** Stores bytes where the guest can store. Register-like memory (RTC RAM) is written in words where it is aligned. */
export function store(cpu: CpuPort, address: number, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  try {
    cpu.writeBlock(address, bytes);
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
    if (!isPeripheral(address) || bytes.length > LONGEST_WALK) throw new BadPointer(STORE_PROHIBITED, address);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let index = 0;
    if ((address & 3) === 0) {
      for (; index + 4 <= bytes.length; index += 4) cpu.write32(address + index, view.getInt32(index, true));
    }
    for (; index < bytes.length; index++) cpu.write8(address + index, bytes[index]!);
  }
}

/** Bytes up to a zero, which is not included, or `limit` of them. */
export function loadString(cpu: CpuPort, address: number, limit: number = LONGEST_WALK): Uint8Array {
  const bytes: number[] = [];
  while (bytes.length < limit) {
    const at = address + bytes.length;
    if (at >>> 29 === 0 || bytes.length === LONGEST_WALK) throw new BadPointer(LOAD_PROHIBITED, at);
    const byte = cpu.read8(at);
    if (byte === 0) break;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** The peripheral bus, and the bridge and MAC registers, among them the MAC's key memory. */
function isPeripheral(address: number): boolean {
  return MMIO_RANGES.some(({ start, end }) => address >>> 0 >= start && address >>> 0 < end);
}
