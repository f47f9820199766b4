/**
 * An image whose program starts the hardware watchdog and then hangs: what a damaged firmware does, again and again.
 * LX106 instructions by hand (Xtensa ISA reference); registers: ESP8266 Technical Reference, WDT.
 */
import { buildImage } from "../../src/sim/bench/esp8266-image.ts";

const IRAM = 0x40100000;
const WATCHDOG = 0x60000900;

export function hangingImage(): Uint8Array {
  const code = [
    // the literal, then: l32r a2, literal; movi a3, 1; movi a4, 9
    ...[WATCHDOG & 0xff, (WATCHDOG >> 8) & 0xff, (WATCHDOG >> 16) & 0xff, WATCHDOG >>> 24],
    ...[0x21, 0xff, 0xff],
    ...[0x32, 0xa0, 0x01],
    ...[0x42, 0xa0, 0x09],
    // s32i a4, a2, 4 and 8: both stages 2^9 units long; s32i a3, a2, 0: on
    ...[0x42, 0x62, 0x01],
    ...[0x42, 0x62, 0x02],
    ...[0x32, 0x62, 0x00],
    // waiti 0; j back to it: an interrupt that never comes
    ...[0x00, 0x70, 0x00],
    ...[0x46, 0xfe, 0xff],
  ];
  const segments = [{ address: IRAM, bytes: Uint8Array.from(code) }];
  return buildImage({ entry: IRAM + 4, segments, flashMode: 3, flashSizeAndSpeed: 0x10 });
}
