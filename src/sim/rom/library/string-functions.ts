/** strlen and its kin, on bytes. Costs: a few cycles per byte looked at. */
import type { CpuPort } from "../../cpu/contract.ts";
import { loadString, type RomFunction, romFunction, store } from "./rom-function.ts";

const CALL_CYCLES = 20;
const CYCLES_PER_BYTE = 2;

function length(cpu: CpuPort, a: Int32Array): number {
  const bytes = loadString(cpu, a[2]!).length;
  cpu.cycles += bytes;
  return bytes;
}

function compareUpTo(cpu: CpuPort, a: Int32Array, limit: number | undefined): number {
  const first = loadString(cpu, a[2]!, limit);
  const second = loadString(cpu, a[3]!, limit);
  let index = 0;
  while (index < first.length && first[index] === second[index]) index++;
  cpu.cycles += CYCLES_PER_BYTE * (index + 1);
  return (first[index] ?? 0) - (second[index] ?? 0);
}

const compare = (cpu: CpuPort, a: Int32Array): number => compareUpTo(cpu, a, undefined);
const compareN = (cpu: CpuPort, a: Int32Array): number => compareUpTo(cpu, a, a[4]! >>> 0);

function copy(cpu: CpuPort, a: Int32Array): undefined {
  const bytes = loadString(cpu, a[3]!);
  cpu.cycles += CYCLES_PER_BYTE * bytes.length;
  store(cpu, a[2]!, Uint8Array.of(...bytes, 0));
}

/** Copies at most n bytes and fills what is left of them with zeros. */
function copyN(cpu: CpuPort, a: Int32Array): undefined {
  const limit = a[4]! >>> 0;
  const bytes = loadString(cpu, a[3]!, limit);
  cpu.cycles += CYCLES_PER_BYTE * limit;
  store(cpu, a[2]!, bytes);
  for (let at = bytes.length; at < limit; at += 256) {
    store(cpu, a[2]! + at, new Uint8Array(Math.min(256, limit - at)));
  }
}

function find(cpu: CpuPort, a: Int32Array): number {
  const hay = loadString(cpu, a[2]!);
  const needle = loadString(cpu, a[3]!);
  for (let at = 0; at + needle.length <= hay.length; at++) {
    if (needle.every((byte, index) => hay[at + index] === byte)) {
      cpu.cycles += CYCLES_PER_BYTE * at;
      return a[2]! + at;
    }
  }
  cpu.cycles += CYCLES_PER_BYTE * hay.length;
  return 0;
}

export const STRING_FUNCTIONS: ReadonlyMap<number, RomFunction> = new Map([
  [0x4000bf4c, romFunction("strlen", CALL_CYCLES, length)],
  [0x4000bdc8, romFunction("strcmp", CALL_CYCLES, compare)],
  [0x4000bfa8, romFunction("strncmp", CALL_CYCLES, compareN)],
  [0x4000bec8, romFunction("strcpy", CALL_CYCLES, copy)],
  [0x4000c0a0, romFunction("strncpy", CALL_CYCLES, copyN)],
  [0x4000e1e0, romFunction("strstr", CALL_CYCLES, find)],
  [0x40002ac8, romFunction("ets_strlen", CALL_CYCLES, length)],
  [0x40002aa8, romFunction("ets_strcmp", CALL_CYCLES, compare)],
  [0x40002ab8, romFunction("ets_strncmp", CALL_CYCLES, compareN)],
  [0x40002a88, romFunction("ets_strcpy", CALL_CYCLES, copy)],
  [0x40002a98, romFunction("ets_strncpy", CALL_CYCLES, copyN)],
  [0x40002ad8, romFunction("ets_strstr", CALL_CYCLES, find)],
]);
