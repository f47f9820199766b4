/** memcpy and its kin. Costs: about a cycle per byte for copies (word loop), less for filling, more for comparing. */
import type { CpuPort } from "../../cpu/contract.ts";
import { load, type RomFunction, romFunction, store } from "./rom-function.ts";

const CALL_CYCLES = 20;

/** Copies as memmove does, which is one of the results that memcpy may have. */
function copy(cpu: CpuPort, a: Int32Array): undefined {
  const length = a[4]! >>> 0;
  cpu.cycles += length;
  store(cpu, a[2]!, load(cpu, a[3]!, length));
}

function fill(cpu: CpuPort, a: Int32Array): undefined {
  const length = a[4]! >>> 0;
  cpu.cycles += length / 2;
  fillWith(cpu, a[2]!, a[3]!, length);
}

function zero(cpu: CpuPort, a: Int32Array): undefined {
  const length = a[3]! >>> 0;
  cpu.cycles += length / 2;
  fillWith(cpu, a[2]!, 0, length);
}

/** In pieces, so that a length gone wrong meets the end of the memory before it exhausts the host's. */
function fillWith(cpu: CpuPort, address: number, value: number, length: number): void {
  const piece = new Uint8Array(Math.min(length, 0x1000)).fill(value);
  for (let done = 0; done < length; done += piece.length) {
    store(cpu, address + done, piece.subarray(0, Math.min(piece.length, length - done)));
  }
}

function compare(cpu: CpuPort, a: Int32Array): number {
  const length = a[4]! >>> 0;
  const first = load(cpu, a[2]!, length);
  const second = load(cpu, a[3]!, length);
  const index = first.findIndex((byte, at) => byte !== second[at]);
  cpu.cycles += 2 * (index < 0 ? length : index + 1);
  return index < 0 ? 0 : first[index]! - second[index]!;
}

export const MEMORY_FUNCTIONS: ReadonlyMap<number, RomFunction> = new Map([
  [0x4000df48, romFunction("memcpy", CALL_CYCLES, copy)],
  [0x4000e04c, romFunction("memmove", CALL_CYCLES, copy)],
  [0x4000e190, romFunction("memset", CALL_CYCLES, fill)],
  [0x4000dea8, romFunction("memcmp", CALL_CYCLES, compare)],
  [0x4000de84, romFunction("bzero", CALL_CYCLES, zero)],
  [0x400018b4, romFunction("ets_memcpy", CALL_CYCLES, copy)],
  [0x400018c4, romFunction("ets_memmove", CALL_CYCLES, copy)],
  [0x400018a4, romFunction("ets_memset", CALL_CYCLES, fill)],
  [0x400018d4, romFunction("ets_memcmp", CALL_CYCLES, compare)],
  [0x40002ae8, romFunction("ets_bzero", CALL_CYCLES, zero)],
]);
