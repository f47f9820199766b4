import { expect, test } from "vitest";
import { protectedRange } from "./block-protect.ts";
import { NOR_COMMAND as C, type FLASH_PARTS } from "./flash-parts.ts";
import { NorFlash } from "./nor-flash.ts";

const NONE = new Uint8Array(0);
const make = (options = {}) => new NorFlash({ contents: new Uint8Array(0x100000).fill(0x5a), ...options });

test("programming only clears bits, and only after WREN, which it uses up", () => {
  const flash = make();
  expect(flash.program(0x100, Uint8Array.of(0x0f), 0)).toBe(false);
  flash.setWriteEnable(true, 0);
  expect(flash.readStatus(0) & 2).toBe(2);
  expect(flash.program(0x100, Uint8Array.of(0x0f), 0)).toBe(true);
  expect(flash.readStatus(29)).toBe(1);
  expect(flash.readStatus(30)).toBe(0);
  expect(flash.memory[0x100]).toBe(0x0a);
  expect(flash.program(0x100, Uint8Array.of(0), 1000)).toBe(false);
  expect(flash.statistics).toMatchObject({ pagePrograms: 1, refused: 2, busyUs: 30 });
});

test("a program takes the longer the more bytes it has", () => {
  const time = (length: number) => {
    const flash = new NorFlash();
    flash.setWriteEnable(true, 0);
    flash.program(0, new Uint8Array(length), 0);
    return flash.busyUntil;
  };
  expect(time(1)).toBe(30);
  expect(time(32)).toBeCloseTo(111.45, 1);
  expect(time(256)).toBe(700);
});

test("a page program that runs over the end of the page wraps to its start", () => {
  const flash = new NorFlash();
  flash.setWriteEnable(true, 0);
  flash.program(0x2fe, Uint8Array.of(1, 2, 3, 4), 0);
  flash.settle(1e6);
  expect([...flash.memory.subarray(0x2fe, 0x302)]).toEqual([1, 2, 0xff, 0xff]);
  expect([...flash.memory.subarray(0x200, 0x202)]).toEqual([3, 4]);
});

test.each([
  ["sector", C.sectorErase, 0x1000, 50_000],
  ["block32", C.block32Erase, 0x8000, 200_000],
  ["block64", C.block64Erase, 0x10000, 280_000],
  ["chip", C.chipErase, 0x100000, 5_000_000],
])("a %s erase sets its aligned range to ones after its time and nothing else", (_name, command, length, time) => {
  const flash = make();
  flash.setWriteEnable(true, 0);
  flash.transact(command, 0x54321, NONE, 0, 10);
  expect(flash.readStatus(10 + time - 1) & 1).toBe(1);
  expect(flash.readStatus(10 + time) & 1).toBe(0);
  const from = 0x54321 & ~(length - 1);
  const erased = flash.memory.reduce((n, byte) => n + (byte === 0xff ? 1 : 0), 0);
  expect(erased).toBe(length);
  expect(flash.memory[from]).toBe(0xff);
  expect(flash.memory[from + length - 1]).toBe(0xff);
});

test("a busy part ignores everything but status reads", () => {
  const flash = make();
  flash.setWriteEnable(true, 0);
  flash.erase("sector", 0, 0);
  expect([...flash.transact(C.read, 0, NONE, 2, 100)]).toEqual([0xff, 0xff]);
  expect([...flash.transact(C.readJedec, 0, NONE, 3, 100)]).toEqual([0xff, 0xff, 0xff]);
  flash.transact(C.writeEnable, 0, NONE, 0, 100);
  expect(flash.readStatus(60_000)).toBe(0);
});

test("power loss in the middle of an erase leaves garbage that follows from the seed", () => {
  const spoil = (seed: number, at: number) => {
    const flash = make({ seed });
    flash.setWriteEnable(true, 0);
    flash.erase("sector", 0x1000, 0);
    flash.powerLost(at);
    expect(flash.memory[0xfff]).toBe(0x5a);
    expect(flash.memory[0x2000]).toBe(0x5a);
    expect(flash.isBusy(at)).toBe(false);
    return flash.memory.slice(0x1000, 0x2000);
  };
  const half = spoil(1, 30_000);
  expect(half).toEqual(spoil(1, 30_000));
  expect(half).not.toEqual(spoil(2, 30_000));
  expect(half.some((byte) => byte !== 0xff && byte !== 0x5a)).toBe(true);
  const early = spoil(1, 1_000);
  expect(early.every((byte) => (byte & ~0x5a) === 0)).toBe(true);
  expect(early.some((byte) => byte !== 0x5a)).toBe(true);
  expect(spoil(1, 50_000).every((byte) => byte === 0xff)).toBe(true);
});

