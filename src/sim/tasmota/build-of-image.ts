/**
 * What the image in the flash is, as far as the firmware model can be it: its version where plugsmith's own image tells one,
 * the minimal build and the missing meter by what real images show too.
 * Sources: Tasmota include/i18n.h (kEnergyCommands' names), language/en_GB.h (D_WARNING_MINIMAL_VERSION); Arduino core
 * for ESP8266 Esp.cpp (getSketchSize: the segments from 0x1000 on, up to the checksum).
 */
import { BUILD } from "./build-facts.ts";
import type { BuildFacts } from "./contract.ts";

/** What an image of plugsmith's own says it stands for. */
export interface ModelBuild {
  /** "15.3.0". */
  readonly number?: string;
  /** CODE_IMAGE_STR: "tasmota", "minimal", "lite". */
  readonly image?: string;
  /** ISO date and time. */
  readonly built?: string;
  readonly metering?: boolean;
}

export const METERING_TEXT = "PowerCal|VoltageCal|CurrentCal";
export const MINIMAL_TEXT = "WARNING This version does not support persistent settings";
const BUILD_MARK = "plugsmith-build ";
/** No image reaches further on a 1 MiB chip. */
const PROGRAM_END = 0xf3000;
const APPLICATION = 0x1000;
const IMAGE_MAGIC = 0xe9;
const MOST_SEGMENTS = 16;
const KIB = 1024;
/** Header byte 3, upper half: flash size in KiB by its code (Esp.cpp, magicFlashChipSize). */
const FLASH_SIZES: Readonly<Record<number, number>> = {
  0x0: 512,
  0x1: 256,
  0x2: 1024,
  0x3: 2048,
  0x4: 4096,
  0x8: 8192,
  0x9: 16384,
};
const RECORDED_LENGTH = BUILD.programSize * KIB;

type Read = (address: number, length: number) => Uint8Array;

export function buildText(build: ModelBuild): string {
  return `${BUILD_MARK}${JSON.stringify(build)}`;
}

/** Length of the program in the flash; where there is none that makes sense, that of the recorded build. */
export function programLength(read: Read): number {
  return applicationEnd(read) ?? RECORDED_LENGTH;
}

/** Flash size that the running image's header claims, KiB; 0 for a code without a meaning. */
export function claimedFlashSize(header: number): number {
  return FLASH_SIZES[header >> 4] ?? 0;
}

function applicationEnd(read: Read): number | undefined {
  const [magic, segments = 0] = read(APPLICATION, 2);
  if (magic !== IMAGE_MAGIC || segments === 0 || segments > MOST_SEGMENTS) return undefined;
  let at = APPLICATION + 8;
  for (let left = segments; left > 0; left--) {
    const header = read(at, 8);
    at += 8 + new DataView(header.buffer, header.byteOffset, 8).getUint32(4, true);
    if (at > PROGRAM_END) return undefined;
  }
  return (at + 16) & ~15;
}

/** @param freeSpace bytes the updater has beside the program. */
export function buildOfImage(read: Read, freeSpace: number): BuildFacts {
  const length = programLength(read);
  const program = read(0, Math.min(length, PROGRAM_END));
  const reported = reportedBuild(program);
  const minimal = reported.image === undefined ? isMinimal(program) : reported.image === "minimal";
  const image = reported.image ?? (minimal ? "minimal" : BUILD.image);
  const number = reported.number ?? BUILD.number;
  return {
    ...BUILD,
    number,
    image,
    version: `${number}(${image})`,
    built: reported.built ?? BUILD.built,
    programSize: Math.floor(length / KIB),
    free: Math.floor(freeSpace / KIB),
    minimal,
    metering: find(program, METERING_TEXT) >= 0,
  };
}

const isMinimal = (program: Uint8Array): boolean =>
  find(program, MINIMAL_TEXT) >= 0 && find(program, METERING_TEXT) < 0;

function reportedBuild(program: Uint8Array): ModelBuild {
  const at = find(program, BUILD_MARK);
  if (at < 0) return {};
  const reported = program.subarray(at + BUILD_MARK.length, program.indexOf(0, at));
  return JSON.parse(String.fromCharCode(...reported)) as ModelBuild;
}

/** Where an ASCII text begins, or -1. In place: every start of a plug asks, and a program has 600 KiB. */
function find(bytes: Uint8Array, text: string): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < text.length && bytes[at + same] === text.charCodeAt(same)) same++;
    if (same === text.length) return at;
  }
  return -1;
}
