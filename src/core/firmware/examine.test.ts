import { expect, test } from "vitest";
import { vendorImage } from "../../sim/bench/vendor-image.ts";
import { buildModelImage } from "../../sim/tasmota/model-image.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { withFlashParameters } from "../image/header.ts";
import { examineFirmware } from "./examine.ts";
import { refuseUnfit } from "./fitness.ts";
import { packImage } from "./packing.ts";
import { roomBeside } from "./space.ts";

const AS_USUAL = { flashSize: "1MB", flashMode: "dout" } as const;
const tasmota = buildModelImage();

test("an image is described with its parts, and writing it unchanged alters nothing", () => {
  const examined = examineFirmware(tasmota, AS_USUAL);
  expect(examined).toMatchObject({
    form: "image",
    fits: true,
    changes: [],
    facts: { kind: "tasmota", metering: true },
  });
  expect(examined.facts.model).toBe(true);
  expect(examined.image?.segments).toEqual([
    { part: "boot loader", offset: 0x10, address: 0x4010f000, length: 4, memory: "instruction RAM" },
    expect.objectContaining({ part: "application", offset: 0x1010, address: 0x40201010, memory: "mapped flash" }),
    expect.objectContaining({ part: "application", address: 0x40100000, length: 4, memory: "instruction RAM" }),
  ]);
});

test("a header for another flash is described with each byte that writing would set", () => {
  const { changes, image } = examineFirmware(withFlashParameters(tasmota, "4MB", "qio"), AS_USUAL);
  expect(changes).toEqual([
    { offset: 2, from: 0, to: 3, what: "flash mode dout" },
    { offset: 3, from: 0x40, to: 0x20, what: "flash size 1MB" },
  ]);
  expect(image?.crc).toBe("header-changed");
});

test("a compressed image is examined as what is in it", () => {
  const packed = packImage(tasmota);
  const examined = examineFirmware(packed, AS_USUAL);
  expect(examined).toMatchObject({ form: "packed", fileBytes: packed.length, bytes: tasmota.length });
  expect(examined.facts).toEqual(examineFirmware(tasmota, AS_USUAL).facts);
});

test("Tasmota must end below its settings, not only within the flash", () => {
  const large = buildModelImage({ size: 0xf4000 });
  expect(examineFirmware(large, AS_USUAL).fits).toBe(false);
  expect(examineFirmware(large, { ...AS_USUAL, flashSize: "2MB" }).fits).toBe(true);
});

test("a whole flash is distinguished from an image, is written unchanged, and need not boot", () => {
  const backup = vendorImage(new SeededRandom(3));
  expect(examineFirmware(backup, AS_USUAL)).toMatchObject({ form: "flash", fits: true, changes: [] });
  const erased = examineFirmware(new Uint8Array(0x100000).fill(0xff), AS_USUAL);
  expect(erased.image).toBeUndefined();
  expect(erased.unbootable).toContain("does not begin with an image header");
  expect(() => examineFirmware(new Uint8Array(5000), AS_USUAL)).toThrowError(
    expect.objectContaining({ code: "bad-image" }),
  );
});

test("a plug that measures gets no build without metering, and no plug gets the minimal one or another firmware", () => {
  const factsOf = (image: Uint8Array) => examineFirmware(image, AS_USUAL).facts;
  const refused = expect.objectContaining({ code: "not-supported" });
  const lite = factsOf(buildModelImage({ image: "lite", metering: false }));
  const minimal = factsOf(buildModelImage({ image: "minimal" }));
  expect(minimal).toMatchObject({ minimal: true, metering: false, otaImage: "tasmota-minimal" });
  expect(() => refuseUnfit(lite, true)).toThrowError(refused);
  expect(() => refuseUnfit(lite, false)).not.toThrow();
  expect(() => refuseUnfit(minimal, false)).toThrowError(refused);
  expect(() => refuseUnfit(factsOf(vendorImage(new SeededRandom(3))), false)).toThrowError(refused);
  expect(() => refuseUnfit(factsOf(tasmota), true)).not.toThrow();
});

test("room for the next upgrade counts whole sectors up to 0xFB000, as Status 4 does: 655 KiB leave 348", () => {
  expect(roomBeside(655 * 1024)).toBe(348 * 1024);
  expect(roomBeside(656 * 1024 + 1)).toBe(344 * 1024);
});
