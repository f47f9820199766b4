/**
 * The compiler's floating point (libgcc's soft float for Xtensa): IEEE 754 single and double, round to nearest even.
 * Doubles stand in register pairs, the low half first. A NaN operand is handed on, made quiet.
 */
import { type RomFunction, romFunction } from "./rom-function.ts";

const view: DataView = new DataView(new ArrayBuffer(8));

const single = (bits: number): number => {
  view.setInt32(0, bits);
  return view.getFloat32(0);
};
const singleBits = (value: number): number => {
  view.setFloat32(0, value);
  return view.getInt32(0);
};
const double = (low: number, high: number): number => {
  view.setInt32(0, high);
  view.setInt32(4, low);
  return view.getFloat64(0);
};
/** Puts a double into a2/a3; returns what goes into a2. */
const returnDouble = (a: Int32Array, value: number): number => {
  view.setFloat64(0, value);
  a[3] = view.getInt32(0);
  return view.getInt32(4);
};

const QUIET_SINGLE = 0x00400000;
const QUIET_DOUBLE = 0x00080000;

function singles(name: string, cycles: number, result: (x: number, y: number) => number): RomFunction {
  return romFunction(name, cycles, (_, a) => {
    for (const operand of [a[2]!, a[3]!]) if (Number.isNaN(single(operand))) return operand | QUIET_SINGLE;
    // The exact result of two singles in double precision, rounded once more, is the correctly rounded single.
    return singleBits(result(single(a[2]!), single(a[3]!)));
  });
}

function doubles(name: string, cycles: number, result: (x: number, y: number) => number): RomFunction {
  return romFunction(name, cycles, (_, a) => {
    for (const low of [2, 4]) {
      if (!Number.isNaN(double(a[low]!, a[low + 1]!))) continue;
      const bits = a[low]!;
      a[3] = a[low + 1]! | QUIET_DOUBLE;
      return bits;
    }
    return returnDouble(a, result(double(a[2]!, a[3]!), double(a[4]!, a[5]!)));
  });
}

/** Towards zero; beyond the range the nearest integer of the sign, not a number the largest. */
function toSigned(value: number): number {
  if (Number.isNaN(value)) return 0x7fffffff;
  return Math.max(-0x80000000, Math.min(0x7fffffff, Math.trunc(value)));
}

/** Towards zero; a negative value comes out as its two's complement, beyond the range as 0x80000000 or 0xffffffff. */
function toUnsigned(value: number): number {
  if (Number.isNaN(value) || value >= 2 ** 32) return 0xffffffff | 0;
  if (value <= -(2 ** 32)) return 0x80000000 | 0;
  return Math.trunc(value) | 0;
}

export const FLOAT_FUNCTIONS: ReadonlyMap<number, RomFunction> = new Map([
  [0x4000c180, singles("__addsf3", 50, (x, y) => x + y)],
  [0x4000c268, singles("__subsf3", 50, (x, y) => x - y)],
  [0x4000c3dc, singles("__mulsf3", 60, (x, y) => x * y)],
  [0x4000c538, doubles("__adddf3", 70, (x, y) => x + y)],
  [0x4000c688, doubles("__subdf3", 70, (x, y) => x - y)],
  [0x4000c8f0, doubles("__muldf3", 120, (x, y) => x * y)],
  [0x4000cb94, doubles("__divdf3", 400, (x, y) => x / y)],
  [0x4000ccb8, romFunction("__fixdfsi", 25, (_, a) => toSigned(double(a[2]!, a[3]!)))],
  [0x4000cd00, romFunction("__fixunsdfsi", 25, (_, a) => toUnsigned(double(a[2]!, a[3]!)))],
  [0x4000c4c4, romFunction("__fixunssfsi", 25, (_, a) => toUnsigned(single(a[2]!)))],
  [0x4000e2ac, romFunction("__floatsisf", 30, (_, a) => singleBits(a[2]!))],
  [0x4000e2a4, romFunction("__floatunsisf", 30, (_, a) => singleBits(a[2]! >>> 0))],
  [0x4000e2f0, romFunction("__floatsidf", 25, (_, a) => returnDouble(a, a[2]!))],
  [0x4000e2e8, romFunction("__floatunsidf", 25, (_, a) => returnDouble(a, a[2]! >>> 0))],
  [
    0x4000cdfc,
    romFunction("__extendsfdf2", 20, (_, a) => {
      const bits = a[2]!;
      if (!Number.isNaN(single(bits))) return returnDouble(a, single(bits));
      // The payload moves to the top of the wider fraction.
      a[3] = (bits & 0x80000000) | 0x7ff00000 | QUIET_DOUBLE | ((bits & 0x7fffff) >>> 3);
      return bits << 29;
    }),
  ],
  [
    0x4000cd5c,
    romFunction("__truncdfsf2", 30, (_, a) => {
      const value = double(a[2]!, a[3]!);
      if (!Number.isNaN(value)) return singleBits(value);
      return (a[3]! & 0x80000000) | 0x7f800000 | QUIET_SINGLE | ((a[3]! & 0xfffff) << 3) | (a[2]! >>> 29);
    }),
  ],
]);
