/**
 * How the ROM starts an image from flash: header, segments, checksum, and what it prints on the way. It reads the
 * flash in lines of 16 bytes and prints how many bytes of a line were left for the segment ("room") and how many of
 * the segment lie in the next line ("tail"). Image layout: Espressif, "ESP8266 firmware image format" (esptool
 * documentation).
 */
import { CAUSE } from "../cpu/memory.ts";
import { connect, read, storeByte, storeWord } from "./flash-routines.ts";
import { print } from "./rom-console.ts";
import { ROM_DATA } from "./rom-data.ts";
import { type RomMachine, type RomStep, WAIT } from "./rom-machine.ts";

type Steps<T = void> = Generator<RomStep, T, void>;

const MAGIC = 0xe9;
const LINE = 16;
/** Where the ROM keeps the line it works on: on its stack. */
const LINE_BUFFER = 0x3fffff80;
const COPY_CYCLES = 30;
const INSTRUCTION_RAM = 0x40100000;
/**
 * Data RAM that the loader needs until it is done, found by overwriting every part of 64 bytes from 0x3fffc000 on while
 * the ROM of a chip loaded an image: the pointer to the flash's description, the texts that it prints, where its
 * characters go, its stack.
 */
const IN_USE = [
  { from: ROM_DATA.flashChipPointer, to: ROM_DATA.flashChipPointer + 4 },
  { from: 0x3fffc900, to: 0x3fffcbc0 },
  { from: 0x3fffdd40, to: 0x3fffdd80 },
  { from: LINE_BUFFER, to: 0x40000000 },
] as const;

const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(digits, "0");

/** Reads the flash line by line, as a stream of bytes that knows where in the line it is. */
class LineReader {
  readonly #machine: RomMachine;
  #position = 0;
  /** Bytes of the present line already used. */
  used: number = LINE;
  readonly bytes: Uint8Array = new Uint8Array(LINE);

  constructor(machine: RomMachine) {
    this.#machine = machine;
  }

  /** @returns false if the flash could not be read. */
  *nextLine(): Steps<boolean> {
    if ((yield* read(this.#machine, this.#position, LINE_BUFFER, LINE)) !== 0) return false;
    this.bytes.set(this.#machine.cpu.readBlock(LINE_BUFFER, LINE));
    this.#position += LINE;
    this.used = 0;
    return true;
  }

  word(offset: number): number {
    return new DataView(this.bytes.buffer).getUint32(offset, true);
  }
}

export interface LoadedImage {
  readonly entry: number;
  /** Whether the entry lies in what was loaded into instruction RAM: what is called is the image's own code. */
  readonly startsInCode: boolean;
}

/** @returns undefined if there is nothing to start. */
export function* loadFromFlash(machine: RomMachine): Steps<LoadedImage | undefined> {
  yield* connect(machine);
  const line = new LineReader(machine);
  if (!(yield* line.nextLine()) || line.bytes[0] !== MAGIC) return undefined;
  let segments = line.bytes[1]!;
  const entry = line.word(4);
  if (segments === 0) return { entry, startsInCode: false };
  let address = line.word(8);
  let length = line.word(12);
  if (!(yield* line.nextLine())) return undefined;
  let checksum = 0xef;
  let startsInCode = false;
  for (;;) {
    const room = LINE - line.used;
    yield* print(machine, `load 0x${hex(address, 8)}, len ${length | 0}, room ${room} \n`);
    if (entry >= INSTRUCTION_RAM && entry >= address && entry < address + length) startsInCode = true;
    // A segment that fills its first line goes on in whole lines; its end is the tail.
    const filled = length >= room;
    const tail = filled ? (length + line.used) & (LINE - 1) : length;
    const copy = function* (count: number, further = false): Steps {
      for (const byte of line.bytes.subarray(line.used, line.used + count)) checksum ^= byte;
      yield* copyOut(machine, line, address, count, further);
      line.used += count;
      address += count;
    };
    if (filled) {
      yield* copy(room);
      for (let whole = (length - room) >>> 4; whole > 0; whole--) {
        if (!(yield* line.nextLine())) return undefined;
        yield* copy(LINE, true);
      }
      if (!(yield* line.nextLine())) return undefined;
    }
    yield* print(machine, `tail ${tail}\n`);
    yield* copy(tail);
    yield* print(machine, `chksum 0x${hex(checksum, 2)}\n`);
    if (--segments === 0) break;
    const left = LINE - line.used;
    if (left >= 8) {
      address = line.word(line.used);
      length = line.word(line.used + 4);
      line.used += 8;
    } else {
      yield* print(machine, `ho ${line.used - tail} tail ${tail} room ${left}\n`);
      const header = new Uint8Array(8);
      header.set(line.bytes.subarray(line.used));
      if (!(yield* line.nextLine())) return undefined;
      header.set(line.bytes.subarray(0, 8 - left), left);
      line.used = 8 - left;
      address = new DataView(header.buffer).getUint32(0, true);
      length = new DataView(header.buffer).getUint32(4, true);
    }
  }
  yield* print(machine, `csum 0x${hex(checksum, 2)}\n`);
  if (line.bytes[LINE - 1] === checksum) return { entry, startsInCode };
  yield* print(machine, "csum err\n");
  return undefined;
}

/**
 * From the line to where the segment goes. A piece of whole words is stored as words, and must lie and go where words
 * may; others, and further lines for odd addresses, go byte by byte, which instruction RAM does not take. What the ROM
 * has in use itself is lost with the ROM: the core stands still.
 *
 * @param further whether the line is one of those that the segment fills after its first.
 */
function* copyOut(machine: RomMachine, line: LineReader, address: number, count: number, further: boolean): Steps {
  const inUse = IN_USE.some(({ from, to }) => address < to && address + count > from);
  if (count > 0 && inUse) for (;;) yield WAIT;
  const bytewise = (count & 3) !== 0 || (further && (address & 3) !== 0);
  if (bytewise) {
    for (let i = 0; i < count; i++) yield* storeByte(machine, address + i, line.bytes[line.used + i]!);
  } else {
    while (count > 0 && (line.used & 3) !== 0) yield { raise: CAUSE.UNALIGNED, address: LINE_BUFFER + line.used };
    for (let i = 0; i < count; i += 4) yield* storeWord(machine, address + i, line.word(line.used + i));
  }
  yield count * COPY_CYCLES;
}
