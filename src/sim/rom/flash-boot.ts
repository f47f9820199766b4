/**
 * How the ROM starts an image from flash: header, segments, checksum, and what it prints on the way. It reads the
 * flash in lines of 16 bytes and prints how many bytes of a line were left for the segment ("room") and how many of
 * the segment lie in the next line ("tail"). Image layout: Espressif, "ESP8266 firmware image format" (esptool
 * documentation).
 */
import { connect, read } from "./flash-routines.ts";
import { print } from "./rom-console.ts";
import type { RomMachine, RomStep } from "./rom-machine.ts";

type Steps<T = void> = Generator<RomStep, T, void>;

const MAGIC = 0xe9;
const LINE = 16;
/** Where the ROM keeps the line it works on: on its stack. */
const LINE_BUFFER = 0x3fffff80;
const COPY_CYCLES = 30;

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

/** @returns the entry point, or undefined if there is nothing to start. */
export function* loadFromFlash(machine: RomMachine): Steps<number | undefined> {
  yield* connect(machine);
  const line = new LineReader(machine);
  if (!(yield* line.nextLine()) || line.bytes[0] !== MAGIC) return undefined;
  let segments = line.bytes[1]!;
  const entry = line.word(4);
  if (segments === 0) return entry;
  let address = line.word(8);
  let length = line.word(12);
  if (!(yield* line.nextLine())) return undefined;
  let checksum = 0xef;
  for (;;) {
    const room = LINE - line.used;
    yield* print(machine, `load 0x${hex(address, 8)}, len ${length | 0}, room ${room} \n`);
    const inLine = Math.min(room, length);
    // A segment that fills its first line goes on in whole lines; its end is the tail.
    const filled = length >= room;
    const tail = filled ? (length + line.used) & (LINE - 1) : length;
    const parts: number[] = [];
    if (filled) {
      for (let i = 0; i < inLine; i++) parts.push(line.bytes[line.used + i]!);
      for (let whole = (length - room) >> 4; whole > 0; whole--) {
        if (!(yield* line.nextLine())) return undefined;
        parts.push(...line.bytes);
        yield* store(machine, address, parts, (byte) => {
          checksum ^= byte;
        });
        address += parts.length;
        parts.length = 0;
      }
      if (!(yield* line.nextLine())) return undefined;
    }
    yield* print(machine, `tail ${tail}\n`);
    for (let i = 0; i < tail; i++) parts.push(line.bytes[line.used++]!);
    yield* store(machine, address, parts, (byte) => {
      checksum ^= byte;
    });
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
  if (line.bytes[LINE - 1] === checksum) return entry;
  yield* print(machine, "csum err\n");
  return undefined;
}

function* store(machine: RomMachine, address: number, bytes: readonly number[], see: (byte: number) => void): Steps {
  for (const [i, byte] of bytes.entries()) {
    machine.cpu.write8(address + i, byte);
    see(byte);
  }
  yield bytes.length * COPY_CYCLES;
}
