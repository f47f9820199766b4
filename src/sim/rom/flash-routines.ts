/**
 * The ROM's flash functions as routines: what they send to the flash, in which pieces, and how they wait. Names as in
 * eagle.rom.addr.v6.ld. A program is done in pieces of 32 bytes, a read too; every operation first waits for the one
 * before, and sets WEL for itself.
 */
import { FLASH_PAD, PAD_FUNCTION_MASK, PAD_FUNCTION_SPI } from "../chip/flash-bus.ts";
import { NOR_COMMAND } from "../chip/flash-parts.ts";
import { BASE, SPI } from "../chip/registers.ts";
import { ROM_DATA } from "./rom-data.ts";
import { type RomMachine, type RomStep, WAIT } from "./rom-machine.ts";

type Steps<T = void> = Generator<RomStep, T, void>;

const CACHE_CONTROL = 0x3ff0000c;
const CACHE_ENABLE = 0x100;
const PIECE = 32;
/** Cycles of the code around one SPI command, besides its time on the bus. */
const COMMAND_CYCLES = 60;
const COPY_CYCLES_PER_WORD = 12;
/** Bit that SPIFlashCnfig sets in SPI_USER, whatever it is asked for. */
const USER_FLASH_MODE = 0x4;
/** What it sets in SPI_CTRL: wait for the release from power-down, shared bus, write protection by register. */
const CTRL_FIXED = 0x28_8000;
/** Single reads at a quarter of the APB clock: SPIFlashCnfig(5, 4) computes 313h for it. */
const CTRL_QUARTER = 0x313;
const CTRL_FULL_CLOCK = 0x1000;

/** Core cycles for which so many bytes are on the SPI bus. */
function busCycles(machine: RomMachine, bytes: number): number {
  return machine.runner.cyclesFor(machine.spi.transferUs(bytes));
}

/** The size that SPIParamCfg has set: reads and writes beyond it are refused. */
function chipSize(machine: RomMachine): number {
  return machine.cpu.read32(machine.cpu.read32(ROM_DATA.flashChipPointer) + 4) >>> 0;
}

/** Wait_SPI_Idle. @param meanwhile runs whenever the core is woken. */
export function* waitIdle(machine: RomMachine, meanwhile?: () => Steps): Steps {
  yield COMMAND_CYCLES;
  while (machine.flash.isBusy(machine.runner.now)) {
    if (meanwhile !== undefined) yield* meanwhile();
    if (!machine.flash.isBusy(machine.runner.now)) break;
    yield WAIT;
  }
}

function* writeEnable(machine: RomMachine, meanwhile?: () => Steps): Steps {
  yield* waitIdle(machine, meanwhile);
  machine.flash.writeEnable(machine.runner.now);
  yield COMMAND_CYCLES + busCycles(machine, 1);
}

/** SPIUnlock: the status register is cleared. */
export function* unlock(machine: RomMachine, meanwhile?: () => Steps): Steps<number> {
  yield* writeEnable(machine, meanwhile);
  machine.flash.transact(NOR_COMMAND.writeStatus, 0, Uint8Array.of(0), 0, machine.runner.now);
  machine.spi.watchBusy();
  yield COMMAND_CYCLES + busCycles(machine, 2);
  return 0;
}

/** SPIFlashModeConfig: sets the status register for the mode, which for all modes but quad clears it. */
function* configureMode(machine: RomMachine, meanwhile: (() => Steps) | undefined): Steps {
  yield* unlock(machine, meanwhile);
}

/** SelectSpiFunction: the flash's pads are given to SPI0. */
export function selectPads(machine: RomMachine): void {
  const { cpu } = machine;
  for (const pad of Object.values(FLASH_PAD)) {
    const register = BASE.iomux + pad;
    cpu.write32(register, (cpu.read32(register) & ~PAD_FUNCTION_MASK) | PAD_FUNCTION_SPI);
  }
}

/**
 * SelectSpiFunction and SPIFlashCnfig(5, 4): pads, single reads at a quarter of the APB clock, wake-up (what they write:
 * pvvx, esp8266web, app/sdklib and bios/spiflash.h).
 */
export function* connect(machine: RomMachine): Steps {
  const { cpu } = machine;
  selectPads(machine);
  cpu.write32(BASE.spi0 + SPI.user, cpu.read32(BASE.spi0 + SPI.user) | USER_FLASH_MODE);
  const ctrl = cpu.read32(BASE.spi0 + SPI.ctrl) & ~CTRL_FULL_CLOCK;
  cpu.write32(BASE.spi0 + SPI.ctrl, ctrl | CTRL_FIXED | CTRL_QUARTER);
  machine.flash.command(NOR_COMMAND.releasePowerDown, machine.runner.now);
  yield COMMAND_CYCLES + busCycles(machine, 4);
}

/** spi_flash_attach: the flash belongs to the program; its cache is off from here on. */
export function* attach(machine: RomMachine, meanwhile?: () => Steps): Steps {
  yield* connect(machine);
  machine.cpu.write32(CACHE_CONTROL, machine.cpu.read32(CACHE_CONTROL) & ~CACHE_ENABLE);
  yield* configureMode(machine, meanwhile);
}

