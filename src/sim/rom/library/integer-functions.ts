/** The compiler's integer helpers (libgcc). 64-bit values stand in register pairs, the low half first. */
import type { CpuPort } from "../../cpu/contract.ts";
import { type RomFunction, romFunction } from "./rom-function.ts";

// Dividing by zero runs into an illegal instruction inside the function. Programs know the addresses: the Arduino
// core's postmortem turns exception 0 at 0x4000dce5 into "division by zero".
const DIVSI3_BY_ZERO = 0x4000dce5;
const UDIVSI3_BY_ZERO = 0x4000e25d;
const UMODSI3_BY_ZERO = 0x4000e296;

/** Shift-and-subtract division: about 5 cycles for each bit of the quotient. */
const CYCLES_PER_QUOTIENT_BIT = 5;

function divide(
  name: string,
  byZero: number,
  result: (dividend: number, divisor: number) => number,
  signed: boolean,
): RomFunction {
  const hook = (cpu: CpuPort): void => {
    const { a } = cpu;
    const dividend = signed ? a[2]! : a[2]! >>> 0;
    const divisor = signed ? a[3]! : a[3]! >>> 0;
    if (divisor === 0) {
      cpu.pc = byZero;
      return;
    }
    const bits = Math.max(0, Math.clz32(Math.abs(divisor)) - Math.clz32(Math.abs(dividend)));
    cpu.cycles += 20 + CYCLES_PER_QUOTIENT_BIT * bits;
    a[2] = result(dividend, divisor);
    cpu.pc = a[0]!;
  };
  return { name, hook };
}

const pair = (low: number, high: number): bigint => (BigInt(high) << 32n) | BigInt(low >>> 0);
const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value);

/** A function of two 64-bit numbers (signed, in a2/a3 and a4/a5) with a 64-bit result. */
function wide(name: string, cycles: number, result: (x: bigint, y: bigint) => bigint): RomFunction {
  return romFunction(name, cycles, (_, a) => {
    const value = BigInt.asIntN(64, result(pair(a[2]!, a[3]!), pair(a[4]!, a[5]!)));
    a[3] = Number(value >> 32n);
    return Number(BigInt.asIntN(32, value));
  });
}

/** The product of two unsigned 32-bit numbers: firmware reads its clock with it, tens of thousands of times a second. */
function product(x: number, y: number): { readonly low: number; readonly high: number } {
  const [xLow, xHigh, yLow, yHigh] = [x & 0xffff, x >>> 16, y & 0xffff, y >>> 16];
  const [first, second] = [xLow * yHigh, xHigh * yLow];
  const middle = Math.floor((xLow * yLow) / 0x10000) + (first & 0xffff) + (second & 0xffff);
  const carried = Math.floor(first / 0x10000) + Math.floor(second / 0x10000) + Math.floor(middle / 0x10000);
  return { low: Math.imul(x, y), high: xHigh * yHigh + carried };
}

/** The same for division, which by zero ends as the 32-bit one that it is built from does. */
function wideDivide(name: string, result: (x: bigint, y: bigint) => bigint): RomFunction {
  const { hook } = wide(name, 200, result);
  const guarded = (cpu: CpuPort): void => {
    if ((cpu.a[4]! | cpu.a[5]!) === 0) cpu.pc = UDIVSI3_BY_ZERO;
    else hook(cpu);
  };
  return { name, hook: guarded };
}

export const INTEGER_FUNCTIONS: ReadonlyMap<number, RomFunction> = new Map([
  [0x4000dc88, divide("__divsi3", DIVSI3_BY_ZERO, (x, y) => Math.trunc(x / y), true)],
  [0x4000e21c, divide("__udivsi3", UDIVSI3_BY_ZERO, (x, y) => Math.floor(x / y), false)],
  [0x4000e268, divide("__umodsi3", UMODSI3_BY_ZERO, (x, y) => x % y, false)],
  [
    0x40000650,
    romFunction("__muldi3", 40, (_, a) => {
      const { low, high } = product(a[2]!, a[4]!);
      a[3] = (high + Math.imul(a[2]!, a[5]!) + Math.imul(a[3]!, a[4]!)) | 0;
      return low;
    }),
  ],
  [0x4000ce60, wideDivide("__divdi3", (x, y) => x / y)],
  [0x4000d310, wideDivide("__udivdi3", (x, y) => unsigned(x) / unsigned(y))],
  [0x4000d770, wideDivide("__umoddi3", (x, y) => unsigned(x) % unsigned(y))],
  [
    0x4000dcf0,
    romFunction("__umulsidi3", 30, (_, a) => {
      const { low, high } = product(a[2]!, a[3]!);
      a[3] = high | 0;
      return low;
    }),
  ],
  [0x400031b4, romFunction("roundup2", 8, (_, a) => (a[2]! + a[3]! - 1) & -a[3]!)],
  [0x400031c0, divide("multofup", UDIVSI3_BY_ZERO, (x, y) => Math.floor(((x + y - 1) >>> 0) / y), false)],
]);
