import { expect, test } from "vitest";
import { buildModelImage } from "../../sim/tasmota/model-image.ts";
import { crc32Msb } from "../image/crc.ts";
import { type FlashSizeName, withFlashParameters } from "../image/header.ts";
import { examineFirmware } from "./examine.ts";
import { packImage } from "./packing.ts";

const plain = buildModelImage();

/** Built for that much flash: the CRC covers the header's bytes (ESP8266 Arduino core, tools/elf2bin.py). */
function builtFor(size: FlashSizeName): Uint8Array {
  const image = withFlashParameters(plain, size, "dout");
  // The checksum is that of both words having been 0.
  const words = image.slice(0x1010, 0x1018).reduce((sum, byte) => sum ^ byte, 0);
  image[image.length - 1] = image.at(-1)! ^ words;
  const covered = image.slice();
  covered.fill(0, 0x1010, 0x1018);
  new DataView(image.buffer).setUint32(0x1014, crc32Msb(covered), true);
  return image;
}

const named = (image: string): Uint8Array => buildModelImage({ image });
const inHeader = (size: FlashSizeName): Uint8Array => withFlashParameters(plain, size, "dout");

test.each<[string, Uint8Array, FlashSizeName, RegExp | undefined]>([
  ["a header of the plug's size", plain, "1MB", undefined],
  ["a header of a smaller flash", inHeader("512KB"), "1MB", undefined],
  ["a header of 2 MB", inHeader("2MB"), "1MB", /built for 2MB of flash; the plug has 1024 KiB/],
  ["a header of 4 MB", inHeader("4MB"), "1MB", /built for 4MB/],
  ["a header of 16 MB", inHeader("16MB"), "4MB", /built for 16MB of flash; the plug has 4096 KiB/],
  ["a header of 4 MB, compressed", packImage(inHeader("4MB")), "1MB", /built for 4MB/],
  ["a header of 4 MB for a chip that has them", inHeader("4MB"), "4MB", undefined],
  ["a header of 2 MB for a chip with 4", inHeader("2MB"), "4MB", undefined],
  ["a build for 4 MB whose name alone still says so", named("4M"), "1MB", /tasmota-4M.*needs 4 MiB/],
  ["a build for 2 MB by its name", named("2M"), "1MB", /tasmota-2M.*needs 2 MiB/],
  ["a build for 4 MB by its name, for a chip that has them", named("4M"), "4MB", undefined],
  ["a Zigbee bridge's build", named("zbbridge"), "1MB", /Zigbee bridge/],
  ["a language build", named("DE"), "1MB", undefined],
  ["a program that reaches into the settings", buildModelImage({ size: 0xf4000 }), "1MB", /with its settings/],
  ["more bytes than the flash has", buildModelImage({ size: 0x84000 }), "512KB", /built for 1MB|has \d+ bytes/],
])("%s", (_, file, flashSize, says) => {
  const { fits, misfit } = examineFirmware(file, { flashSize, flashMode: "dout" });
  expect(fits).toBe(says === undefined);
  if (says === undefined) expect(misfit).toBeUndefined();
  else expect(misfit?.says).toMatch(says);
});

test("a build for 4 MB whose header was set to 1 MB is known by its CRC", () => {
  const disguised = withFlashParameters(builtFor("4MB"), "1MB", "dout");
  const examined = examineFirmware(disguised, { flashSize: "1MB", flashMode: "dout" });
  expect(examined.image).toMatchObject({ crc: "header-changed", builtFor: "4MB" });
  expect(examined.misfit).toMatchObject({ code: "bad-image", says: expect.stringContaining("built for 4MB") });
});