/** SPIEraseSector, SPIEraseBlock, SPIEraseChip. @param index in units of the erase. */
export function* erase(
  machine: RomMachine,
  what: "sector" | "block64" | "chip",
  index: number,
  meanwhile?: () => Steps,
): Steps<number> {
  const unit = { sector: 0x1000, block64: 0x10000, chip: 0 }[what];
  if (unit !== 0 && index >= Math.floor(chipSize(machine) / unit)) return 1;
  yield* writeEnable(machine, meanwhile);
  machine.flash.transact(ERASE_COMMAND[what], index * unit, NOTHING, 0, machine.runner.now);
  machine.spi.watchBusy();
  yield COMMAND_CYCLES + busCycles(machine, 4);
  yield* waitIdle(machine, meanwhile);
  return 0;
}

/** SPIRead. It stores words: a place that takes none is an exception. */
export function* read(machine: RomMachine, address: number, target: number, length: number): Steps<number> {
  // 32-bit sums and signed counts: a length from 2 GiB on is no error, and nothing is read.
  if ((address + length) >>> 0 > chipSize(machine)) return 1;
  yield* waitIdle(machine);
  for (let done = 0; done < (length | 0); done += PIECE) {
    const piece = Math.min(PIECE, length - done);
    const bytes = machine.flash.transact(NOR_COMMAND.read, address + done, NOTHING, piece, machine.runner.now);
    yield* storeWords(machine, target + done, bytes);
    yield COMMAND_CYCLES + busCycles(machine, 4 + piece) + (piece >> 2) * COPY_CYCLES_PER_WORD;
  }
  return 0;
}

/** SPIWrite: pieces that do not cross a page; lengths that are no multiple of 4 are refused. */
export function* write(
  machine: RomMachine,
  address: number,
  source: number,
  length: number,
  meanwhile?: () => Steps,
): Steps<number> {
  if (address + length > chipSize(machine) || (length & 3) !== 0) return 1;
  let done = 0;
  while (done < length) {
    const piece = Math.min(PIECE, length - done, 0x100 - ((address + done) & 0xff));
    const bytes = loadWords(machine, source + done, piece);
    yield (piece >> 2) * COPY_CYCLES_PER_WORD;
    yield* writeEnable(machine, meanwhile);
    machine.flash.transact(NOR_COMMAND.pageProgram, address + done, bytes, 0, machine.runner.now);
    machine.spi.watchBusy();
    yield COMMAND_CYCLES + busCycles(machine, 4 + piece);
    yield* waitIdle(machine, meanwhile);
    done += piece;
  }
  return 0;
}

/**
 * SPIEraseArea, with the slip that all loaders since have had to compensate: the sectors up to the next block border
 * are erased one by one, but not taken off the count, so as many are erased again after them.
 */
export function* eraseArea(machine: RomMachine, start: number, size: number, meanwhile: () => Steps): Steps<number> {
  const sectorsPerBlock = 16;
  if (start + size > chipSize(machine) || start % 0x1000 !== 0) return 1;
  yield* configureMode(machine, meanwhile);
  yield* unlock(machine, meanwhile);
  let sector = start / 0x1000;
  let left = Math.ceil(size / 0x1000);
  const head = Math.min(left, sectorsPerBlock - (sector % sectorsPerBlock));
  for (let i = 0; i < head; i++) {
    if ((yield* erase(machine, "sector", sector++, meanwhile)) !== 0) return 1;
  }
  while (left > sectorsPerBlock) {
    if ((yield* erase(machine, "block64", Math.floor(sector / sectorsPerBlock), meanwhile)) !== 0) return 1;
    sector += sectorsPerBlock;
    left -= sectorsPerBlock;
  }
  for (; left > 0; left--) {
    if ((yield* erase(machine, "sector", sector++, meanwhile)) !== 0) return 1;
  }
  return 0;
}

function* storeWords(machine: RomMachine, target: number, bytes: Uint8Array): Steps {
  for (let i = 0; i < bytes.length; i += 4) {
    const word =
      bytes[i]! | ((bytes[i + 1] ?? 0xff) << 8) | ((bytes[i + 2] ?? 0xff) << 16) | ((bytes[i + 3] ?? 0xff) << 24);
    yield* storeWord(machine, target + i, word);
  }
}

/** One S32I, with all that the core and its buses forbid; a handler that returns meets the same again. */
export function* storeWord(machine: RomMachine, address: number, word: number): Steps {
  const { memory } = machine.cpu;
  for (;;) {
    const changedCode = memory.store32(address | 0, word) >= 0;
    if (changedCode) machine.cpu.invalidate(address, 4);
    if (!(yield* refused(machine, address))) return;
  }
}

/** One S8I. */
export function* storeByte(machine: RomMachine, address: number, byte: number): Steps {
  do machine.cpu.memory.store8(address | 0, byte);
  while (yield* refused(machine, address));
}

function* refused(machine: RomMachine, address: number): Steps<boolean> {
  const { memory } = machine.cpu;
  const cause = memory.fault;
  memory.fault = -1;
  if (cause < 0) return false;
  yield { raise: cause, address };
  return true;
}

function loadWords(machine: RomMachine, source: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = machine.cpu.read8(source + i);
  return bytes;
}

const NOTHING = new Uint8Array(0);
const ERASE_COMMAND = {
  sector: NOR_COMMAND.sectorErase,
  block64: NOR_COMMAND.block64Erase,
  chip: NOR_COMMAND.chipErase,
} as const;
