import { expect, test } from "vitest";
import { toHex } from "../bytes.ts";
import { chipVariant, crystalOf, flashMakerOf, flashSizeOf, macDigits, mayBeAt, stationMac } from "./chip.ts";

test("the efuses of an ESP8285N08 give variant and MAC as esptool reads them", () => {
  // Words that esptool 4.7 was seen to call "ESP8285N08", c4:4f:33:a1:b2:12.
  const words = [0x12000010, 0x0200a1b2, 0x12019000, 0x00c44f33] as const;
  expect(chipVariant(words)).toEqual({ chip: "ESP8285", variant: "ESP8285N08" });
  expect(toHex(stationMac(words)!)).toBe("c44f33a1b212");
});

test("an ESP8266EX without an OUI of its own takes Espressif's by number, and none where the number is unknown", () => {
  expect(chipVariant([0xab000000, 0x0000cdef, 0x00009000, 0])).toEqual({ chip: "ESP8266EX", variant: "ESP8266EX" });
  expect(toHex(stationMac([0xab000000, 0x0000cdef, 0, 0])!)).toBe("18fe34cdefab");
  expect(toHex(stationMac([0xab000000, 0x0001cdef, 0, 0])!)).toBe("acd074cdefab");
  expect(stationMac([0xab000000, 0x0002cdef, 0, 0])).toBeUndefined();
});

test("flash ids tell maker and size, and nonsense tells nothing", () => {
  expect(flashSizeOf(0x1440c8)).toBe(0x100000);
  expect(flashMakerOf(0x1440c8)).toBe("GigaDevice");
  expect(flashMakerOf(0x146085)).toBe("Puya");
  expect(flashSizeOf(0x000000)).toBeUndefined();
  expect(flashSizeOf(0xffffff)).toBeUndefined();
});

test("the divider the ROM chose tells a 26 from a 40 MHz crystal", () => {
  expect(crystalOf(451, 115200)).toBe(26);
  expect(crystalOf(694, 115200)).toBe(40);
  expect([mayBeAt(451, 115200), mayBeAt(694, 115200), mayBeAt(226, 230400)]).toEqual([true, true, true]);
  expect([mayBeAt(226, 460800), mayBeAt(226, 115200), mayBeAt(113, 230400)]).toEqual([false, false, false]);
});

test("a typed MAC is read in every usual notation and nothing else", () => {
  for (const typed of ["C4:4F:33:A1:B2:12", "c44f33a1b212", "c4-4f-33-a1-b2-12", "c44f.33a1.b212"]) {
    expect(macDigits(typed)).toBe("c44f33a1b212");
  }
  expect(macDigits("c4:4f:33:a1:b2")).toBeUndefined();
  expect(macDigits("yes")).toBeUndefined();
});
