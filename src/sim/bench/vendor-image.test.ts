import { zlibSync } from "fflate";
import { expect, test } from "vitest";
import { SeededRandom } from "../world/seeded-random.ts";
import { codeLikeBytes, entropyOf } from "./code-like-bytes.ts";
import { firmwareLikeImage } from "./firmware-like-image.ts";
import { VENDOR_WIFI, vendorImage } from "./vendor-image.ts";

/** Share of 4 KiB sectors that hold anything. */
function used(image: Uint8Array): number {
  let bytes = 0;
  for (let at = 0; at < image.length; at += 4096) {
    if (image.subarray(at, at + 4096).some((byte) => byte !== 0xff)) bytes += 4096;
  }
  return bytes / image.length;
}

/** Walks segments as the ROM's documentation tells, and returns the end of the image; throws if it is not legal. */
function endOfImage(flash: Uint8Array, start: number): number {
  const view = new DataView(flash.buffer, flash.byteOffset, flash.byteLength);
  if (flash[start] !== 0xe9) throw new Error("no magic");
  let at = start + 8;
  let checksum = 0xef;
  for (let left = flash[start + 1]!; left > 0; left--) {
    const length = view.getUint32(at + 4, true);
    at += 8;
    for (const byte of flash.subarray(at, at + length)) checksum ^= byte;
    at += length;
  }
  const last = start + ((at - start) | 0xf);
  if (flash[last] !== checksum) throw new Error("checksum");
  return last + 1;
}

test("the vendor image is a megabyte, about 60 % used, with boot, two slots and the parameters where the SDK has them", () => {
  const image = vendorImage(new SeededRandom(1));
  expect(image.length).toBe(0x100000);
  expect(used(image)).toBeGreaterThan(0.58);
  expect(used(image)).toBeLessThan(0.62);
  expect(endOfImage(image, 0)).toBeLessThan(0x1000);
  expect(endOfImage(image, 0x1000)).toBeLessThan(0x81000);
  expect(endOfImage(image, 0x81000)).toBeLessThan(0xfb000);
  const parameters = new TextDecoder("latin1").decode(image.subarray(0xfd000, 0xff000));
  expect(parameters).toContain(VENDOR_WIFI.ssid);
  expect(parameters).toContain(VENDOR_WIFI.password);
});

test("the same seed makes the same image, another seed another", () => {
  const image = vendorImage(new SeededRandom(1), 0x10000);
  expect(vendorImage(new SeededRandom(1), 0x10000)).toEqual(image);
  expect(vendorImage(new SeededRandom(2), 0x10000)).not.toEqual(image);
  expect(used(image)).toBeGreaterThan(0.5);
});

test("code-like bytes have the entropy and compressibility of compiled code", () => {
  const bytes = codeLikeBytes(300_000, new SeededRandom(1));
  expect(entropyOf(bytes)).toBeGreaterThan(6.8);
  expect(entropyOf(bytes)).toBeLessThan(7.0);
  const ratio = zlibSync(bytes, { level: 9 }).length / bytes.length;
  expect(ratio).toBeGreaterThan(0.7);
  expect(ratio).toBeLessThan(0.76);
});

test("a firmware-like image has a legal boot part, and an application that ends where the image ends", () => {
  const image = firmwareLikeImage({ random: new SeededRandom(1) });
  expect(image.length).toBe(640 * 1024);
  expect([...image.subarray(2, 4)]).toEqual([3, 0x20]);
  endOfImage(image, 0);
  expect(endOfImage(image, 0x1000)).toBe(image.length);
});
