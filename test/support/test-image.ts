/**
 * Images with any fault one likes, a second-stage loader that behaves as the Arduino core's eboot does, and programs
 * that print where they run: for the table of what boots. Written here, so that no firmware has to be in the repository.
 * Sources: esptool documentation, "Firmware Image Format" (ESP8266); ESP8266 Arduino core, bootloaders/eboot/eboot.c
 * (load_app_from_flash_raw: which segments it loads) and eboot.ld (where it runs); SDK linker script
 * eagle.rom.addr.v6.ld (SPIRead, Cache_Read_Enable).
 */
import { greetingProgram, type Program } from "../../src/sim/bench/greeting-program.ts";
import { words } from "./chip-rig.ts";
import { Assembler } from "./lx106-assembler.ts";

export interface TestSegment {
  readonly address: number;
  readonly bytes: ArrayLike<number>;
  /** What its header says, where that is not what it has. */
  readonly claimed?: number;
}

export interface TestHeader {
  readonly entry: number;
  readonly magic?: number;
  readonly count?: number;
  readonly flashMode?: number;
  readonly flashSizeAndSpeed?: number;
  /** Bits to turn in the checksum. */
  readonly spoil?: number;
}

/** Nothing is put right: lengths and addresses as they are given. */
export function testPart(segments: readonly TestSegment[], header: TestHeader): Uint8Array {
  const { entry, magic = 0xe9, count = segments.length, flashMode = 3, flashSizeAndSpeed = 0x20, spoil = 0 } = header;
  const out = [magic, count, flashMode, flashSizeAndSpeed, ...words(entry)];
  let sum = 0xef;
  for (const { address, bytes, claimed = bytes.length } of segments) {
    out.push(...words(address, claimed), ...Array.from(bytes));
    for (const byte of Array.from(bytes)) sum ^= byte;
  }
  while (out.length % 16 !== 15) out.push(0);
  out.push(sum ^ spoil);
  return Uint8Array.from(out);
}

const APPLICATION = 0x1000;
const SPI_READ = 0x40004b1c;
const CACHE_READ_ENABLE = 0x40004678;
const STACK = 0x3ffffff0;
export const LOADER_CODE = 0x4010f000;

/** A file with the application where a second-stage loader looks for it. */
export function withLoader(application: Uint8Array): Uint8Array {
  const code = loader();
  const file = new Uint8Array(APPLICATION + application.length).fill(0xff);
  file.set(testPart([{ address: LOADER_CODE, bytes: code.bytes }], { entry: code.entry }));
  file.set(application, APPLICATION);
  return file;
}

function loader(): Assembler {
  const [position, buffer, segments, entry, spiRead] = [12, 1, 14, 15, 13];
  const code = new Assembler(LOADER_CODE);
  const readHeader = (): Assembler =>
    code.move(2, position).move(3, buffer).movi(4, 8).callx0(spiRead).bnez(2, "failed").addi(position, position, 8);
  code.l32r(position, APPLICATION).l32r(spiRead, SPI_READ).addi(buffer, buffer, -32);
  readHeader().l8ui(segments, buffer, 1).l32i(entry, buffer, 4);
  code.label("next").beqz(segments, "start").addi(segments, segments, -1);
  readHeader().l32i(3, buffer, 0).l32i(4, buffer, 4);
  code.l32r(5, 0x40000000).bltu(3, 5, "load").l32r(5, 0x60000000).bgeu(3, 5, "load");
  code.l32r(5, 0x40100000).bltu(3, 5, "skip").l32r(5, 0x4010c000).bgeu(3, 5, "skip");
  code.label("load").move(2, position).callx0(spiRead).bnez(2, "failed");
  code.label("skip").l32i(4, buffer, 4).add(position, position, 4).jump("next");
  code.label("start").l32r(1, STACK).jx(entry);
  return code.label("failed").jump("failed");
}

/** Prints from code in the mapped flash, which code in RAM switches on. @param flashAt where it is linked to run. */
export function flashProgram(text: string, flashAt: number): Program {
  const inFlash = greetingProgram(text, { code: flashAt });
  const code = new Assembler(0x40100000);
  code.movi(2, 0).movi(3, 0).movi(4, 1).l32r(5, CACHE_READ_ENABLE).callx0(5).l32r(5, inFlash.entry).jx(5);
  const [flash, letters] = inFlash.segments;
  return { entry: code.entry, segments: [flash!, { address: 0x40100000, bytes: code.bytes }, letters!] };
}
