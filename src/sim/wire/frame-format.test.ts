import { describe, expect, test } from "vitest";
import { LineSampler } from "../chip/line-sampler.ts";
import { SimClock } from "../world/clock.ts";
import type { FrameFormat } from "./contract.ts";
import { frameShape } from "./frame-format.ts";
import { UartReceiver } from "./uart-receiver.ts";

function format(text: string): FrameFormat {
  const parity = { N: "none", O: "odd", E: "even", M: "mark", S: "space" } as const;
  return {
    dataBits: Number(text[0]) as 8,
    parity: parity[text[1] as "N"],
    stopBits: Number(text.slice(2)) as 1,
  };
}

const BIT = 10;

/** Bytes of one format, as a receiver of another reads them; `gap` bits of silence between them. */
function read(bytes: readonly number[], sender: string, receiver: string, gap = 20): number[] {
  const clock = new SimClock();
  const got: number[] = [];
  const uart = new UartReceiver(clock, BIT, (value) => got.push(value));
  uart.format = format(receiver);
  let startAt = 100;
  for (const value of bytes) {
    const byte = { value, startAt, bitTime: BIT, format: format(sender) };
    clock.runInternal(startAt);
    uart.frame(byte);
    startAt += (frameShape(byte).bits + gap) * BIT;
  }
  clock.runInternal(startAt + 1000);
  return got;
}

const ALL = Array.from({ length: 256 }, (_, value) => value);
const FORMATS = ["5", "6", "7", "8"].flatMap((bits) =>
  ["N", "O", "E", "M", "S"].flatMap((parity) => ["1", "1.5", "2"].map((stop) => bits + parity + stop)),
);

test.each(FORMATS)("%s is read by its like, back to back and with pauses, to the bits that it carries", (name) => {
  const carried = ALL.map((value) => value & ((1 << format(name).dataBits) - 1));
  for (const gap of [0, 20]) expect(read(ALL, name, name, gap)).toEqual(carried);
});

/** Levels of the wire written down by hand, start bit first: 0x41 is 1000001 from its lowest bit on, two ones. */
test.each([
  ["8N1", 0x41, "0100000101"],
  ["7N1", 0x41, "010000011"],
  ["7E1", 0x41, "0100000101"],
  ["7O1", 0x41, "0100000111"],
  ["8E1", 0x43, "01100001011"],
  ["8M2", 0x41, "010000010111"],
  ["8S1", 0x41, "01000001001"],
  ["5N2", 0x1f, "01111111"],
])("%s carries %i with its bits in their places", (name, value, levels) => {
  const shape = frameShape({ value, format: format(name) });
  expect(shape.bits).toBe(levels.length);
  const asSent = Array.from(levels, (_, index) => (shape.levels >> index) & 1).join("");
  expect(asSent).toBe(levels);
});

describe("where the formats differ", () => {
  test.each([
    ["7E1", "8N1", [0x41, 0x43], [0x41, 0xc3], "the parity bit is taken for the eighth data bit"],
    ["8N1", "7N1", [0xc1, 0xc3], [0x41, 0x43], "the eighth data bit is taken for the stop bit"],
    ["8N1", "8E1", [0x41, 0x43], [0x41, 0x43], "the stop bit is taken for parity, which nobody checks"],
    ["8E1", "8N1", [0x43, 0x41], [0x43, 0x41], "the parity bit is taken for the stop bit"],
    ["8N1", "8N2", [0x41, 0x43], [0x41, 0x43], "a second stop bit is not looked at"],
    ["7N1", "8N1", [0x41], [0xc1], "the stop bit is taken for the eighth data bit"],
  ])("%s read as %s with pauses between the bytes: %s", (sender, receiver, sent, got) => {
    expect(read(sent, sender, receiver)).toEqual(got);
  });

  test("back to back, frames that are shorter than the receiver's run into each other, and never are silence", () => {
    const got = read(ALL, "7N1", "8E1", 0);
    expect(got).not.toEqual(ALL.map((value) => value & 0x7f));
    expect(got.length).toBeGreaterThan(100);
  });
});

test("the chip, which is 8N1, takes a parity bit for its stop bit: a 0 there is a framing error, the byte is read", () => {
  for (const [value, parity] of [
    [0x41, 0],
    [0x43, 1],
  ] as const) {
    const sampler = new LineSampler();
    const byte = { value, startAt: 0, bitTime: BIT, format: format("8E1") };
    expect(sampler.shortcut(byte, BIT)).toBeUndefined();
    sampler.feed(byte);
    expect(sampler.take(BIT, 1000)).toEqual({ value, framingError: parity === 0, isBreak: false });
  }
});
