/**
 * The loader protocol's numbers: error codes, registers, chip and flash ids. Facts only.
 *
 * Sources: Espressif, "Serial Protocol" (esptool documentation); esp-flasher-stub, response codes;
 * ESP8266 Technical Reference; JEDEC JEP106 for flash makers.
 */
import { say, type Text } from "../text/text.ts";

/** First status byte is not 0: the command failed, for the reason in the second (ROM) or in the first (stub). */
export const ROM_ERRORS: Readonly<Record<number, Text>> = {
  0x05: say`the message was invalid or came out of turn`,
  0x06: say`the command was understood but failed`,
  0x07: say`the checksum did not match`,
  0x08: say`writing to flash failed: read back differently`,
  0x09: say`reading flash failed`,
  0x0a: say`reading flash failed: wrong length`,
  0x0b: say`inflating failed`,
};

/** ROM: bytes were lost or damaged on the way; the download stays failed until it is started again. */
export const ROM_ERROR_DAMAGED = 7;

export const STUB_ERRORS: Readonly<Record<number, Text>> = {
  0xc0: say`the length of the data did not match`,
  0xc1: say`the checksum of the data did not match`,
  0xc2: say`the block size is not supported`,
  0xc3: say`the command is unknown`,
  0xc4: say`the flash refused to read, erase or program`,
  0xc5: say`the flash could not be unlocked`,
  0xc6: say`no flash operation had been started`,
  0xc7: say`the compressed data could not be inflated`,
  0xc8: say`less data came than was announced`,
  0xc9: say`more data came than was announced`,
  0xff: say`the command is not implemented`,
};

/** Stub: the frame itself was damaged, the command was not acted upon and may be sent again. */
export const STUB_DAMAGED_FRAME: ReadonlySet<number> = new Set([192, 193]);

export const REGISTERS = {
  /** Reads differently on every Espressif chip's ROM. */
  chipMagic: 0x40001000,
  efuse0: 0x3ff00050,
  efuse1: 0x3ff00054,
  efuse2: 0x3ff00058,
  efuse3: 0x3ff0005c,
  uartClockDivider: 0x60000014,
  uartAutobaud: 0x60000018,
  uartLowPulse: 0x60000028,
  uartHighPulse: 0x6000002c,
  spiCommand: 0x60000200,
  spiUser: 0x6000021c,
  spiUser1: 0x60000220,
  spiUser2: 0x60000224,
  spiWord0: 0x60000240,
} as const;

/** UART_CLKDIV holds the divider in its low 20 bits (ESP8266 Technical Reference, UART registers). */
export const UART_DIVIDER_MASK = 0xfffff;

/** The register at 0x40001000 by chip family (esptool targets). */
export const CHIP_MAGIC: Readonly<Record<number, string>> = {
  0xfff0c101: "ESP8266",
  0xf01d83: "ESP32",
  0x7c6: "ESP32-S2",
  0x09: "ESP32-S3",
  0x6921506f: "ESP32-C3",
  0x1b31506f: "ESP32-C3",
  0x4881606f: "ESP32-C3",
  0x4361606f: "ESP32-C3",
  0x6f51306f: "ESP32-C2",
  0x7c41a06f: "ESP32-C2",
  0x2ce0806f: "ESP32-C6",
  0xd7b73e80: "ESP32-H2",
  0x00: "ESP32-P4",
};

export const ESP8266_MAGIC = 0xfff0c101;

/** JEDEC manufacturer, low byte of the id as RDID (0x9f) returns it. */
export const FLASH_MAKERS: Readonly<Record<number, string>> = {
  0x0b: "XTX",
  0x1c: "EON",
  0x20: "Micron or XMC",
  0x51: "GigaDevice (51)",
  0x5e: "Zbit",
  0x85: "Puya",
  0x9d: "ISSI",
  0xa1: "Fudan",
  0xba: "Zetta",
  0xc2: "Macronix",
  0xc8: "GigaDevice",
  0xe0: "Berg Micro",
  0xef: "Winbond",
};

/** The flasher keeps to these; sizes are given to ROM and stubs in them. */
export const SECTOR = 0x1000;
export const BLOCK = 0x10000;
/** Largest block the ROM takes into RAM (esptool, ESP_RAM_BLOCK). */
export const ROM_RAM_BLOCK = 0x1800;
/** Largest block both stubs take for flash writes. */
export const STUB_WRITE_BLOCK = 0x4000;
/**
 * Packet asked for when reading; both stubs take up to 4096. What they do between two packets takes time in proportion,
 * so small ones cost two bytes each, and a stream that shall end does so sooner.
 */
export const STUB_READ_PACKET = 0x200;

/** Value of the SYNC reply that only a stub gives; the ROM's echoes the first word of the payload. */
export const STUB_SYNC_VALUE = 0;
