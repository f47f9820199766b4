/**
 * What the chip's efuses, its flash id and its UART divider say about it.
 *
 * Sources: esptool targets/esp8266.py for the meaning of the efuse bits; ESP8266 SDK for the OUI rules; JEDEC for the
 * flash id (maker, type, log2 of the size).
 */
import { toHex } from "../bytes.ts";
import { FLASH_MAKERS } from "./tables.ts";

export interface ChipIdentity {
  readonly chip: "ESP8285" | "ESP8266EX";
  /** "ESP8285N08", "ESP8285H16", "ESP8285", "ESP8266EX": package and temperature grade if the efuses contain them. */
  readonly variant: string;
  /** "c4:4f:33:a1:b2:12" */
  readonly mac: string;
  /** The same as 12 hex digits: the name of the plug's folder. */
  readonly plug: string;
  /** JEDEC id, maker in the low byte: 0x1440c8 reads c8 40 14. */
  readonly flashId: number;
  readonly flashMaker: string;
  /** Bytes, from the flash id. */
  readonly flashSize: number;
  readonly crystalMhz: 26 | 40;
}

/** The four efuse words from 0x3ff00050 on. */
export type EfuseWords = readonly [number, number, number, number];

export function chipVariant([w0, , w2, w3]: EfuseWords): Pick<ChipIdentity, "chip" | "variant"> {
  const is8285 = (w0 & (1 << 4)) !== 0 || (w2 & (1 << 16)) !== 0;
  if (!is8285) return { chip: "ESP8266EX", variant: "ESP8266EX" };
  const grade = (w0 & (1 << 5)) !== 0 ? "H" : "N";
  const megabytes = embeddedFlash(w0, w3);
  return {
    chip: "ESP8285",
    variant: megabytes === undefined ? "ESP8285" : `ESP8285${grade}${megabytes === 1 ? "08" : "16"}`,
  };
}

/** MiB of the flash inside the package: two bits of the fourth word, read in one of two ways. */
function embeddedFlash(w0: number, w3: number): 1 | 2 | undefined {
  if ((w3 & (1 << 27)) !== 0) return undefined;
  const larger = (w3 & (1 << 26)) !== 0;
  const first = (w0 & (1 << 4)) !== 0;
  const second = (w3 & (1 << 25)) !== 0;
  if (first === second) return undefined;
  if (first) return larger ? 2 : 1;
  return larger ? undefined : 2;
}

/** Six bytes, as printed on labels and used on the air. Undefined where the efuses hold no known OUI. */
export function stationMac([w0, w1, , w3]: EfuseWords): Uint8Array | undefined {
  const tail = [(w1 >>> 8) & 0xff, w1 & 0xff, w0 >>> 24];
  if ((w3 & 0xffffff) !== 0) return Uint8Array.of((w3 >>> 16) & 0xff, (w3 >>> 8) & 0xff, w3 & 0xff, ...tail);
  const oui = (w1 >>> 16) & 0xff;
  if (oui === 0) return Uint8Array.of(0x18, 0xfe, 0x34, ...tail);
  if (oui === 1) return Uint8Array.of(0xac, 0xd0, 0x74, ...tail);
  return undefined;
}

export function macText(mac: Uint8Array): string {
  return Array.from(mac, (byte) => toHex(Uint8Array.of(byte))).join(":");
}

/** Twelve hex digits of a MAC typed in any usual notation; undefined where it is none. */
export function macDigits(typed: string): string | undefined {
  const digits = typed.toLowerCase().replace(/[\s:.-]/g, "");
  return /^[0-9a-f]{12}$/.test(digits) ? digits : undefined;
}

/** Bytes a flash of this JEDEC id holds, undefined where the id makes no sense (nothing connected reads 0 or ff). */
export function flashSizeOf(flashId: number): number | undefined {
  const capacity = (flashId >>> 16) & 0xff;
  const maker = flashId & 0xff;
  // 256 KiB to 16 MiB: what an ESP8266 can address.
  if (maker === 0 || maker === 0xff || capacity < 0x12 || capacity > 0x18) return undefined;
  return 2 ** capacity;
}

export function flashMakerOf(flashId: number): string {
  const maker = flashId & 0xff;
  return FLASH_MAKERS[maker] ?? `unknown maker 0x${maker.toString(16).padStart(2, "0")}`;
}

/**
 * Crystal from the divider the ROM found by itself: its UART runs at twice the crystal. The host's own rate may be off
 * by a few percent, so only the nearer of the two that exist is reported.
 */
export function crystalOf(divider: number, baud: number): 26 | 40 {
  return crystalEstimate(divider, baud) > 33 ? 40 : 26;
}

/** Whether a chip with this divider can be at this rate: one of the two crystals within a tenth, as a receiver bears less. */
export function mayBeAt(divider: number, baud: number): boolean {
  const estimate = crystalEstimate(divider, baud);
  return [26, 40].some((crystalMhz) => Math.abs(estimate / crystalMhz - 1) < 0.1);
}

/** MHz */
function crystalEstimate(divider: number, baud: number): number {
  return (divider * baud) / 2e6;
}
