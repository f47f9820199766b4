import { expect, test } from "vitest";
import { concatBytes, equalBytes, filledWith, toHex, u16le, u32le } from "./bytes.ts";

const of = (...bytes: readonly number[]): Uint8Array => Uint8Array.from(bytes);

test("parts are joined in order, empty ones included", () => {
  expect(concatBytes(of(1, 2), of(), of(3))).toEqual(of(1, 2, 3));
  expect(concatBytes()).toEqual(of());
});

test.each([
  ["the same bytes are equal", [1, 2], [1, 2], true],
  ["no bytes equal no bytes", [], [], true],
  ["another first byte is different", [1, 2], [0, 2], false],
  ["another last byte is different", [1, 2], [1, 0], false],
  ["a beginning is not the whole", [1, 2], [1, 2, 3], false],
  ["the whole is not its beginning", [1, 2, 3], [1, 2], false],
])("%s", (_name, a, b, equal) => {
  expect(equalBytes(Uint8Array.from(a), Uint8Array.from(b))).toBe(equal);
});

test("bytes are written as two lower-case hex digits each", () => {
  expect(toHex(of(0x00, 0x0a, 0x7f, 0xc4, 0xff))).toBe("000a7fc4ff");
});

test("an area is filled with a value only if each byte is that value", () => {
  expect(filledWith(of(0xff, 0xff), 0xff)).toBe(true);
  expect(filledWith(of(), 0xff)).toBe(true);
  expect(filledWith(of(0xff, 0xfe), 0xff)).toBe(false);
  expect(filledWith(of(0x00, 0xff), 0xff)).toBe(false);
});

test("words are read little-endian and without a sign", () => {
  expect(u32le(of(0x99, 0x78, 0x56, 0x34, 0xf2), 1)).toBe(0xf2345678);
  expect(u32le(of(0xff, 0xff, 0xff, 0xff), 0)).toBe(0xffffffff);
  expect(u16le(of(0x99, 0x34, 0xf2), 1)).toBe(0xf234);
});
