import { expect, test } from "vitest";
import { eraseMs, md5Ms, wireMs, writeMs } from "./timing.ts";

const MEGABYTE = 0x100000;

test("a byte takes ten bits on the wire", () => {
  expect(wireMs(11_520, 115_200)).toBe(1000);
  expect(wireMs(1, 1_000_000)).toBe(0.01);
});

test("a digest may take 8 s for each megabyte, as in esptool, and at least 50 ms", () => {
  // esptool, loader.py, MD5_TIMEOUT_PER_MB.
  expect(md5Ms(MEGABYTE) - md5Ms(0)).toBe(8000);
  expect(md5Ms(0)).toBe(50);
});

test("writing may take 40 s for each megabyte, as in esptool, beside one erase of a 64 KiB block", () => {
  // esptool, loader.py, ERASE_WRITE_TIMEOUT_PER_MB. GD25Q80 data sheet: block erase 64 KiB, at most 2 s.
  expect(writeMs(MEGABYTE) - writeMs(0)).toBe(40_000);
  expect(writeMs(0)).toBe(2500);
});

test.each([
  // A second for the answer, and GD25Q80 data sheet: sector erase, at most 400 ms.
  ["a sector", 0x1000, 1400],
  ["sixteen sectors", 0x10000, 6750],
  // Chip erase: at most 60 s for each megabyte, which is less than 256 sectors one by one.
  ["a megabyte", MEGABYTE, 63_000],
  ["four megabytes", 4 * MEGABYTE, 243_000],
])("erasing %s may take as long as the data sheet allows", (_, length, ms) => {
  expect(eraseMs(length)).toBe(ms);
});