test("power loss in the middle of a page program clears only some of the bits it should", () => {
  const flash = new NorFlash({ seed: 3 });
  flash.setWriteEnable(true, 0);
  flash.program(0, new Uint8Array(256), 0);
  flash.powerLost(350);
  const zeros = flash.memory.subarray(0, 256).reduce((n, byte) => n + 8 - popcount(byte), 0);
  expect(zeros).toBeGreaterThan(850);
  expect(zeros).toBeLessThan(1200);
});

test("identity, SFDP and unique id are read out as the part's data says", () => {
  const flash = new NorFlash({ part: "P25Q80H" });
  expect([...flash.transact(C.readJedec, 0, NONE, 3, 0)]).toEqual([0x85, 0x60, 0x14]);
  const sfdp = flash.transact(C.readSfdp, 0, NONE, 0x54, 0);
  expect(new TextDecoder().decode(sfdp.subarray(0, 4))).toBe("SFDP");
  expect(new DataView(sfdp.buffer).getUint32(0x34, true)).toBe(0x7fffff);
  expect(sfdp[0x31]).toBe(0x20);
  const uid = flash.transact(C.readUniqueId, 0, NONE, 16, 0);
  expect(uid).toEqual(new NorFlash({ part: "P25Q80H" }).transact(C.readUniqueId, 0, NONE, 16, 0));
  expect(uid).not.toEqual(new NorFlash({ part: "P25Q80H", seed: 9 }).transact(C.readUniqueId, 0, NONE, 16, 0));
});

test("the block-protect bits guard the datasheet's areas, and CMP turns them round", () => {
  const bp = (value: number) => protectedRange(value << 2, 0x100000);
  expect(bp(0b00000)).toBeUndefined();
  expect(bp(0b00001)).toEqual({ from: 0xf0000, to: 0x100000 });
  expect(bp(0b00100)).toEqual({ from: 0x80000, to: 0x100000 });
  expect(bp(0b01010)).toEqual({ from: 0, to: 0x20000 });
  expect(bp(0b00101)).toEqual({ from: 0, to: 0x100000 });
  expect(bp(0b10001)).toEqual({ from: 0xff000, to: 0x100000 });
  expect(bp(0b11101)).toEqual({ from: 0, to: 0x8000 });
  expect(protectedRange(0x4000, 0x100000)).toEqual({ from: 0, to: 0x100000 });
  expect(protectedRange(0x4000 | (0b00001 << 2), 0x100000)).toEqual({ from: 0, to: 0xf0000 });
});

test("a protected sector refuses to be erased until the status register is cleared", () => {
  const flash = make();
  flash.setWriteEnable(true, 0);
  flash.transact(C.writeStatus, 0, Uint8Array.of(0b01001 << 2), 0, 0);
  flash.setWriteEnable(true, 10_000);
  expect(flash.erase("sector", 0xf000, 10_000)).toBe(false);
  flash.setWriteEnable(true, 10_000);
  expect(flash.writeStatus(0, 10_000)).toBe(true);
  flash.setWriteEnable(true, 20_000);
  expect(flash.erase("sector", 0xf000, 20_000)).toBe(true);
});

test("a part with Puya's habit takes the new word where others AND", () => {
  const write = (part: keyof typeof FLASH_PARTS) => {
    const flash = new NorFlash({ part, contents: Uint8Array.of(0x00, 0xf0) });
    flash.setWriteEnable(true, 0);
    flash.program(0, Uint8Array.of(0xff, 0x3c), 0);
    flash.settle(1e6);
    return [...flash.memory.subarray(0, 2)];
  };
  expect(write("P25Q80H")).toEqual([0x00, 0x30]);
  expect(write("P25Q80H-overwriting")).toEqual([0xff, 0x3c]);
});

function popcount(byte: number): number {
  let bits = 0;
  for (let bit = 0; bit < 8; bit++) bits += (byte >> bit) & 1;
  return bits;
}

test("a weakened program or erase leaves one bit as it was, once, and says nothing", () => {
  const flash = new NorFlash({ contents: new Uint8Array(0x2000).fill(0xff), seed: 3 });
  const wrongBits = (from: number, wanted: number) =>
    [...flash.memory.subarray(from, from + 0x100)]
      .map((byte) => (byte ^ wanted).toString(2).replaceAll("0", "").length)
      .reduce((sum, bits) => sum + bits, 0);
  const program = (page: number) => {
    flash.setWriteEnable(true, 0);
    expect(flash.program(page, new Uint8Array(256), flash.busyUntil + 1)).toBe(true);
    flash.settle(flash.busyUntil);
  };
  flash.weaken("program");
  program(0);
  program(0x100);
  expect([wrongBits(0, 0), wrongBits(0x100, 0)]).toEqual([1, 0]);
  flash.weaken("erase");
  for (const wrong of [1, 0]) {
    const now = flash.busyUntil + 1;
    flash.setWriteEnable(true, now);
    expect(flash.erase("sector", 0, now)).toBe(true);
    flash.settle(flash.busyUntil);
    expect(wrongBits(0, 0xff) + wrongBits(0x100, 0xff)).toBe(wrong);
  }
});
