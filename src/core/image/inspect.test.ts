import fc from "fast-check";
import { gzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { firmwareLikeImage } from "../../sim/bench/firmware-like-image.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { isPlugsmithError } from "../errors.ts";
import { crc32Msb } from "./crc.ts";
import { readImageHeader, withFlashParameters } from "./header.ts";
import { inspectImage } from "./inspect.ts";

const MIB = 0x100000;
const image = firmwareLikeImage({ random: new SeededRandom(7), size: 0x20000 });

function whyNot(bytes: Uint8Array, flashSize = MIB): string {
  try {
    inspectImage(bytes, flashSize);
  } catch (error) {
    if (isPlugsmithError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

test("the CRC is the one whose check value over 123456789 is published as 0376e6e7 (CRC-32/MPEG-2)", () => {
  expect(crc32Msb(new TextEncoder().encode("123456789"))).toBe(0x0376e6e7);
});

test("an image of boot loader and application is accepted and described", () => {
  const inspected = inspectImage(image, MIB);
  expect(inspected.form).toBe("two-part");
  expect(inspected.header).toMatchObject({ flashMode: "dout", flashSize: "1MB", frequencyMhz: 40 });
});

describe("what is no image is refused with its reason", () => {
  const page = new TextEncoder().encode("\n<!DOCTYPE html><html><title>tasmota.bin</title>");
  const esp32 = new Uint8Array(4096);
  esp32.set([0xe9, 5, 2, 0x20, 0x90, 0x12, 0x08, 0x40, 0xee, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  esp32.set([0x20, 0x00, 0x40, 0x3f], 24);
  /** Chip ids and load addresses: esptool, targets (IMAGE_CHIP_ID, MEMORY_MAP). */
  const esp32With = (address: number, chipId: number): Uint8Array => {
    const changed = esp32.slice();
    changed[12] = chipId;
    new DataView(changed.buffer).setUint32(24, address, true);
    return changed;
  };
  const afterBlank = (at: number, bytes: Uint8Array): Uint8Array => {
    const file = new Uint8Array(at + bytes.length).fill(0xff);
    file.set(bytes, at);
    return file;
  };
  test.each([
    ["an empty file", new Uint8Array(0), "empty"],
    ["gzip", gzipSync(image), "gzip"],
    ["a web page", page, "web page"],
    ["an ESP32 image", esp32, "ESP32"],
    ["an ESP32-C3's image", esp32With(0x3fc80000, 5), "ESP32"],
    ["an ESP32-C6's image", esp32With(0x40800000, 13), "ESP32"],
    ["an ESP32-P4's image", esp32With(0x4ff40000, 18), "ESP32"],
    ["an ESP32's factory image", afterBlank(0x1000, esp32), "ESP32"],
    ["an ESP32-P4's factory image", afterBlank(0x2000, esp32With(0x4ff40000, 18)), "ESP32"],
    [
      "a factory image with nothing behind its header",
      afterBlank(0x1000, new Uint8Array(64).fill(0).with(0, 0xe9)),
      "ESP32",
    ],
    ["an ESP8266's flash with its first sector erased", afterBlank(0x1000, image.subarray(0x1000)), "does not begin"],
    ["another file that begins with EA", new Uint8Array(64).fill(0xea), "does not begin"],
    ["a blank file", new Uint8Array(4096).fill(0xff), "does not begin"],
    ["a text", new TextEncoder().encode("hello, this is no firmware"), "does not begin"],
    ["three bytes of a header", Uint8Array.of(0xe9, 1, 2), "cut off"],
    ["a ZIP archive", Uint8Array.of(0x50, 0x4b, 3, 4), "ZIP"],
  ])("%s", (_, bytes, reason) => {
    expect(whyNot(bytes)).toContain("bad-image");
    expect(whyNot(bytes)).toContain(reason);
  });

  test("a version 2 image is called an ESP8266's, for a second-stage loader", () => {
    const said = whyNot(Uint8Array.of(0xea, 4, 3, 0x20, 4, 0, 0x10, 0x40, ...new Uint8Array(64)));
    expect(said).toContain("bad-image: This ESP8266 image (version 2, EA) is for a second-stage loader");
    expect(said).not.toContain("no image for the ESP8266");
  });

  test("too big for the flash", () => {
    expect(whyNot(image, 0x10000)).toContain("image-too-big");
  });
});

test("an image cut short anywhere is refused", () => {
  const end = inspectImage(image, MIB).imageLength;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: end - 1 }), (length) => {
      expect(whyNot(image.subarray(0, length))).toContain("bad-image");
    }),
    { numRuns: 60 },
  );
});

test("any byte changed within the segments is found", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0x1020, max: 0x8000 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = image.slice();
      damaged[at] = damaged[at]! ^ flip;
      expect(whyNot(damaged)).toContain("bad-image");
    }),
    { numRuns: 60 },
  );
});

test("no bytes whatever make it crash or accept nonsense", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, likely) => {
      if (likely) bytes.set([0xe9, 1, 2, 0x20].slice(0, bytes.length));
      expect(whyNot(bytes)).toMatch(/^(bad-image|accepted)/);
    }),
  );
});

test("setting size and mode changes the two header bytes and keeps the frequency", () => {
  const changed = withFlashParameters(image, "2MB", "dio");
  expect(readImageHeader(changed)).toMatchObject({ flashMode: "dio", flashSize: "2MB", frequencyMhz: 40 });
  const differing = [...changed.keys()].filter((at) => changed[at] !== image[at]);
  expect(differing).toEqual([2, 3]);
});

test("an image with a core's CRC is still known after its header was set for another flash, and damage is found", () => {
  const sealed = image.slice(0, inspectImage(image, MIB).imageLength);
  const view = new DataView(sealed.buffer);
  // As elf2bin.py does: the image is finished with both words 0, then they are put in.
  const held = sealed.slice(0x1010, 0x1018).reduce((xor, byte) => xor ^ byte, 0);
  sealed.fill(0, 0x1010, 0x1018);
  sealed[sealed.length - 1] = sealed[sealed.length - 1]! ^ held;
  const crc = crc32Msb(sealed);
  view.setUint32(0x1010, sealed.length, true);
  view.setUint32(0x1014, crc, true);
  expect(inspectImage(sealed, MIB).crc).toBe("right");
  expect(inspectImage(withFlashParameters(sealed, "4MB", "qio"), MIB).crc).toBe("header-changed");
  // Two bytes swapped keep the XOR; only the CRC sees it.
  const damaged = sealed.slice();
  damaged[0x2000] = damaged[0x2000]! ^ 1;
  damaged[0x2001] = damaged[0x2001]! ^ 1;
  expect(whyNot(damaged)).toContain("CRC");
});
