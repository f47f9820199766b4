/**
 * Who is there: family, variant, MAC, crystal through the registers of a ROM or stub that answers SYNC; flash id
 * through the SPI controller. Reads only, but for the SPI controller's own command registers.
 *
 * Sources: esptool targets/esp8266.py (registers), ESP8266 Technical Reference (SPI_USER bits), JEDEC RDID.
 */

import { toHex } from "../../core/bytes.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import {
  chipVariant,
  crystalOf,
  type EfuseWords,
  flashMakerOf,
  flashSizeOf,
  macText,
  stationMac,
} from "../../core/loader/chip.ts";
import { CHIP_MAGIC, ESP8266_MAGIC, REGISTERS, UART_DIVIDER_MASK } from "../../core/loader/tables.ts";
import { say } from "../../core/text/text.ts";
import type { ChipLink } from "./chip-link.ts";
import { RETRIES } from "./timing.ts";

/** What is known before a stub runs, without touching the flash. */
export type CoreIdentity = Pick<ChipIdentity, "chip" | "variant" | "mac" | "plug" | "crystalMhz"> & {
  readonly macBytes: Uint8Array;
};

/** Identifies it and puts wires on record for the plug it is. Errors: as identifyCore; disk-full, file-* of the record. */
export async function readCoreIdentity(link: ChipLink): Promise<CoreIdentity> {
  const core = await identifyCore(link);
  await link.port.line.met(core.plug);
  return core;
}

/** Errors: wrong-chip (by name), not-supported (efuses that make no sense), bad-reply (never twice alike), no-reply, line-lost. */
export async function identifyCore(link: ChipLink): Promise<CoreIdentity> {
  let magic = await link.readReg(REGISTERS.chipMagic);
  if (magic !== ESP8266_MAGIC) magic = await link.readReg(REGISTERS.chipMagic);
  if (magic !== ESP8266_MAGIC) throw wrongChip(magic);
  let core = await readAlike(link, () => readCore(link));
  if (macOf(core) === undefined) {
    // Late answers to earlier questions would come alike too: once more on a link that is brought in step first.
    await link.recover();
    core = await readAlike(link, () => readCore(link));
  }
  const macBytes = macOf(core);
  if (macBytes === undefined) {
    throw new PlugsmithError("not-supported", {
      message: say`The chip's efuses do not contain a valid MAC address.`,
      step: "identify",
      plugState: say`untouched`,
      nextStep: say`Check the wires and try again. plugsmith does not change a chip whose efuses it cannot read.`,
    });
  }
  const [divider, ...words] = core;
  return {
    ...chipVariant(words),
    mac: macText(macBytes),
    plug: toHex(macBytes),
    macBytes,
    crystalMhz: crystalOf(divider, link.port.line.baud),
  };
}

type CoreWords = readonly [divider: number, ...EfuseWords];

function macOf([, ...words]: CoreWords): Uint8Array | undefined {
  return stationMac(words);
}

async function readCore(link: ChipLink): Promise<CoreWords> {
  return [
    (await link.readReg(REGISTERS.uartClockDivider)) & UART_DIVIDER_MASK,
    await link.readReg(REGISTERS.efuse0),
    await link.readReg(REGISTERS.efuse1),
    await link.readReg(REGISTERS.efuse2),
    await link.readReg(REGISTERS.efuse3),
  ];
}

/**
 * Reads until two readings in a row are alike: neither the commands nor the replies carry a checksum, and one bit
 * turned on the way would make this plug another, or its flash half as large.
 */
async function readAlike<T extends readonly number[]>(link: ChipLink, read: () => Promise<T>): Promise<T> {
  let last = await read();
  for (let attempt = 1; attempt <= RETRIES; attempt++) {
    const next = await read();
    if (next.every((word, i) => word === last[i])) return next;
    link.events({
      type: "retry",
      step: link.step,
      attempt,
      reason: say`The chip's identification differs from the first reading.`,
    });
    last = next;
  }
  throw new PlugsmithError("bad-reply", {
    message: say`The chip's identification is different each time it is read.`,
    step: "identify",
    plugState: say`untouched`,
    nextStep: say`Use shorter wires, check the ground connection, and try again. plugsmith does not change a chip that it cannot identify.`,
  });
}

