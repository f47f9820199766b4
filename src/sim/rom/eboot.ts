/**
 * The Arduino core's second-stage loader, where the image that holds it is not executed: a firmware model takes the place of
 * the application only, so what stands before it must go as with the real image. It loads what lies at 0x1000 without
 * looking at magic number or checksum, leaves alone what goes to the mapped flash, and jumps to the entry.
 * Source: ESP8266 Arduino core, bootloaders/eboot/eboot.c (load_app_from_flash_raw, main) and eboot.ld.
 */
import type { LoadedImage } from "./flash-boot.ts";
import { read } from "./flash-routines.ts";
import { print, sendByte } from "./rom-console.ts";
import type { RomMachine, RomStep } from "./rom-machine.ts";

type Steps<T = void> = Generator<RomStep, T, void>;

/** It is linked to run in the last 4 KiB of instruction RAM. */
const CODE_PAGE = 0x4010f;
const APPLICATION = 0x1000;
const IMAGE_MAGIC = 0xe9;
/** On its stack. */
const HEADER_BUFFER = 0x3fffff40;
const HEADER_BYTES = 8;
const CYCLES_BEFORE = 20_000;
const ROM_START = 0x40000000;
const INSTRUCTION_RAM = { from: 0x40100000, to: 0x4010c000 } as const;
const PERIPHERALS = 0x60000000;
/** What it prints after "e:". */
const FAILED = { header: 1, segmentHeader: 2, segment: 3 } as const;

export function isEboot(entry: number): boolean {
  return entry >>> 12 === CODE_PAGE;
}

/** @returns undefined where loading failed: eboot says so and resets the chip. */
export function* runEboot(machine: RomMachine): Steps<LoadedImage | undefined> {
  yield CYCLES_BEFORE;
  yield* print(machine, "v3969889e\n");
  for (const byte of [0x7e, 0x6c, 0x64, 0x0a]) yield* sendByte(machine, byte);
  const loaded = yield* loadApplication(machine);
  if (typeof loaded !== "number") return loaded;
  yield* print(machine, `e:${loaded}\n`);
  machine.softwareReset();
  return undefined;
}

function* loadApplication(machine: RomMachine): Steps<LoadedImage | number> {
  const { cpu } = machine;
  let position = APPLICATION;
  const next = function* (): Steps<boolean> {
    const status = yield* read(machine, position, HEADER_BUFFER, HEADER_BYTES);
    position += HEADER_BYTES;
    return status === 0;
  };
  if (!(yield* next())) return FAILED.header;
  // A firmware model may take an image for its own that ends after the loader.
  if (cpu.read8(HEADER_BUFFER) !== IMAGE_MAGIC) return { entry: 0, startsInCode: true };
  const segments = cpu.read8(HEADER_BUFFER + 1);
  const entry = cpu.read32(HEADER_BUFFER + 4) >>> 0;
  let startsInCode = false;
  for (let left = segments; left > 0; left--) {
    if (!(yield* next())) return FAILED.segmentHeader;
    const address = cpu.read32(HEADER_BUFFER) >>> 0;
    const size = cpu.read32(HEADER_BUFFER + 4) >>> 0;
    const isCode = address >= INSTRUCTION_RAM.from && address < INSTRUCTION_RAM.to;
    if (address < ROM_START || isCode || address >= PERIPHERALS) {
      if ((yield* read(machine, position, address, size)) !== 0) return FAILED.segment;
      if (isCode && entry >= address && entry < address + size) startsInCode = true;
    }
    position += size;
  }
  return { entry, startsInCode };
}
