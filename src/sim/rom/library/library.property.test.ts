import fc from "fast-check";
import { expect, test } from "vitest";
import { TestMachine } from "./test-machine.ts";

// Node's own arithmetic is the reference: IEEE doubles, Math.fround for singles, BigInt for 64 bits.
const machine = new TestMachine();
const int32 = fc.integer({ min: -0x80000000, max: 0x7fffffff });
const view = new DataView(new ArrayBuffer(8));

function bitsOfSingle(value: number): number {
  view.setFloat32(0, value);
  return view.getInt32(0);
}
function singleOfBits(bits: number): number {
  view.setInt32(0, bits);
  return view.getFloat32(0);
}
function pairOfDouble(value: number): [number, number] {
  view.setFloat64(0, value, true);
  return [view.getInt32(0, true), view.getInt32(4, true)];
}
function doubleOfBits(bits: bigint): number {
  view.setBigUint64(0, BigInt.asUintN(64, bits));
  return view.getFloat64(0);
}
const halves = (value: bigint): [number, number] => [
  Number(BigInt.asIntN(32, value)),
  Number(BigInt.asIntN(32, value >> 32n)),
];

test.each([
  ["__adddf3", (x: number, y: number) => x + y],
  ["__subdf3", (x: number, y: number) => x - y],
  ["__muldf3", (x: number, y: number) => x * y],
  ["__divdf3", (x: number, y: number) => x / y],
])("%s is IEEE double arithmetic", (name, reference) => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (x, y) => {
      expect(doubleOfBits(machine.callWide(name, ...pairOfDouble(x), ...pairOfDouble(y)))).toBe(reference(x, y));
    }),
  );
});

test.each([
  ["__addsf3", (x: number, y: number) => x + y],
  ["__subsf3", (x: number, y: number) => x - y],
  ["__mulsf3", (x: number, y: number) => x * y],
])("%s is IEEE single arithmetic", (name, reference) => {
  fc.assert(
    fc.property(fc.float(), fc.float(), (x, y) => {
      expect(singleOfBits(machine.call(name, bitsOfSingle(x), bitsOfSingle(y)))).toBe(Math.fround(reference(x, y)));
    }),
  );
});

test("integers and floats convert into each other as C does it", () => {
  fc.assert(
    fc.property(int32, (value) => {
      expect(singleOfBits(machine.call("__floatsisf", value))).toBe(Math.fround(value));
      expect(singleOfBits(machine.call("__floatunsisf", value))).toBe(Math.fround(value >>> 0));
      expect(doubleOfBits(machine.callWide("__floatsidf", value))).toBe(value);
      expect(doubleOfBits(machine.callWide("__floatunsidf", value))).toBe(value >>> 0);
      expect(machine.call("__fixdfsi", ...pairOfDouble(value + (value < 0 ? -0.5 : 0.5)))).toBe(value);
      expect(machine.call("__fixunsdfsi", ...pairOfDouble((value >>> 0) + 0.5)) >>> 0).toBe(value >>> 0);
    }),
  );
  expect(machine.call("__fixdfsi", ...pairOfDouble(1e20))).toBe(0x7fffffff);
  expect(machine.call("__fixdfsi", ...pairOfDouble(-1e20))).toBe(-0x80000000);
  expect(machine.call("__fixunssfsi", bitsOfSingle(3.7))).toBe(3);
});

test("singles and doubles convert into each other, rounding to nearest even", () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(singleOfBits(machine.call("__truncdfsf2", ...pairOfDouble(value)))).toBe(Math.fround(value));
      const narrow = Math.fround(value);
      expect(doubleOfBits(machine.callWide("__extendsfdf2", bitsOfSingle(narrow)))).toBe(narrow);
    }),
  );
});

test("64-bit integer functions agree with big integers", () => {
  const wide = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value);
  const check = (name: string, x: bigint, y: bigint, expected: bigint): void => {
    expect(machine.callWide(name, ...halves(x), ...halves(y))).toBe(BigInt.asIntN(64, expected));
  };
  fc.assert(
    fc.property(wide, fc.oneof(wide, fc.bigInt({ min: -99n, max: 99n })), (x, y) => {
      check("__muldi3", x, y, x * y);
      if (y === 0n) return;
      check("__divdi3", x, y, x / y);
      check("__udivdi3", x, y, unsigned(x) / unsigned(y));
      check("__umoddi3", x, y, unsigned(x) % unsigned(y));
    }),
  );
});

test("32-bit integer functions agree with the host's arithmetic", () => {
  fc.assert(
    fc.property(int32, fc.oneof(int32, fc.integer({ min: -9, max: 9 })), (x, y) => {
      expect(machine.callWide("__umulsidi3", x, y)).toBe(BigInt.asIntN(64, BigInt(x >>> 0) * BigInt(y >>> 0)));
      if (y === 0) return;
      expect(machine.call("__divsi3", x, y)).toBe((x / y) | 0);
      expect(machine.call("__udivsi3", x, y) >>> 0).toBe(Math.floor((x >>> 0) / (y >>> 0)));
      expect(machine.call("__umodsi3", x, y) >>> 0).toBe((x >>> 0) % (y >>> 0));
    }),
  );
});