/** SPI_USER: send a command, then read. SPI_CMD: start a user-defined transaction. */
const USER_COMMAND = 0x80000000;
const USER_MISO = 0x10000000;
const COMMAND_USER = 1 << 18;
/** SPI_USER1: length of what is read, bits less one, from bit 8 on. SPI_USER2: command length less one, from bit 28. */
const MISO_BITS_SHIFT = 8;
const COMMAND_8_BITS = 0x70000000;
const RDID = 0x9f;

/**
 * Gives the flash's pins to the chip's SPI controller. The ROM does it in FLASH_BEGIN and nowhere else, stubs when they
 * start (esptool, targets/esp8266.py, flash_spi_attach). Errors: chip-refused, no-reply.
 */
export async function attachFlash(link: ChipLink): Promise<void> {
  if (link.answering !== "rom") return;
  await link.exchangeWithRetry("flashBegin", { size: 0, blocks: 0, blockSize: 0, at: 0 });
}

/** JEDEC id, maker in the low byte; attaches the flash if nobody has. Errors: flash-protected. */
export async function readFlashId(link: ChipLink): Promise<{ flashId: number; flashMaker: string; flashSize: number }> {
  await attachFlash(link);
  const user = await link.readReg(REGISTERS.spiUser);
  const user2 = await link.readReg(REGISTERS.spiUser2);
  const [flashId] = await readAlike(link, async () => [await askFlashId(link)] as const);
  await link.writeReg(REGISTERS.spiUser, user);
  await link.writeReg(REGISTERS.spiUser2, user2);
  const flashSize = flashSizeOf(flashId);
  if (flashSize === undefined) {
    throw new PlugsmithError("flash-protected", {
      message: say`The flash does not identify itself (ID 0x${flashId.toString(16).padStart(6, "0")}).`,
      step: "identify",
      plugState: say`untouched`,
      nextStep: say`Switch the power off and on. If it stays like this, something on the board blocks the flash's pins.`,
      context: { flashId },
    });
  }
  return { flashId, flashMaker: flashMakerOf(flashId), flashSize };
}

async function askFlashId(link: ChipLink): Promise<number> {
  await link.writeReg(REGISTERS.spiUser1, 23 << MISO_BITS_SHIFT);
  await link.writeReg(REGISTERS.spiUser, USER_COMMAND + USER_MISO);
  await link.writeReg(REGISTERS.spiUser2, COMMAND_8_BITS + RDID);
  await link.writeReg(REGISTERS.spiWord0, 0);
  await link.writeReg(REGISTERS.spiCommand, COMMAND_USER);
  for (let look = 0; look < 10 && ((await link.readReg(REGISTERS.spiCommand)) & COMMAND_USER) !== 0; look++);
  return (await link.readReg(REGISTERS.spiWord0)) & 0xffffff;
}

function wrongChip(magic: number): PlugsmithError {
  const name = CHIP_MAGIC[magic];
  return new PlugsmithError("wrong-chip", {
    message:
      name === undefined
        ? say`This is not an ESP8266 or ESP8285: its ROM contains 0x${magic.toString(16).padStart(8, "0")} instead of 0x${ESP8266_MAGIC.toString(16)}.`
        : say`The chip is of the type ${name}. plugsmith supports the ESP8266 and the ESP8285.`,
    step: "identify",
    plugState: say`untouched`,
    nextStep: say`Use the chip maker's tool. Plugs that are sold under one name can contain different chips.`,
    context: { expected: ESP8266_MAGIC, actual: magic, chip: name },
  });
}
