/**
 * The four efuse words at 0x3ff00050 that tell which chip this is and its MAC. Layout as esptool's targets/esp8266.py
 * reads it, plus what Espressif's SDK checks before it starts Wi-Fi (bit 15 of word 2; CRC of the vendor's prefix).
 */

export type ChipVariant = "ESP8285N08" | "ESP8285H08" | "ESP8285H16" | "ESP8266EX";

/** "1 MB, embedded flash" and temperature grade, as bits of words 0 and 3. */
const VARIANT_WORDS: Readonly<Record<ChipVariant, { readonly w0: number; readonly w3: number }>> = {
  ESP8285N08: { w0: 0x10, w3: 0 },
  ESP8285H08: { w0: 0x30, w3: 0 },
  ESP8285H16: { w0: 0x30, w3: 0x0400_0000 },
  ESP8266EX: { w0: 0, w3: 0 },
};
/** Word 2: bit 12 the vendor prefix is in word 3; bit 15 set on every ESP8266; bit 16 embedded flash. */
const W2_PREFIX_IN_W3 = 1 << 12;
const W2_ESP8266 = 1 << 15;
const W2_EMBEDDED_FLASH = 1 << 16;

/**
 * @param mac 6 bytes, station address.
 * @returns words 0 to 3 as the registers show them.
 */
export function efuseWords(mac: Uint8Array, variant: ChipVariant): readonly [number, number, number, number] {
  const [m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m5 = 0] = mac;
  const bits = VARIANT_WORDS[variant];
  const prefix = ((m0 << 16) | (m1 << 8) | m2) >>> 0;
  const w3 = (prefix | bits.w3) >>> 0;
  const crc = crc8([m2, m1, m0]);
  const embedded = variant === "ESP8266EX" ? 0 : W2_EMBEDDED_FLASH;
  return [
    ((m5 << 24) | bits.w0) >>> 0,
    ((0x02 << 24) | (m3 << 8) | m4) >>> 0,
    ((crc << 24) | embedded | W2_ESP8266 | W2_PREFIX_IN_W3) >>> 0,
    w3,
  ];
}

/** CRC-8 with the reflected polynomial 8Ch, initial value 0. */
function crc8(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8c : crc >> 1;
  }
  return crc;
}
