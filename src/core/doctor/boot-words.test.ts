import { expect, test } from "vitest";
import { isLoadable } from "./boot-words.ts";

/** ESP8266 Technical Reference, memory map: data RAM and what lies below it, instruction RAM, the peripherals' registers. */
test.each([
  ["data RAM", 0x3ff00000, 0x40000000],
  ["code RAM", 0x40100000, 0x40110000],
  ["registers", 0x60000000, 0x60002000],
])("an image can be loaded to %s from its first byte to its last", (_, from, end) => {
  expect([from, end - 1].map(isLoadable)).toEqual([true, true]);
  expect([from - 1, end].map(isLoadable)).toEqual([false, false]);
});

test("an image cannot be loaded to the addresses that erased or zeroed flash yields", () => {
  expect([0xffffffff, 0].map(isLoadable)).toEqual([false, false]);
});
