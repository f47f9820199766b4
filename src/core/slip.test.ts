import { describe, expect, test } from "vitest";
import { SlipDecoder, slipEncode } from "./slip.ts";

interface Heard {
  readonly frames: number[][];
  readonly junk: (readonly [why: string, bytes: number[]])[];
  started: number;
}

function hear(...chunks: readonly (readonly number[])[]): Heard & { decoder: SlipDecoder } {
  const heard: Heard = { frames: [], junk: [], started: 0 };
  const decoder = new SlipDecoder(
    {
      frame: (frame) => heard.frames.push([...frame]),
      junk: (bytes, why) => heard.junk.push([why, [...bytes]]),
      started: () => heard.started++,
    },
    8,
  );
  for (const chunk of chunks) decoder.push(Uint8Array.from(chunk));
  return Object.assign(heard, { decoder });
}

// RFC 1055: END is 300 octal (C0), ESC 333 (DB); inside they are DB DC and DB DD.
test("the two special bytes are escaped, all others go as they are", () => {
  expect([...slipEncode(Uint8Array.of(0x01, 0xc0, 0xdb, 0xdc, 0xdd))]).toEqual([
    0xc0, 0x01, 0xdb, 0xdc, 0xdb, 0xdd, 0xdc, 0xdd, 0xc0,
  ]);
  expect([...slipEncode(new Uint8Array(0))]).toEqual([0xc0, 0xc0]);
});

describe("a frame", () => {
  test("an empty frame is ignored, however many delimiters there are", () => {
    expect(hear([0xc0, 0xc0, 0xc0, 0xc0, 0x41, 0xc0])).toMatchObject({ frames: [[0x41]], junk: [], started: 1 });
  });

  test("a frame with only a torn escape is reported as damage", () => {
    expect(hear([0xc0, 0xdb, 0xc0])).toMatchObject({ frames: [], junk: [["bad-escape", []]], started: 0 });
  });

  test("whose escape is torn off by its end is given up with what it held", () => {
    expect(hear([0xc0, 0x41, 0xdb, 0xc0, 0xc0, 0x42, 0xc0])).toMatchObject({
      frames: [[0x42]],
      junk: [["bad-escape", [0x41]]],
    });
  });

  test("with an escape of nothing special is given up there, and the next one arrives", () => {
    expect(hear([0xc0, 0x41, 0xdb, 0x42, 0x43, 0xc0, 0xc0, 0x44, 0xc0])).toMatchObject({
      frames: [[0x44]],
      junk: [
        ["bad-escape", [0x41]],
        ["between-frames", [0x43]],
      ],
    });
  });

  test("of the longest length arrives, one byte more is given up", () => {
    const eight = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(hear([0xc0, ...eight, 0xc0])).toMatchObject({ frames: [eight], junk: [] });
    expect(hear([0xc0, ...eight, 9, 0xc0])).toMatchObject({ frames: [], junk: [["too-long", eight]] });
  });

  test("is announced once, at its first byte", () => {
    const { decoder, ...heard } = hear([0xc0], [0xdb], [0xdc, 0x41]);
    expect(heard.started).toBe(1);
    expect(decoder.pending).toBe(2);
    decoder.reset();
    expect(decoder.pending).toBe(0);
  });
});

test("what comes between frames is told as that, each stretch once", () => {
  expect(hear([0x41, 0x42, 0xc0, 0x43, 0xc0, 0x44], [0x45])).toMatchObject({
    frames: [[0x43]],
    junk: [
      ["between-frames", [0x41, 0x42]],
      ["between-frames", [0x44]],
      ["between-frames", [0x45]],
    ],
  });
});

test("a decoder that was reset begins with the next delimiter, its escape forgotten", () => {
  const heard = hear([0xc0, 0x41, 0xdb]);
  heard.decoder.reset();
  heard.decoder.push(Uint8Array.of(0xdc, 0xc0, 0x42, 0xc0));
  expect(heard).toMatchObject({ frames: [[0x42]], junk: [["between-frames", [0xdc]]] });
});

test("a frame arrives whole whatever its length, in one piece or in many", () => {
  const long = Array.from({ length: 700 }, (_, i) => i % 0xc0);
  const frames: number[][] = [];
  const decoder = new SlipDecoder({ frame: (frame) => frames.push([...frame]) }, 700);
  decoder.push(slipEncode(Uint8Array.from(long)));
  for (const byte of slipEncode(Uint8Array.from(long))) decoder.push(Uint8Array.of(byte));
  expect(frames).toEqual([long, long]);
});

test("between frames nothing is pending", () => {
  const { decoder } = hear([0xc0, 0x41, 0x42]);
  expect(decoder.pending).toBe(2);
  decoder.push(Uint8Array.of(0xc0, 0x43));
  expect(decoder.pending).toBe(0);
});
