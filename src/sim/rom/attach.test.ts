/**
 * The flash before and after it is attached. Public sources: esptool 5.3, test/test_esptool.py, test_attach_flash (no id
 * and no SFDP before), cmds.py, attach_flash ("ROM loader doesn't enable flash unless we explicitly do it") and
 * targets/esp8266.py, flash_spi_attach (FLASH_BEGIN of 0 bytes); espressif/esptool issue 397 (SPI_USER and SPI_USER2
 * of a real chip after it).
 */
import { expect, test } from "vitest";
import {
  callRom,
  chipRig,
  connectedRig,
  exchange,
  packet,
  type Rig,
  readRegister,
  words,
  writeRegister,
} from "../../../test/support/chip-rig.ts";
import { readStub, StubSession } from "../../../test/support/stub-session.ts";

const SPI0 = 0x60000200;
const [CMD, ADDR, RD_STATUS, USER, USER1, USER2, W0] = [0x00, 0x04, 0x10, 0x1c, 0x20, 0x24, 0x40].map(
  (at) => SPI0 + at,
) as [number, number, number, number, number, number, number];
const FLASH_BEGIN_NOTHING = packet(2, words(0, 0, 0x400, 0));
const CONTENTS = Uint8Array.from({ length: 0x1000 }, (_, i) => (i * 7 + 1) & 0xff);
const FLASH = { part: "GD25Q80", contents: CONTENTS } as const;

/** A transaction as esptool's run_spiflash_command makes it; registers are written one by one over the wire. */
function transaction(rig: Rig, command: number, readBits: number, address?: number, dummyBits = 0): number {
  const flags = 0x80000000 + (readBits > 0 ? 0x10000000 : 0) + (address === undefined ? 0 : 0x40000000);
  const addressBits = address === undefined ? 0 : 23 << 26;
  writeRegister(rig, USER1, (addressBits | (Math.max(0, readBits - 1) << 8) | Math.max(0, dummyBits - 1)) >>> 0);
  writeRegister(rig, USER, (flags + (dummyBits > 0 ? 0x20000000 : 0)) >>> 0);
  writeRegister(rig, USER2, 0x70000000 + command);
  if (address !== undefined) writeRegister(rig, ADDR, address << 8);
  writeRegister(rig, W0, 0);
  writeRegister(rig, CMD, 1 << 18);
  return readRegister(rig, W0);
}

/** What a flasher asks a flash, and what a GD25Q80 with these contents answers. */
const QUESTIONS: readonly [string, (rig: Rig) => number, number, number][] = [
  ["JEDEC id", (rig) => transaction(rig, 0x9f, 24), 0xffffff, 0x1440c8],
  ["SFDP signature", (rig) => transaction(rig, 0x5a, 32, 0, 8), 0xffffffff, 0x50444653],
  ["first status register", (rig) => transaction(rig, 0x05, 8), 0xff, 0],
  ["second status register", (rig) => transaction(rig, 0x35, 8), 0xff, 0],
  ["contents", (rig) => transaction(rig, 0x03, 32, 0x10), 0xffffffff, 0x867f7871],
  ["maker and device", (rig) => transaction(rig, 0x90, 16, 0), 0xffff, 0x13c8],
  [
    "JEDEC id by the controller's own command",
    (rig) => {
      writeRegister(rig, CMD, 1 << 28);
      return readRegister(rig, W0) & 0xffffff;
    },
    0xffffff,
    0x1440c8,
  ],
  [
    "status by the controller's own command",
    (rig) => {
      writeRegister(rig, CMD, 1 << 27);
      return readRegister(rig, RD_STATUS) & 0xff;
    },
    0xff,
    0,
  ],
];

const answers = (rig: Rig): [string, number][] => QUESTIONS.map(([name, ask]) => [name, ask(rig)]);
const NOBODY: [string, number][] = QUESTIONS.map(([name, , open]) => [name, open]);
const THE_FLASH: [string, number][] = QUESTIONS.map(([name, , , reported]) => [name, reported]);

test("nobody answers on the flash's pads until FLASH_BEGIN attaches it, and after a reset again", () => {
  const rig = connectedRig({ flash: FLASH });
  expect(answers(rig)).toEqual(NOBODY);
  expect(exchange(rig, FLASH_BEGIN_NOTHING)).toMatch(/^c00102.*0000c0$/);
  expect(answers(rig)).toEqual(THE_FLASH);
  rig.chip.reset(2);
  callRom(rig);
  expect(answers(rig)).toEqual(NOBODY);
});

