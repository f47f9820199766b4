/**
 * The made-up firmware that a virtual plug comes with: laid out as Espressif's non-OS SDK lays out 1 MB with two
 * application slots ("ESP8266 SDK Getting Started Guide", flash map 512 KB + 512 KB): boot at 0, slot 1 at 0x1000, slot
 * 2 at 0x81000 (an older, smaller version), RF calibration, init data and system parameters in the last five sectors,
 * among them the vendor's Wi-Fi credentials (invented). About 60 % is used, the rest is erased. It boots: the boot part
 * prints a greeting. Other sizes are laid out in proportion.
 */
import type { SeededRandom } from "../world/seeded-random.ts";
import { codeLikeBytes } from "./code-like-bytes.ts";
import { buildImage } from "./esp8266-image.ts";
import { greetingProgram } from "./greeting-program.ts";

export const VENDOR_GREETING = "\r\nmade-up vendor firmware 1.0.3, slot 1\r\n";
/** What the made-up owner's network is called in the vendor's configuration. */
export const VENDOR_WIFI: { readonly ssid: string; readonly password: string } = {
  ssid: "old-home-network",
  password: "not-a-real-password",
};

const SECTOR = 0x1000;
/** Used parts of the two slots' halves of the flash. */
const SLOT_1_USED = 0.72;
const SLOT_2_USED = 0.45;
/** Non-OS SDK: station configuration in system parameters as SSID (32 bytes) then password (64). */
const SSID_BYTES = 32;
const PASSWORD_BYTES = 64;
const FLASH_MODE_DOUT = 3;
const SIZE_NIBBLE: Readonly<Record<number, number>> = { 0x40000: 0x10, 0x80000: 0x00, 0x100000: 0x20 };

/** @param size of the flash, a multiple of 4 KiB, at least 64 KiB. */
export function vendorImage(random: SeededRandom, size = 0x100000): Uint8Array {
  const image = new Uint8Array(size).fill(0xff);
  const half = size / 2;
  const flashSizeAndSpeed = SIZE_NIBBLE[size] ?? 0x20;
  image.set(buildImage({ ...greetingProgram(VENDOR_GREETING), flashMode: FLASH_MODE_DOUT, flashSizeAndSpeed }));
  image.set(slot(random.fork("slot 1"), Math.floor(half * SLOT_1_USED), flashSizeAndSpeed), SECTOR);
  image.set(slot(random.fork("slot 2"), Math.floor(half * SLOT_2_USED), flashSizeAndSpeed), half + SECTOR);
  image.set(random.fork("rf calibration").bytes(512), size - 5 * SECTOR);
  image.set(codeLikeBytes(128, random.fork("init data")), size - 4 * SECTOR);
  image.set(systemParameters(random.fork("parameters")), size - 3 * SECTOR);
  return image;
}

function slot(random: SeededRandom, size: number, flashSizeAndSpeed: number): Uint8Array {
  const ram = Math.min(0x1800, size >> 3) & ~15;
  return buildImage({
    entry: 0x40100004,
    segments: [
      { address: 0x40201010, bytes: codeLikeBytes((size - ram - 64) & ~15, random.fork("flash")) },
      { address: 0x40100000, bytes: codeLikeBytes(ram, random.fork("RAM")) },
    ],
    flashMode: FLASH_MODE_DOUT,
    flashSizeAndSpeed,
  });
}

/** The SDK keeps two copies and, in the third sector, which of them counts. */
function systemParameters(random: SeededRandom): Uint8Array {
  const parameters = new Uint8Array(3 * SECTOR).fill(0xff);
  const station = new Uint8Array(SSID_BYTES + PASSWORD_BYTES);
  station.set(new TextEncoder().encode(VENDOR_WIFI.ssid));
  station.set(new TextEncoder().encode(VENDOR_WIFI.password), SSID_BYTES);
  for (const copy of [0, SECTOR]) {
    parameters.set(random.fork("device id").bytes(20), copy);
    parameters.set(station, copy + 32);
  }
  parameters.set([0, 0, 0, 0], 2 * SECTOR);
  return parameters;
}
