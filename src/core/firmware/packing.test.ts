import fc from "fast-check";
import { expect, test } from "vitest";
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