test("erasing and programming commands that are sent before it is attached change nothing", () => {
  const rig = connectedRig({ flash: FLASH });
  for (const command of [0x06, 0x20, 0x06, 0xd8, 0x06, 0xc7, 0x06, 0x01]) transaction(rig, command, 0, 0);
  for (const bit of [30, 24, 30, 23, 30, 22, 30, 25]) writeRegister(rig, CMD, 2 ** bit);
  expect(Buffer.compare(rig.chip.flash.subarray(0, CONTENTS.length), CONTENTS)).toBe(0);
  expect(rig.flash.statistics).toMatchObject({
    sectorErases: 0,
    block64Erases: 0,
    chipErases: 0,
    pagePrograms: 0,
    statusWrites: 0,
  });
});

test("data sent without FLASH_BEGIN is refused, and FLASH_END without it waits for a flash that is not there", () => {
  const rig = connectedRig({ flash: FLASH });
  expect(exchange(rig, packet(3, [...words(16, 0, 0, 0), ...new Array<number>(16).fill(0)], 0xef))).toBe(
    "c001030200070712200105c0",
  );
  expect(exchange(rig, packet(4, words(1)), 2000)).toBe("");
});

test.each(["current", "legacy"] as const)("the %s stub attaches the flash by its own start", (which) => {
  const rig = chipRig({ gpio0: 0, flash: FLASH });
  new StubSession(rig).upload(readStub(which));
  expect([readRegister(rig, USER), readRegister(rig, USER2)]).toEqual([0x80000044, 0x70000000]);
  expect(answers(rig)).toEqual(THE_FLASH);
});

test("an uploaded program that reads without attaching waits for ever, one that attaches first goes on", () => {
  // L32R a4, SPIRead or spi_flash_attach; MOVI a2, 0; L32R a3, buffer; MOVI a4 …: see the words in front.
  const program = (attaches: boolean): number[] => {
    const call = (literal: number, at: number): number[] => {
      const offset = (literal - ((at + 3) & ~3)) >> 2;
      return [0x81, offset & 0xff, (offset >> 8) & 0xff, 0xc0, 0x08, 0x00];
    };
    const literals = words(0x40004644, 0x40004b1c, 0x3ffe8000, 0x60000000);
    const base = literals.length;
    const code: number[] = [];
    if (attaches) code.push(...call(0, base));
    const bufferAt = base + code.length;
    const offset = (8 - ((bufferAt + 3) & ~3)) >> 2;
    code.push(0x31, offset & 0xff, (offset >> 8) & 0xff); // L32R a3, buffer
    code.push(0x22, 0xa0, 0x00, 0x42, 0xa0, 0x04); // MOVI a2, 0; MOVI a4, 4
    code.push(...call(4, base + code.length));
    const uartAt = base + code.length;
    const uart = (12 - ((uartAt + 3) & ~3)) >> 2;
    code.push(0x31, uart & 0xff, (uart >> 8) & 0xff); // L32R a3, UART0
    code.push(0x22, 0xa0, 0x41, 0x22, 0x63, 0x00); // MOVI a2, 'A'; S32I a2, a3, 0
    code.push(0x06, 0xff, 0xff); // J to itself
    while (code.length % 4 !== 0) code.push(0);
    return [...literals, ...code];
  };
  for (const attaches of [true, false]) {
    const rig = connectedRig({ flash: FLASH });
    const code = program(attaches);
    let sum = 0xef;
    for (const byte of code) sum ^= byte;
    exchange(rig, packet(5, words(code.length, 1, code.length, 0x40100000)));
    exchange(rig, packet(7, [...words(code.length, 0, 0, 0), ...code], sum));
    const reply = exchange(rig, packet(6, words(0, 0x40100010)), 500);
    expect(reply.endsWith("41"), `attaches: ${attaches}`).toBe(attaches);
    expect(rig.chip.incidents).toEqual([]);
  }
});

test("the boot from flash attaches it", () => {
  const rig = chipRig({ flash: FLASH });
  rig.pass(100);
  expect([rig.chip.bus.read32(USER), rig.chip.bus.read32(USER2)]).toEqual([0x80000044, 0x70000000]);
});

test("registers of the flash controller and the UART are what real chips hold before and after FLASH_BEGIN", () => {
  const rig = connectedRig({ flash: FLASH });
  expect([readRegister(rig, USER), readRegister(rig, USER2)]).toEqual([0x80000040, 0x70000000]);
  exchange(rig, FLASH_BEGIN_NOTHING);
  expect([readRegister(rig, USER), readRegister(rig, USER2)]).toEqual([0x80000044, 0x70000000]);
  // SPIFlashCnfig(5, 4): a quarter of the APB clock, and the bits that do not depend on its arguments.
  expect(readRegister(rig, SPI0 + 0x08)).toBe(0x288313);
  for (const pad of [0x1c, 0x20, 0x24, 0x28, 0x2c, 0x30]) {
    expect(readRegister(rig, 0x60000800 + pad) & 0x130).toBe(0x10);
  }
});
