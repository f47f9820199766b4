/**
 * Whether a part of an image would start, by what its loader does with it. The boot ROM fills RAM from the part at 0 in
 * words and calls the entry; a second-stage loader (eboot) does the same for the application at 0x1000, but skips what
 * lies in the mapped flash and must not be overwritten while it works.
 *
 * Sources: ESP8266 Arduino core, bootloaders/eboot/eboot.c (load_app_from_flash_raw); for the boot ROM, what it does
 * with such parts when it is run (boot-fault.test.ts keeps the table).
 */

import { say, type Text } from "../text/text.ts";
import {
  APPLICATION_RAM,
  DATA_RAM,
  holds,
  INSTRUCTION_RAM,
  LOADER_RAM,
  MAPPED_FLASH,
  type MemoryRange,
  ROM_DATA_RAM,
} from "./memory-map.ts";
import type { ImagePart, PartSegment } from "./parts.ts";

/** `rom`: the part at 0. `second-stage`: the application behind a boot loader. */
export type Stage = "rom" | "second-stage";

const WORD = 4;
const NOTHING = -1;

/** Why the part would not start, to be read after "its image" or "its application"; undefined where nothing is wrong. */
export function bootFault(bytes: Uint8Array, part: ImagePart, stage: Stage): Text | undefined {
  const filled = part.segments.filter(({ length }) => length > 0);
  for (const segment of filled) {
    const last = segment === part.segments.at(-1);
    const why = stage === "rom" ? romFault(segment, last) : applicationFault(segment);
    if (why !== undefined) return say`has a segment of ${segment.length} bytes for ${hex(segment.address)}, ${why}`;
  }
  const loaded = filled.filter(({ address }) => stage === "rom" || !holds(MAPPED_FLASH, address));
  const twice = overwritten(bytes, loaded);
  if (twice !== undefined) return say`has two segments for ${hex(twice)} with different contents`;
  const { entry } = part.header;
  const starts = loaded.some((segment) => holds(INSTRUCTION_RAM, entry) && holds(rangeOf(segment), entry));
  return starts ? undefined : say`is entered at ${hex(entry)}, which is not in its loaded code`;
}

/** The ROM copies words; a rest of 1 to 3 bytes goes to data RAM only, and leaves the next header out of step. */
function romFault(segment: PartSegment, last: boolean): Text | undefined {
  const { address, length } = segment;
  if (holds(MAPPED_FLASH, address)) return say`which is mapped flash: the boot ROM cannot write there`;
  const why = placeFault(segment);
  if (why !== undefined) return why;
  if (length % WORD === 0 || (last && holds(DATA_RAM, address))) return undefined;
  return say`whose length is not a multiple of 4`;
}

function applicationFault(segment: PartSegment): Text | undefined {
  const { address, length, offset } = segment;
  if (holds(MAPPED_FLASH, address)) {
    if (address + length > MAPPED_FLASH.to) return say`which runs beyond the mapped flash`;
    if (address - MAPPED_FLASH.from === offset) return undefined;
    return say`but its place in the flash is mapped to ${hex(MAPPED_FLASH.from + offset)}`;
  }
  if (holds(INSTRUCTION_RAM, address)) {
    if (!holds(APPLICATION_RAM, address)) return say`which the boot loader before it does not load`;
    if (address + length > LOADER_RAM.from) return say`which overwrites the boot loader that loads it`;
  }
  return placeFault(segment);
}

function placeFault({ address, length }: PartSegment): Text | undefined {
  if (address < ROM_DATA_RAM.to && address + length > ROM_DATA_RAM.from && address >= DATA_RAM.from) {
    return say`which lies over the boot ROM's own memory`;
  }
  const memory = [DATA_RAM, INSTRUCTION_RAM].find((range) => holds(range, address));
  if (memory === undefined) return say`where an ESP8266 has no memory`;
  if (address + length > memory.to) return say`which runs out of its memory at ${hex(memory.to)}`;
  return address % WORD === 0 ? undefined : say`which is not a multiple of 4`;
}

/** Where two segments leave different bytes: nobody can tell which of them is meant. All of them lie in RAM. */
function overwritten(bytes: Uint8Array, segments: readonly PartSegment[]): number | undefined {
  const memories = [DATA_RAM, INSTRUCTION_RAM].map((range) => ({
    range,
    held: new Int16Array(range.to - range.from).fill(NOTHING),
  }));
  for (const { address, length, offset } of segments) {
    const { range, held } = memories.find(({ range: each }) => holds(each, address))!;
    for (let i = 0; i < length; i++) {
      const at = address - range.from + i;
      const before = held[at]!;
      const byte = bytes[offset + i]!;
      if (before !== NOTHING && before !== byte) return address + i;
      held[at] = byte;
    }
  }
  return undefined;
}

const rangeOf = ({ address, length }: PartSegment): MemoryRange => ({ from: address, to: address + length });

const hex = (value: number): string => `0x${value.toString(16)}`;
