/**
 * MD5Init, MD5Update, MD5Final. All state lives in the caller's context, laid out as the ROM's users know it from
 * Espressif's SDK headers: state (4 words), length in bits (2 words), the bytes of the unfinished block (64).
 */
import type { CpuPort } from "../../cpu/contract.ts";
import { MD5_INITIAL_STATE, md5Block } from "./md5.ts";
import { load, type RomFunction, romFunction, store } from "./rom-function.ts";

const BITS_OFFSET = 0x10;
const BUFFER_OFFSET = 0x18;
const BLOCK_BYTES = 64;
const CONTEXT_BYTES: number = BUFFER_OFFSET + BLOCK_BYTES;
/** 64 steps of about 14 instructions, and moving the block into place. */
const CYCLES_PER_BLOCK = 1100;

interface Context {
  readonly bytes: Uint8Array;
  readonly state: Int32Array;
  readonly bits: Uint32Array;
  readonly buffer: Uint8Array;
}

function contextOf(bytes: Uint8Array): Context {
  return {
    bytes,
    state: new Int32Array(bytes.buffer, bytes.byteOffset, 4),
    bits: new Uint32Array(bytes.buffer, bytes.byteOffset + BITS_OFFSET, 2),
    buffer: bytes.subarray(BUFFER_OFFSET),
  };
}

function update(cpu: CpuPort, context: Context, data: Uint8Array): void {
  let fill = (context.bits[0]! >>> 3) % BLOCK_BYTES;
  const low = context.bits[0]! + data.length * 8;
  context.bits[1] = context.bits[1]! + Math.floor(low / 2 ** 32);
  context.bits[0] = low;
  const block = new Int32Array(context.bytes.buffer, context.bytes.byteOffset + BUFFER_OFFSET, BLOCK_BYTES / 4);
  for (let at = 0; at < data.length; ) {
    const part = data.subarray(at, at + BLOCK_BYTES - fill);
    context.buffer.set(part, fill);
    at += part.length;
    fill += part.length;
    if (fill < BLOCK_BYTES) break;
    md5Block(context.state, block);
    cpu.cycles += CYCLES_PER_BLOCK;
    fill = 0;
  }
}

function init(cpu: CpuPort, a: Int32Array): undefined {
  const context = contextOf(new Uint8Array(CONTEXT_BYTES));
  context.state.set(MD5_INITIAL_STATE.map((word) => word | 0));
  // What is in the buffer stays: only state and length are set.
  store(cpu, a[2]!, context.bytes.subarray(0, BUFFER_OFFSET));
}

function updateFromGuest(cpu: CpuPort, a: Int32Array): undefined {
  const context = contextOf(load(cpu, a[2]!, CONTEXT_BYTES));
  update(cpu, context, load(cpu, a[3]!, a[4]! >>> 0));
  store(cpu, a[2]!, context.bytes);
}

/** MD5Final(digest, context). */
function final(cpu: CpuPort, a: Int32Array): undefined {
  const context = contextOf(load(cpu, a[3]!, CONTEXT_BYTES));
  const length = context.bytes.slice(BITS_OFFSET, BUFFER_OFFSET);
  const fill = (context.bits[0]! >>> 3) % BLOCK_BYTES;
  const padding = new Uint8Array((fill < 56 ? 56 : 120) - fill);
  padding[0] = 0x80;
  update(cpu, context, padding);
  update(cpu, context, length);
  store(cpu, a[2]!, context.bytes.subarray(0, BITS_OFFSET));
}

export const MD5_FUNCTIONS: ReadonlyMap<number, RomFunction> = new Map([
  [0x40009818, romFunction("MD5Init", 20, init)],
  [0x40009834, romFunction("MD5Update", 60, updateFromGuest)],
  [0x40009900, romFunction("MD5Final", 100, final)],
]);
