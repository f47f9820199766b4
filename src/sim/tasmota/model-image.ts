/**
 * The small image flashed where no real firmware is at hand: a valid two-part ESP8266 image that carries Tasmota's
 * marks. Its code is one instruction that jumps to itself; it is not Tasmota and says so.
 * Source: Espressif "ESP8266 firmware image format"; Arduino core elf2bin.py (parts at 0 and 0x1000, length and CRC words).
 */
import { codeLikeBytes } from "../bench/code-like-bytes.ts";
import { SeededRandom } from "../world/seeded-random.ts";
import { buildText, METERING_TEXT, MINIMAL_TEXT, type ModelBuild } from "./build-of-image.ts";
import { STAND_IN_TEXT, TASMOTA_MARKER, TASMOTA_TEXTS } from "./tasmota-model.ts";

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
/** Header, three segment headers, the loop, padding and checksum of the application. */
const OVERHEAD = 64;
const FILLER_SEED = 15_2;
const MONTHS: readonly string[] = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** What a built image is to be taken for; default: the build that the firmware model was recorded from. */
export interface ModelImageOptions extends ModelBuild {
  /** Bytes of the file, filled with code-like ones; default: no more than needed, about 5 KiB. */
  readonly size?: number;
}

/** The image: about 5 KiB unless a size is asked for. Equal calls give the same bytes. */
export function buildModelImage(options: ModelImageOptions = {}): Uint8Array {
  for (let salt = 0; ; salt++) {
    const image = sealed(salt, options);
    if (image !== undefined) return image;
  }
}

/**
 * The file's CRC covers the part's checksum byte, and the checksum covers the CRC word: only some contents have a
 * checksum that fits both, so a word of salt is varied until one does.
 */
function sealed(salt: number, options: ModelImageOptions): Uint8Array | undefined {
  const loader = part(BOOT_LOADER_CODE, [{ address: BOOT_LOADER_CODE, bytes: Uint8Array.from(LOOP) }]);
  // The first segment begins with the length and CRC words, as the core's linker script lays them out.
  const application = part(APPLICATION_CODE, [
    { address: MAPPED_FLASH, bytes: constants(salt, options) },
    { address: APPLICATION_CODE, bytes: Uint8Array.from(LOOP) },
  ]);
  const image = new Uint8Array(APPLICATION + application.length).fill(PADDING);
  image.set(loader);
  image.set(application, APPLICATION);
  const view = new DataView(image.buffer);
  const last = image.length - 1;
  const plain = image[last]!;
  const before = crc32(image.subarray(0, last));
  for (let checksum = 0; checksum < 256; checksum++) {
    image[last] = checksum;
    const crc = crc32(image.subarray(last), before);
    const words = [...word(image.length), ...word(crc)];
    if (words.reduce((sum, byte) => sum ^ byte, plain) !== checksum) continue;
    view.setUint32(LENGTH_WORD, image.length, true);
    view.setUint32(CRC_WORD, crc, true);
    return image;
  }
  return undefined;
}

/** Length and CRC words, the salt, then everything a tool recognises Tasmota by. */
function constants(salt: number, { size, ...build }: ModelImageOptions): Uint8Array {
  const { image = "tasmota", metering = image !== "minimal" } = build;
  const texts = [
    ...TASMOTA_TEXTS,
    // Names of the metering commands (xdrv_03_energy.ino): where the firmware model has them, its image says so.
    ...(metering ? [METERING_TEXT] : []),
    ...(image === "minimal" ? [MINIMAL_TEXT] : []),
    `http://ota.tasmota.com/tasmota/release/${image === "tasmota" ? image : `tasmota-${image}`}.bin.gz`,
    "https://github.com/arendst/Tasmota",
    STAND_IN_TEXT,
    ...(build.built === undefined ? [] : [compilersDate(build.built)]),
    ...(Object.keys(build).length === 0 ? [] : [buildText(build)]),
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
  const filler = (size ?? 0) - APPLICATION - OVERHEAD - body.length;
  if (filler <= 0) return Uint8Array.from(body);
  const filled = new Uint8Array(body.length + (filler & ~0xf));
  filled.set(body);
  filled.set(codeLikeBytes(filled.length - body.length, new SeededRandom(FILLER_SEED)), body.length);
  return filled;
}

/** "2025-12-04T…" as the compiler writes it: "Dec  4 2025". */
function compilersDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  return `${MONTHS[month! - 1]} ${String(day).padStart(2)} ${year}`;
}

function part(entry: number, segments: readonly Segment[]): Uint8Array {
  const length = segments.reduce((sum, { bytes }) => sum + 8 + bytes.length, 8);
  const bytes = new Uint8Array(Math.ceil((length + 1) / 16) * 16);
  bytes.set([MAGIC, segments.length, MODE_DOUT, SIZE_AND_SPEED, ...word(entry)]);
  let at = 8;
  let checksum = CHECKSUM_SEED;
  for (const segment of segments) {
    bytes.set([...word(segment.address), ...word(segment.bytes.length)], at);
    bytes.set(segment.bytes, at + 8);
    at += 8 + segment.bytes.length;
    for (const byte of segment.bytes) checksum ^= byte;
  }
  bytes[bytes.length - 1] = checksum;
  return bytes;
}

function word(value: number): readonly number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff];
}

/** MSB first, register starting at all ones, not inverted at the end. @param start the register after what came before. */
function crc32(bytes: Uint8Array, start = 0xffffffff): number {
  let crc = start;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x80000000 ? CRC_POLYNOMIAL : 0);
  }
  return crc >>> 0;
}
