import { expect, test } from "vitest";
import { BlockTime, ROM_CLOCKS } from "../../../test/support/chip-time.ts";
import { FlashBus, PAD_FUNCTION_SPI } from "./flash-bus.ts";
import { NorFlash } from "./nor-flash.ts";
import { SPI, SPI_CMD } from "./registers.ts";
import { SpiFlashController } from "./spi-flash-controller.ts";

function setUp() {
  const time = new BlockTime();
  const flash = new NorFlash({ contents: Uint8Array.from({ length: 0x1000 }, (_, i) => i & 0xff) });
  let charged = 0;
  const bus = new FlashBus(flash, () => PAD_FUNCTION_SPI);
  const spi = new SpiFlashController(bus, time, ROM_CLOCKS, (us) => {
    charged += us;
  });
  const command = (bits: number): void => spi.write(SPI.cmd, bits);
  const status = (): number => {
    command(SPI_CMD.readStatus);
    return spi.read(SPI.rdStatus);
  };
  return { time, flash, spi, command, status, charged: () => charged };
}

test("a read command fills the buffer words and costs the time of its bytes on the bus", () => {
  const { spi, command, charged } = setUp();
  spi.write(SPI.ctrl, 0x101); // half of APB
  spi.write(SPI.addr, 0x20000102);
  command(SPI_CMD.read);
  expect(spi.read(SPI.cmd)).toBe(0);
  expect(spi.read(SPI.w0)).toBe(0x05040302);
  expect(spi.read(SPI.w0 + 28)).toBe(0x21201f1e);
  expect(charged()).toBeCloseTo((36 * 8) / 26, 6);
});

test("an erase by command bits shows WIP until its time is over, and then wakes the core", () => {
  const { time, flash, spi, command, status } = setUp();
  command(SPI_CMD.writeEnable);
  expect(status()).toBe(2);
  spi.write(SPI.addr, 0x1000);
  command(SPI_CMD.sectorErase);
  expect(status()).toBe(1);
  time.pass(49_999);
  expect(status()).toBe(1);
  time.pass(2);
  expect(status()).toBe(0);
  expect(flash.memory[0x0f00]).toBe(0);
});

test("polling the status in a loop is not taken for a change, starting something is", () => {
  const { time, spi, command } = setUp();
  command(SPI_CMD.writeEnable);
  command(SPI_CMD.sectorErase);
  const before = time.touches;
  for (let i = 0; i < 10; i++) {
    spi.write(SPI.rdStatus, 0);
    command(SPI_CMD.readStatus);
  }
  expect(time.touches).toBe(before);
  spi.write(SPI.w0, 1);
  command(SPI_CMD.writeEnable);
  expect(time.touches).toBe(before + 2);
});

test("a page program takes its bytes from the buffer", () => {
  const { time, flash, spi, command } = setUp();
  flash.memory.fill(0xff);
  spi.write(SPI.w0, 0x44332211);
  spi.write(SPI.w0 + 4, 0x88776655);
  command(SPI_CMD.writeEnable);
  spi.write(SPI.addr, (6 << 24) | 0x2000);
  command(SPI_CMD.pageProgram);
  time.pass(1000);
  expect([...flash.memory.subarray(0x2000, 0x2008)]).toEqual([0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0xff, 0xff]);
});

/** USER registers as esptool sets them for run_spiflash_command. */
function user(spi: SpiFlashController, opcode: number, readBits: number, writeBits = 0): void {
  spi.write(SPI.user, (0x80000000 | (readBits > 0 ? 0x10000000 : 0) | (writeBits > 0 ? 0x08000000 : 0)) >>> 0);
  spi.write(SPI.user1, ((readBits > 0 ? readBits - 1 : 0) << 8) | ((writeBits > 0 ? writeBits - 1 : 0) << 17));
  spi.write(SPI.user2, (7 << 28) | opcode);
  spi.write(SPI.cmd, SPI_CMD.user);
}

test("user-defined transactions read the JEDEC id, SFDP and both status registers, and write them", () => {
  const { time, spi } = setUp();
  user(spi, 0x9f, 24);
  expect(spi.read(SPI.w0) & 0xffffff).toBe(0x1440c8);
  spi.write(SPI.user, 0);
  spi.write(SPI.w0, 0x4004);
  user(spi, 0x06, 0);
  spi.write(SPI.w0, 0x4004);
  user(spi, 0x01, 0, 16);
  time.pass(10_000);
  user(spi, 0x05, 8);
  expect(spi.read(SPI.w0) & 0xff).toBe(0x04);
  user(spi, 0x35, 8);
  expect(spi.read(SPI.w0) & 0xff).toBe(0x40);
});

test("an SFDP read sends its address and dummy byte", () => {
  const { spi } = setUp();
  spi.write(SPI.user, (0x80000000 | 0x40000000 | 0x20000000 | 0x10000000) >>> 0);
  spi.write(SPI.user1, ((23 << 26) | (31 << 8) | 7) >>> 0);
  spi.write(SPI.user2, (7 << 28) | 0x5a);
  spi.write(SPI.addr, 0);
  spi.write(SPI.cmd, SPI_CMD.user);
  expect(spi.read(SPI.w0)).toBe(0x50444653);
});
