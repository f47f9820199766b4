import { constants, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes } from "../bytes.ts";
import { isPacked, packImage, unpackImage } from "./packing.ts";

test("what is packed comes back the same, and equal images give equal files", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 5000 }), (image) => {
      const packed = packImage(image);
      expect(isPacked(packed)).toBe(true);
      expect(unpackImage(packed)).toEqual(image);
      expect(packImage(image)).toEqual(packed);
    }),
  );
});

test("a packed file with any byte changed, or cut short anywhere, is refused, or gives the very same image", () => {
  const image = Uint8Array.from({ length: 3000 }, (_, i) => (i * i) & 0xff);
  const packed = packImage(image);
  const refused = expect.objectContaining({ code: "bad-image" });
  fc.assert(
    fc.property(fc.integer({ min: 10, max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      // Some bits mean nothing: those that fill up the last byte, the code lengths of symbols that never come.
      expect(unpackedOr(packed.with(at, packed[at]! ^ flip))).toEqual(expect.toBeOneOf([image, refused]));
      expect(() => unpackImage(packed.subarray(0, at))).toThrowError(refused);
    }),
  );
});

test("a length that no flash could hold is refused before anything is unpacked", () => {
  const packed = packImage(new Uint8Array(1000));
  packed.set([0, 0, 0, 0x7f], packed.length - 4);
  expect(() => unpackImage(packed)).toThrowError(/damaged or cut off/);
});

function unpackedOr(packed: Uint8Array): unknown {
  try {
    return unpackImage(packed);
  } catch (error) {
    return error;
  }
}

const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0];

function trailer(length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(4, length, true);
  return bytes;
}

test.each([1, 0x1000, 0x10_0000])(
  "a file that unfolds to 2 GB where its end says %d bytes is given up before the rest of it is looked at",
  (claimed) => {
    // A megabyte of zeros, about a kilobyte packed, that can be repeated: what is flushed has no last block.
    const once = deflateRawSync(new Uint8Array(1 << 20), { level: 9, finishFlush: constants.Z_SYNC_FLUSH });
    const unfolding = Array.from({ length: 2000 }, () => once);
    // RFC 1951, section 3.2.3: a block of type 3 is an error. Anyone who comes as far as that tells of it as the cause.
    const packed = concatBytes(Uint8Array.from(HEADER), ...unfolding, Uint8Array.of(0x07), trailer(claimed));
    const error = unpackedOr(packed) as Error;
    expect(error).toMatchObject({ code: "bad-image" });
    expect(error.cause).toBeUndefined();
  },
);

/** RFC 1952, section 2.3: what each flag announces. */
test.each([
  ["an extra field", 0x04, Uint8Array.of(3, 0, 1, 2, 3)],
  ["a name", 0x08, new TextEncoder().encode("tasmota.bin\0")],
  ["a comment", 0x10, new TextEncoder().encode("for a plug\0")],
  ["a CRC of the header", 0x02, Uint8Array.of(1, 2)],
] as const)("a header with %s is passed over; one that does not end is refused", (_, flag, field) => {
  const image = Uint8Array.from({ length: 500 }, (__, i) => (i * 7) & 0xff);
  const packed = packImage(image);
  const header = Uint8Array.from(HEADER).with(3, flag);
  expect(unpackImage(concatBytes(header, field, packed.subarray(10)))).toEqual(image);
  const endless = new Uint8Array(0x10_0000).fill(0xff);
  expect(() => unpackImage(concatBytes(header, endless, trailer(500)))).toThrowError(/damaged or cut off/);
});
