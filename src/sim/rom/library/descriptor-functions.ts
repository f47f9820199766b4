/**
 * Chains of DMA descriptors, as the MAC's receive ring uses them. A descriptor is three words: flags with lengths, the
 * buffer, the next descriptor (lldesc_t in Espressif's ESP8266_RTOS_SDK, components/esp8266/include/rom/ets_sys.h and
 * slc_register.h: size [11:0], length [23:12], end of frame 30, owner 31).
 */
import type { CpuPort } from "../../cpu/contract.ts";
import { type RomFunction, romFunction } from "./rom-function.ts";

const DESCRIPTOR_BYTES = 12;
const LENGTH_SHIFT = 12;
/** Bit 31: the descriptor belongs to the hardware. */
const OWNED: number = 1 << 31;
const CYCLES_PER_DESCRIPTOR = 15;

/**
 * lldesc_build_chain(descriptors, bytes of them, buffer, bytes of it, block size, owner, &first, &last): cuts a buffer
 * into blocks with a descriptor each. The last two arguments are on the stack.
 */
function buildChain(cpu: CpuPort, a: Int32Array): number {
  const [descriptors, buffer, length, block, owner] = [a[2]!, a[4]!, a[5]! >>> 0, a[6]! >>> 0, a[7]!];
  const [firstAt, lastAt] = [cpu.read32(a[1]!), cpu.read32(a[1]! + 4)];
  const count = block === 0 ? 0 : Math.floor(length / block);
  const flags = OWNED | (owner === 0 ? 0 : block << LENGTH_SHIFT) | block;
  let last = 0;
  for (let index = 0; index < count; index++) {
    last = descriptors + DESCRIPTOR_BYTES * index;
    cpu.write32(last, flags);
    cpu.write32(last + 4, buffer + block * index);
    cpu.write32(last + 8, index + 1 < count ? last + DESCRIPTOR_BYTES : 0);
  }
  cpu.cycles += count * CYCLES_PER_DESCRIPTOR;
  if (firstAt !== 0) cpu.write32(firstAt, descriptors);
  if (lastAt !== 0) cpu.write32(lastAt, last);
  return descriptors;
}

export const DESCRIPTOR_FUNCTIONS: ReadonlyMap<number, RomFunction> = new Map([
  [0x40004f40, romFunction("lldesc_build_chain", 40, buildChain)],
]);
