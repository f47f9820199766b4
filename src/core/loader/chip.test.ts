import { expect, test } from "vitest";
import { toHex } from "../bytes.ts";
import { chipVariant, crystalOf, flashMakerOf, flashSizeOf, macDigits, macText, mayBeAt, stationMac } from "./chip.ts";

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

const BIT = (bit: number): number => 2 ** bit;

/** esptool, targets/esp8266.py: get_chip_description() and _get_flash_size(); bits of words 0, 2 and 3. */
test.each([
  [[], [], [], "ESP8266EX"],
  [[5], [], [25, 26], "ESP8266EX"],
  [[4], [], [], "ESP8285N08"],
  [[4, 5], [], [], "ESP8285H08"],
  [[4], [], [26], "ESP8285N16"],
  [[4, 5], [], [26], "ESP8285H16"],
  [[4], [16], [25], "ESP8285"],
  [[4], [], [27], "ESP8285"],
  [[], [16], [], "ESP8285"],
  [[], [16], [25], "ESP8285N16"],
  [[5], [16], [25], "ESP8285H16"],
  [[], [16], [25, 26], "ESP8285"],
  [[], [16], [25, 27], "ESP8285"],
])("efuse bits %j, %j and %j make an %s", (first, third, fourth, variant) => {
  const word = (bits: readonly number[]): number => bits.reduce((sum, bit) => sum + BIT(bit), 0);
  const chip = variant === "ESP8266EX" ? "ESP8266EX" : "ESP8285";
  expect(chipVariant([word(first), 0, word(third), word(fourth)])).toEqual({ chip, variant });
});

test("other efuse bits than those that esptool reads change nothing", () => {
  const all = 0xffffffff;
  expect(chipVariant([all - BIT(4) - BIT(5), all, all - BIT(16), all]).variant).toBe("ESP8266EX");
  const others = all - BIT(25) - BIT(26) - BIT(27);
  expect(chipVariant([all - BIT(5), all, all, others]).variant).toBe("ESP8285N08");
});

test("each byte of a MAC is taken whole from its place in the efuses", () => {
  // esptool, targets/esp8266.py: read_mac().
  expect(toHex(stationMac([0xff000000, 0x0000ffff, 0, 0x00ffffff])!)).toBe("ffffffffffff");
  expect(toHex(stationMac([0x56ffffff, 0xffff1234, 0, 0xff00abcd])!)).toBe("00abcd123456");
  expect(toHex(stationMac([0, 0, 0, 0x00000001])!)).toBe("000001000000");
});

test("a MAC is shown with colons, as on a label", () => {
  expect(macText(Uint8Array.of(0xc4, 0x4f, 0x33, 0x0a, 0x00, 0xff))).toBe("c4:4f:33:0a:00:ff");
});

test.each([
  [0x12, 256 * 1024],
  [0x14, 1024 * 1024],
  [0x18, 16 * 1024 * 1024],
  [0x11, undefined],
  [0x19, undefined],
])("a flash id with capacity %i stands for %s bytes", (capacity, size) => {
  // esptool, cmds.py: DETECTED_FLASH_SIZES; an ESP8266 maps no more than 16 MiB.
  expect(flashSizeOf((capacity << 16) | 0x40c8)).toBe(size);
});

test("a flash id without a maker is the idle line, whatever its capacity", () => {
  expect(flashSizeOf(0x144000)).toBeUndefined();
  expect(flashSizeOf(0x1440ff)).toBeUndefined();
  expect(flashSizeOf(0x144001)).toBe(0x100000);
  expect(flashSizeOf(0x1440fe)).toBe(0x100000);
});

test("a maker that is not in the list is told by its number", () => {
  expect(flashMakerOf(0x144003)).toBe("unknown maker 0x03");
  expect(flashMakerOf(0x1440fd)).toBe("unknown maker 0xfd");
});

test.each([
  [0.91, true],
  [1.09, true],
  [0.89, false],
  [1.11, false],
])("a divider %d times that of a 26 MHz crystal fits a rate: %s", (factor, fits) => {
  // The ROM's UART runs at twice the crystal: ESP8266 Technical Reference, UART_CLKDIV.
  const divider = (26e6 * 2) / 115_200;
  expect(mayBeAt(divider * factor, 115_200)).toBe(fits);
});

test("a 40 MHz crystal fits within a tenth as well", () => {
  const divider = (40e6 * 2) / 115_200;
  expect([0.91, 1.09].map((factor) => mayBeAt(divider * factor, 115_200))).toEqual([true, true]);
  expect([0.89, 1.11].map((factor) => mayBeAt(divider * factor, 115_200))).toEqual([false, false]);
});

test("the crystal is the nearer of the two that exist", () => {
  const dividerAt = (mhz: number): number => (mhz * 2e6) / 115_200;
  expect([24, 26, 32.9].map((mhz) => crystalOf(dividerAt(mhz), 115_200))).toEqual([26, 26, 26]);
  expect([33.1, 40, 43].map((mhz) => crystalOf(dividerAt(mhz), 115_200))).toEqual([40, 40, 40]);
});
