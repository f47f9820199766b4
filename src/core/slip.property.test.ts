import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes } from "./bytes.ts";
import { SlipDecoder, slipEncode } from "./slip.ts";

function decode(chunks: readonly Uint8Array[], limit = 5000): { frames: number[][]; junk: number } {
  const frames: number[][] = [];
  let junk = 0;
  const decoder = new SlipDecoder(
    { frame: (frame) => frames.push([...frame]), junk: (bytes) => (junk += bytes.length) },
    limit,
  );
  for (const chunk of chunks) decoder.push(chunk);
  return { frames, junk };
}

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes.length === 0 ? bytes.length : 1 + sizes[i % sizes.length]!;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

const payload = fc.uint8Array({ minLength: 1, maxLength: 300 });
/** Thick with the bytes that mean something. */
const special = fc.array(fc.constantFrom(0xc0, 0xdb, 0xdc, 0xdd, 0x00, 0x41), { maxLength: 200 });

test("frames come out as they went in, however the bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(payload, { maxLength: 6 }), fc.array(fc.nat(40)), (payloads, sizes) => {
      const wire = concatBytes(...payloads.map(slipEncode));
      expect(decode(cut(wire, sizes)).frames).toEqual(payloads.map((bytes) => [...bytes]));
    }),
  );
});

test("what comes out never depends on how the bytes are cut, not even for noise", () => {
  fc.assert(
    fc.property(special, fc.array(fc.nat(10)), (noise, sizes) => {
      const wire = Uint8Array.from(noise);
      expect(decode(cut(wire, sizes), 20)).toEqual(decode([wire], 20));
    }),
  );
});

test("after any noise the second frame at the latest arrives whole", () => {
  fc.assert(
    fc.property(special, payload, payload, (noise, first, second) => {
      const wire = concatBytes(Uint8Array.from(noise), slipEncode(first), slipEncode(second));
      expect(decode([wire]).frames.at(-1)).toEqual([...second]);
    }),
  );
});

test("no frame is longer than the limit and nothing is made up", () => {
  fc.assert(
    fc.property(special, (noise) => {
      const { frames, junk } = decode([Uint8Array.from(noise)], 16);
      let total = junk;
      for (const frame of frames) {
        expect(frame.length).toBeLessThanOrEqual(16);
        total += frame.length;
      }
      expect(total).toBeLessThanOrEqual(noise.length);
    }),
  );
});
