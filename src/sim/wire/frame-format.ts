/**
 * How a UART frame is made up: a start bit, the data bits with the least significant one first, a parity bit where there
 * is one, stop bits. Both ends of a wire have a format of their own; where the two differ, the receiver reads the levels
 * that the sender made with its own idea of what they mean.
 */
import type { FrameFormat, WireByte } from "./contract.ts";

export const FORMAT_8N1: FrameFormat = { dataBits: 8, parity: "none", stopBits: 1 };

/** The value that stands for a break: the line is low for the whole frame. */
export const BREAK = -1;
/** A break has the length of ten bits, however long those are. */
const BREAK_BITS = 10;

/** Bits from the start bit up to the first stop bit, that one included: what a receiver samples. */
export function sampledBits(format: FrameFormat): number {
  return 1 + format.dataBits + (format.parity === "none" ? 0 : 1) + 1;
}

/** Whether a receiver of one format reads the other's frames as they were meant, apart from their rate. */
export function isReadAlike(a: FrameFormat, b: FrameFormat): boolean {
  return a.dataBits === b.dataBits && a.parity === b.parity;
}

export function isBreak(byte: Pick<WireByte, "value">): boolean {
  return byte.value < 0 || byte.value > 0xff;
}

/** The frame as the wire carries it. */
export interface FrameShape {
  /** Level of bit n, the start bit being 0; bits beyond are high. */
  readonly levels: number;
  /** Length in bits, all stop bits included. */
  readonly bits: number;
}

export function frameShape(byte: Pick<WireByte, "value" | "format">): FrameShape {
  if (isBreak(byte)) return { levels: 0, bits: BREAK_BITS };
  const { format } = byte;
  if (format === undefined) return { levels: ((byte.value | 0x100) << 1) >>> 0, bits: 10 };
  const data = byte.value & ((1 << format.dataBits) - 1);
  let levels = data << 1;
  let end = 1 + format.dataBits;
  if (format.parity !== "none") levels |= parityBit(data, format.parity) << end++;
  // Two bits of stop level are enough for any number of stop bits: what lies beyond is high, too.
  levels |= 3 << end;
  return { levels, bits: end + format.stopBits };
}

/** Level of the wire during bit `index` of a frame; high before and after. */
export function levelOf(shape: FrameShape, index: number): 0 | 1 {
  if (index < 0 || index >= shape.bits) return 1;
  return ((shape.levels >> index) & 1) as 0 | 1;
}

function parityBit(data: number, parity: Exclude<FrameFormat["parity"], "none">): 0 | 1 {
  switch (parity) {
    case "mark":
      return 1;
    case "space":
      return 0;
    case "even":
    case "odd": {
      let ones = 0;
      for (let rest = data; rest !== 0; rest >>= 1) ones += rest & 1;
      return ((ones + (parity === "odd" ? 1 : 0)) & 1) as 0 | 1;
    }
  }
}
