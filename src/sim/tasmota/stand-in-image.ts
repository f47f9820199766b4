/**
 * The small image flashed where no real firmware is at hand: a valid two-part ESP8266 image that carries Tasmota's
 * marks. Its code is one instruction that jumps to itself; it is not Tasmota and says so.
 * Source: Espressif "ESP8266 firmware image format"; Arduino core elf2bin.py (parts at 0 and 0x1000, length and CRC words).
 */
import { STAND_IN_NOTICE } from "./build-facts.ts";
import { TASMOTA_MARKER, TASMOTA_TEXTS } from "./stand-in.ts";

const MAGIC = 0xe9;
const MODE_DOUT = 3;
/** 1 MiB, 40 MHz. */
const SIZE_AND_SPEED = 0x20;
const CHECKSUM_SEED = 0xef;
const APPLICATION = 0x1000;
const LENGTH_WORD = 0x1010;
const CRC_WORD = 0x1014;
const PADDING = 0xaa;
/** Where the two parts' code runs, and where the constants lie in the mapped flash. */
const BOOT_LOADER_CODE = 0x4010f000;
const APPLICATION_CODE = 0x40100000;
const MAPPED_FLASH = 0x40201010;
/** "j ." padded to a word: an endless loop. */
const LOOP: readonly number[] = [0x06, 0xff, 0xff, 0x00];
const CRC_POLYNOMIAL = 0x04c11db7;

interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** The image: about 5 KiB. Every call gives the same bytes. */
export function buildStandInImage(): Uint8Array {
  for (let salt = 0; ; salt++) {
    const image = sealed(salt);
    if (image !== undefined) return image;
  }
}

/**
 * The file's CRC covers the part's checksum byte, and the checksum covers the CRC word: only some contents have a
 * checksum that fits both, so a word of salt is varied until one does.
 */
function sealed(salt: number): Uint8Array | undefined {
  const loader = part(BOOT_LOADER_CODE, [{ address: BOOT_LOADER_CODE, bytes: Uint8Array.from(LOOP) }]);
  // The first segment begins with the length and CRC words, as the core's linker script lays them out.
  const application = part(APPLICATION_CODE, [
    { address: MAPPED_FLASH, bytes: constants(salt) },
    { address: APPLICATION_CODE, bytes: Uint8Array.from(LOOP) },
  ]);
  const image = new Uint8Array(APPLICATION + application.length).fill(PADDING);
  image.set(loader);
  image.set(application, APPLICATION);
  const view = new DataView(image.buffer);
  const last = image.length - 1;
  const plain = image[last]!;
  for (let checksum = 0; checksum < 256; checksum++) {
    image[last] = checksum;
    const crc = crc32(image);
    const words = [...word(image.length), ...word(crc)];
    if (words.reduce((sum, byte) => sum ^ byte, plain) !== checksum) continue;
    view.setUint32(LENGTH_WORD, image.length, true);
    view.setUint32(CRC_WORD, crc, true);
    return image;
  }
  return undefined;
}

/** Length and CRC words, the salt, then everything a tool recognises Tasmota by. */
function constants(salt: number): Uint8Array {
  const texts = [
    ...TASMOTA_TEXTS,
    // Names of the metering commands (xdrv_03_energy.ino): the stand-in has them, so its image says so.
    "PowerCal|VoltageCal|CurrentCal",
    "http://ota.tasmota.com/tasmota/release/tasmota.bin.gz",
    "https://github.com/arendst/Tasmota",
    `plugsmith ${STAND_IN_NOTICE}`,
  ];
  const body = [
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    ...word(salt),
    ...TASMOTA_MARKER,
    ...new TextEncoder().encode(`${texts.join("\0")}\0`),
  ];
  while (body.length % 4 !== 0) body.push(0);
  return Uint8Array.from(body);
}

function part(entry: number, segments: readonly Segment[]): Uint8Array {
  const bytes: number[] = [MAGIC, segments.length, MODE_DOUT, SIZE_AND_SPEED, ...word(entry)];
  for (const segment of segments) bytes.push(...word(segment.address), ...word(segment.bytes.length), ...segment.bytes);
  while (bytes.length % 16 !== 15) bytes.push(0);
  bytes.push(segments.reduce((sum, { bytes: data }) => data.reduce((total, byte) => total ^ byte, sum), CHECKSUM_SEED));
  return Uint8Array.from(bytes);
}

function word(value: number): readonly number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff];
}

/** MSB first, register starting at all ones, not inverted at the end. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x80000000 ? CRC_POLYNOMIAL : 0);
  }
  return crc >>> 0;
}
