import { expect, test } from "vitest";
import { isPlugsmithError } from "../../core/errors.ts";
import type { ChipLink } from "./chip-link.ts";
import { identifyCore } from "./identify.ts";

/** Answers register reads from a table and takes note of what else is asked of it. */
function registers(values: Readonly<Record<number, number>>): { link: ChipLink; read: number[] } {
  const read: number[] = [];
  const link = {
    readReg: (address: number) => {
      read.push(address);
      return Promise.resolve(values[address] ?? 0);
    },
    port: { line: { baud: 115200 } },
  };
  return { link: link as unknown as ChipLink, read };
}

test("another chip of the family is refused by its name after one read, untouched", async () => {
  const { link, read } = registers({ 1073745920: 0x00f01d83 });
  const error = await identifyCore(link).catch((thrown: unknown) => thrown);
  expect(isPlugsmithError(error, "wrong-chip")).toBe(true);
  expect(error).toMatchObject({ plugState: "untouched", message: expect.stringContaining("ESP32;") });
  expect(read).toEqual([0x40001000]);
});

test("a ROM nobody knows is refused too", async () => {
  const { link } = registers({ 1073745920: 0x12345678 });
  const error = await identifyCore(link).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "wrong-chip", message: expect.stringContaining("0x12345678") });
});

test("efuses without an address that makes sense stop it before anything is uploaded", async () => {
  const { link } = registers({ 1073745920: 0xfff0c101, 1072693332: 0x00770000 });
  const error = await identifyCore(link).catch((thrown: unknown) => thrown);
  expect(isPlugsmithError(error, "bad-reply")).toBe(true);
});
