import { expect, test } from "vitest";
import { firmwareLikeImage } from "../../sim/bench/firmware-like-image.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { refuseImage, requestAsWritten, requestWrite } from "./write-request.ts";

const MIB = 0x100000;
const PLUG = "c44f33a1b212";
const chip = { flashSize: MIB, plug: PLUG };
/** Built for flash mode QIO and 512 KB: the header's high nibble is 0 (esptool, FLASH_SIZES of the ESP8266; 4 is 4 MB). */
const image = firmwareLikeImage({ random: new SeededRandom(1), size: 0x8000, flashMode: 0, flashSizeAndSpeed: 0x00 });
const data = Uint8Array.of(1, 2, 3, 4, 5);

const thrown = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

test("firmware goes to the start of the flash with a header for 1 MB and DOUT, unless its own is kept", () => {
  const { kind, at, bytes } = requestWrite(image, {}, chip);
  expect([kind, at, bytes.length]).toEqual(["write", 0, image.length]);
  expect([bytes[2], bytes[3]]).toEqual([3, 0x20]);
  expect(bytes.slice(4)).toEqual(image.slice(4));
  const other = requestAsWritten(image, { flashMode: "dio", flashSize: "512KB" }, MIB).bytes;
  expect([other[2], other[3]]).toEqual([2, 0x00]);
  expect(requestAsWritten(image, { keepHeader: true }, MIB).bytes).toEqual(image);
});

test("raw data and data elsewhere in the flash are taken as they are", () => {
  expect(requestWrite(data, { raw: true }, chip)).toEqual({ kind: "write", at: 0, bytes: data });
  expect(requestWrite(data, { at: 0x1000 }, chip)).toEqual({ kind: "write", at: 0x1000, bytes: data });
});

test("a whole chip is the data at its place and blank flash around it", () => {
  const { at, bytes } = requestAsWritten(data, { at: 8, target: "chip" }, 64);
  expect(at).toBe(0);
  expect(bytes).toEqual(new Uint8Array(64).fill(0xff).map((blank, i) => data[i - 8] ?? blank));
});

test.each([-4, 2, 1.5, Number.NaN, MIB])("nothing is written from offset %d on", (at) => {
  expect(thrown(() => requestAsWritten(data, { at, raw: true }, MIB))).toMatchObject({
    code: "bad-argument",
    step: "inspect-image",
    plugState: "untouched",
    nextStep: expect.stringContaining("starts at 0"),
  });
});

test("data ends where the flash ends, and is not empty", () => {
  const last = { at: MIB - 8, raw: true };
  expect(requestAsWritten(new Uint8Array(8), last, MIB).at).toBe(MIB - 8);
  for (const length of [9, 0]) {
    expect(thrown(() => requestAsWritten(new Uint8Array(length), last, MIB))).toMatchObject({
      code: "image-too-big",
      message: `${length} bytes at 0xffff8 do not fit into a flash of ${MIB} bytes.`,
      plugState: "untouched",
    });
  }
});

test("a header may not claim more than the flash has", () => {
  expect(requestAsWritten(image, { flashSize: "1MB" }, MIB).bytes[3]).toBe(0x20);
  expect(thrown(() => requestAsWritten(image, { flashSize: "2MB" }, MIB))).toMatchObject({
    code: "bad-argument",
    message: expect.stringContaining("state 2MB of flash"),
    plugState: "untouched",
  });
});

test("what no chip would start is refused, unless this plug's MAC was typed for it", () => {
  const broken = image.slice();
  broken[0x40]! ^= 1;
  expect(thrown(() => requestWrite(broken, {}, chip))).toMatchObject({ code: "bad-image", plugState: "untouched" });
  expect(thrown(() => requestWrite(broken, { overrideImage: "aa:aa:aa:aa:aa:aa" }, chip))).toMatchObject({
    code: "bad-image",
  });
  expect(requestWrite(broken, { overrideImage: "C4:4F:33:A1:B2:12" }, chip).bytes).toHaveLength(broken.length);
  expect(thrown(() => refuseImage(broken, { raw: true }, MIB))).toBeUndefined();
  expect(thrown(() => refuseImage(broken, { at: 0x1000 }, MIB))).toBeUndefined();
});

test("an image that is built for a larger flash is refused", () => {
  const large = firmwareLikeImage({ random: new SeededRandom(1), size: 0x8000, flashSizeAndSpeed: 0x40 });
  expect(thrown(() => requestWrite(large, {}, chip))).toMatchObject({
    message: expect.stringContaining("built for 4MB"),
  });
});
