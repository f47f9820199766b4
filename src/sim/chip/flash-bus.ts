/**
 * The wires between SPI0 and the flash: the pads of GPIO6 to GPIO11. After a reset they belong to SDIO; software gives
 * them to SPI0 (the ROM's SelectSpiFunction). Until then no command reaches the flash, and what is read is the level of
 * a line that nobody drives: ones. So the id reads ff ffff, there is no SFDP, and a wait for the end of an operation
 * never ends (esptool 5.3, test/test_esptool.py, test_attach_flash; cmds.py, attach_flash).
 */
import { NOR_COMMAND } from "./flash-parts.ts";
import type { NorFlash } from "./nor-flash.ts";

/** Offsets of the pads' registers from the IO multiplexer's base (NONOS SDK, eagle_soc.h, PERIPHS_IO_MUX_SD_*_U). */
export const FLASH_PAD = { clock: 0x1c, data0: 0x20, data1: 0x24, data2: 0x28, data3: 0x2c, command: 0x30 } as const;
/** Function 1 of these pads is SPI0's (eagle_soc.h, FUNC_SPICLK and others); bits 4, 5 and 8 select it. */
export const PAD_FUNCTION_MASK = 0x130;
export const PAD_FUNCTION_SPI = 0x010;
/** What a single-line read needs. The clock's pad is not listed: descriptions of SelectSpiFunction name GPIO7 to 11 only. */
const NEEDED_PADS = [FLASH_PAD.command, FLASH_PAD.data0, FLASH_PAD.data1] as const;

const NOBODY_DRIVES = 0xff;

export class FlashBus {
  readonly #flash: NorFlash;
  readonly #pad: (offset: number) => number;

  /** @param pad reads a register of the IO multiplexer. */
  constructor(flash: NorFlash, pad: (offset: number) => number) {
    this.#flash = flash;
    this.#pad = pad;
  }

  get attached(): boolean {
    return NEEDED_PADS.every((offset) => (this.#pad(offset) & PAD_FUNCTION_MASK) === PAD_FUNCTION_SPI);
  }

  /** See NorFlash.busyUntil. */
  get busyUntil(): number {
    return this.#flash.busyUntil;
  }

  settle(now: number): void {
    this.#flash.settle(now);
  }

  /** One transaction with chip select low; see NorFlash.transact. */
  transact(command: number, address: number, sent: Uint8Array, wanted: number, now: number): Uint8Array {
    if (!this.attached) return new Uint8Array(wanted).fill(NOBODY_DRIVES);
    return this.#flash.transact(command, address, sent, wanted, now);
  }

  /** A command without address, data or answer. */
  command(command: number, now: number): void {
    this.transact(command, 0, NOTHING, 0, now);
  }

  /** As the controller's RDSR sees it: the first status register in bits 7:0, the second in bits 15:8. */
  readStatus(now: number): number {
    return this.attached ? this.#flash.readStatus(now) : (NOBODY_DRIVES << 8) | NOBODY_DRIVES;
  }

  /** Write in progress, as software sees it. */
  isBusy(now: number): boolean {
    return !this.attached || this.#flash.isBusy(now);
  }

  writeEnable(now: number): void {
    this.command(NOR_COMMAND.writeEnable, now);
  }
}

const NOTHING = new Uint8Array(0);
