/**
 * A made-up firmware image for tests and rehearsals, laid out as images built on the ESP8266 Arduino core are: a small
 * boot part at 0, the application with its own header at 0x1000. It really boots: the boot part prints its greeting.
 * The application part has legal headers and checksum and code-like contents; nothing executes it.
 */
import type { SeededRandom } from "../world/seeded-random.ts";
import { codeLikeBytes } from "./code-like-bytes.ts";
import { buildImage } from "./esp8266-image.ts";
import { greetingProgram } from "./greeting-program.ts";

export interface FirmwareLikeOptions {
  readonly random: SeededRandom;
  /** Whole image in bytes, a multiple of 16, at least 16 KiB. Default 640 KiB. */
  readonly size?: number;
  /** Sent at boot over UART0 at the ROM's rate. */
  readonly greeting?: string;
  /** Fourth header byte. Default 0x20: 1 MB, 40 MHz. */
  readonly flashSizeAndSpeed?: number;
  /** Third header byte. Default 3: DOUT. */
  readonly flashMode?: number;
}

export const FIRMWARE_GREETING = "\r\nmade-up firmware: nothing but this greeting\r\n";

const APPLICATION_AT = 0x1000;
const IRAM_BYTES = 0x1800;
const DRAM_BYTES = 0x580;
/** Header, three segment headers, checksum. */
const OVERHEAD = 8 + 3 * 8;
const CODE_IN_FLASH = 0x40201010;

export function firmwareLikeImage(options: FirmwareLikeOptions): Uint8Array {
  const { random, size = 640 * 1024, greeting = FIRMWARE_GREETING } = options;
  const { flashMode = 3, flashSizeAndSpeed = 0x20 } = options;
  const image = new Uint8Array(size).fill(0xff);
  image.set(buildImage({ ...greetingProgram(greeting), flashMode, flashSizeAndSpeed }));
  const inFlash = size - APPLICATION_AT - OVERHEAD - IRAM_BYTES - DRAM_BYTES - 16;
  const application = buildImage({
    entry: 0x40100004,
    segments: [
      { address: CODE_IN_FLASH, bytes: codeLikeBytes(inFlash & ~15, random.fork("flash code")) },
      { address: 0x40100000, bytes: codeLikeBytes(IRAM_BYTES, random.fork("RAM code")) },
      { address: 0x3ffe8000, bytes: codeLikeBytes(DRAM_BYTES, random.fork("data")) },
    ],
    flashMode,
    flashSizeAndSpeed,
  });
  image.set(application, APPLICATION_AT);
  return image.subarray(0, APPLICATION_AT + application.length).slice();
}
