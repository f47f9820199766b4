import { expect, test } from "vitest";
import { TestBoard } from "../../../test/support/tasmota-host.ts";
import { tasmotaWithoutRadio } from "../../../test/support/tasmota-without-radio.ts";
import { buildModelImage } from "./model-image.ts";
import { isStandInImage, isTasmota, STAND_IN_TEXT } from "./tasmota-model.ts";

const reader =
  (flash: Uint8Array) =>
  (address: number, length: number): Uint8Array =>
    flash.slice(address, address + length);

function flashed(image: Uint8Array): Uint8Array {
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(image);
  return flash;
}

/** XOR of a part's segment data, as the boot ROM sums it; and the byte it must equal. */
function checksums(image: Uint8Array, start: number): readonly [computed: number, stored: number] {
  const view = new DataView(image.buffer);
  let sum = 0xef;
  let at = start + 8;
  for (let i = 0; i < image[start + 1]!; i++) {
    const length = view.getUint32(at + 4, true);
    for (let j = 0; j < length; j++) sum ^= image[at + 8 + j]!;
    at += 8 + length;
  }
  const end = at + (15 - ((at - start) % 16));
  return [sum, image[end]!];
}

/** CRC-32 MSB first, a byte a step. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const carry = (crc >>> 31) ^ ((byte >> bit) & 1);
      crc = (crc << 1) ^ (carry ? 0x04c11db7 : 0);
    }
  }
  return crc >>> 0;
}

test("the built-in image is two valid parts with matching checksums, length and CRC", () => {
  const image = buildModelImage();
  const view = new DataView(image.buffer);
  expect([image[0], image[2], image[3], image[0x1000]]).toEqual([0xe9, 3, 0x20, 0xe9]);
  for (const start of [0, 0x1000]) {
    const [computed, stored] = checksums(image, start);
    expect(stored).toBe(computed);
  }
  expect(view.getUint32(0x1010, true)).toBe(image.length);
  const crc = view.getUint32(0x1014, true);
  const zeroed = image.slice();
  zeroed.fill(0, 0x1010, 0x1018);
  expect(crcOf(zeroed)).toBe(crc);
});

test("the built-in image is the same every time and recognised", () => {
  expect(buildModelImage()).toEqual(buildModelImage());
  expect(isTasmota(reader(flashed(buildModelImage())))).toBe(true);
});

test("the built-in image is told from one that is to be executed by what it says of itself", () => {
  const image = buildModelImage();
  expect(isStandInImage(reader(flashed(image)))).toBe(true);
  const at = findText(image, STAND_IN_TEXT);
  image.fill(0x20, at, at + STAND_IN_TEXT.length);
  expect([isTasmota(reader(flashed(image))), isStandInImage(reader(flashed(image)))]).toEqual([true, false]);
});

test("flash without the marker, without a text, or without an application is not taken for Tasmota", () => {
  const blank = new Uint8Array(0x100000).fill(0xff);
  expect(isTasmota(reader(blank))).toBe(false);
  const image = buildModelImage();
  for (const spoil of [0, 0x1000, image.indexOf(0x5a, 0x1018), findText(image, "DVES_%06X")]) {
    const other = image.slice();
    other[spoil]! ^= 0x10;
    expect(isTasmota(reader(flashed(other))), `byte ${spoil}`).toBe(false);
  }
});

function findText(image: Uint8Array, text: string): number {
  return new TextDecoder("latin1").decode(image).indexOf(text);
}

test("every boot says that this is a stand-in and that the flashed image is not executed", () => {
  const model = tasmotaWithoutRadio();
  const board = new TestBoard({ model });
  board.powerOn();
  expect(board.heard).toContain("stand-in for Tasmota 15.2; the image you flashed is not executed");
  expect(model.notice).toContain("not executed");
  board.run(5);
  board.heard = "";
  board.type("Restart 1\n");
  board.run(5);
  expect(board.heard).toContain("not executed");
});

test("a stopped plug does nothing more", () => {
  const board = new TestBoard({ model: tasmotaWithoutRadio() });
  board.powerOn();
  board.run(3);
  board.type("Restart 1\n");
  board.run(0.5);
  board.powerOff();
  const before = board.flash.slice();
  board.heard = "";
  board.type("Power On\n");
  board.run(30);
  expect(board.heard).toBe("");
  expect(board.flash).toEqual(before);
});
