/** The loader's numbers beside those of Espressif's own programs and of published lists. */
import { ESP8266ROM } from "esptool-js/lib/targets/esp8266.js";
import { expect, test } from "vitest";
import { flashMakerOf, flashSizeOf } from "./chip.ts";
import {
  BLOCK,
  CHIP_MAGIC,
  ESP8266_MAGIC,
  REGISTERS,
  ROM_RAM_BLOCK,
  SECTOR,
  STUB_READ_PACKET,
  STUB_SYNC_VALUE,
  STUB_WRITE_BLOCK,
  UART_DIVIDER_MASK,
} from "./tables.ts";

const theirs = new ESP8266ROM();

test("registers are where Espressif's esptool-js finds them on an ESP8266", () => {
  const { EFUSE_RD_REG_BASE: efuse, SPI_REG_BASE: spi } = theirs;
  expect(REGISTERS).toEqual({
    // esptool, loader.py: CHIP_DETECT_MAGIC_REG_ADDR.
    chipMagic: 0x40001000,
    efuse0: efuse,
    efuse1: efuse + 4,
    efuse2: efuse + 8,
    efuse3: efuse + 12,
    uartClockDivider: theirs.UART_CLKDIV_REG,
    // ESP8266 Technical Reference, UART registers: UART_AUTOBAUD, UART_LOWPULSE and UART_HIGHPULSE follow the divider.
    uartAutobaud: theirs.UART_CLKDIV_REG + 4,
    uartLowPulse: theirs.UART_CLKDIV_REG + 0x14,
    uartHighPulse: theirs.UART_CLKDIV_REG + 0x18,
    // The first register of the block.
    spiCommand: spi,
    spiUser: spi + theirs.SPI_USR_OFFS,
    spiUser1: spi + theirs.SPI_USR1_OFFS,
    spiUser2: spi + theirs.SPI_USR2_OFFS,
    spiWord0: spi + theirs.SPI_W0_OFFS,
  });
  expect(UART_DIVIDER_MASK).toBe(theirs.UART_CLKDIV_MASK);
});

test("an ESP8266 is known by the number that esptool-js knows it by", () => {
  expect([ESP8266_MAGIC]).toEqual(theirs.CHIP_DETECT_MAGIC_VALUE);
  expect(CHIP_MAGIC[ESP8266_MAGIC]).toBe("ESP8266");
});

/** esptool 4.7, targets/esp32*.py: CHIP_DETECT_MAGIC_VALUE. */
test.each([
  ["ESP32", [0x00f01d83]],
  ["ESP32-S2", [0x000007c6]],
  ["ESP32-S3", [0x00000009]],
  ["ESP32-C3", [0x6921506f, 0x1b31506f, 0x4881606f, 0x4361606f]],
  ["ESP32-C2", [0x6f51306f, 0x7c41a06f]],
  ["ESP32-C6", [0x2ce0806f]],
  ["ESP32-H2", [0xd7b73e80]],
  ["ESP32-P4", [0x00000000]],
])("an %s is named, whichever of its ROMs answers", (name, magics) => {
  expect(magics.map((magic) => CHIP_MAGIC[magic])).toEqual(magics.map(() => name));
});

/** flashrom, include/flashchips.h, and Arduino core for ESP8266, cores/esp8266/spi_vendors.h: 1 MiB chips' RDID. */
test.each([
  ["Winbond W25Q80.V", 0x1440ef, "Winbond"],
  ["GigaDevice GD25Q80", 0x1440c8, "GigaDevice"],
  ["Macronix MX25L8005", 0x1420c2, "Macronix"],
  ["EON EN25Q80", 0x14301c, "EON"],
  ["Puya P25Q80H", 0x146085, "Puya"],
  ["XTX XT25F08", 0x14400b, "XTX"],
  ["Zetta ZD25Q80", 0x1442ba, "Zetta"],
  ["ISSI IS25LP080", 0x14609d, "ISSI"],
  ["Fudan FM25Q08", 0x1440a1, "Fudan"],
  ["Zbit ZB25VQ80", 0x14405e, "Zbit"],
  ["XMC XM25QH80 and Micron N25Q008 (JEP106 has them under ST's number)", 0x144020, "Micron or XMC"],
  ["Berg Micro BG25Q80A", 0x1440e0, "Berg Micro"],
  ["GigaDevice MD25D80", 0x144051, "GigaDevice (51)"],
])("the flash id of %s tells its maker and 1 MiB", (_chip, id, maker) => {
  expect(flashMakerOf(id)).toBe(maker);
  expect(flashSizeOf(id)).toBe(0x100000);
});

test("flash is erased in sectors of 4 KiB and blocks of 64 KiB", () => {
  // Winbond W25Q80DV, sections 8.2.22 and 8.2.24; the ROM's SPIEraseSector and SPIEraseBlock.
  expect([SECTOR, BLOCK]).toEqual([4096, 65_536]);
});

test("blocks are as large as esptool's for the ESP8266", () => {
  // esptool, loader.py: ESP_RAM_BLOCK.
  expect(ROM_RAM_BLOCK).toBe(0x1800);
  expect(STUB_WRITE_BLOCK).toBe(theirs.FLASH_WRITE_SIZE);
});

test("flash is read in packets that a stub takes: a divisor of a sector", () => {
  expect(SECTOR % STUB_READ_PACKET).toBe(0);
  expect(STUB_READ_PACKET).toBeGreaterThan(1);
});

test("a stub answers SYNC with the value 0", () => {
  // esptool, loader.py, sync(): "Sync to Stub should return value 0x00000000".
  expect(STUB_SYNC_VALUE).toBe(0);
});
