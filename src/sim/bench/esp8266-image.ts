/**
 * Builds images as the ESP8266's boot ROM loads them: 8 bytes of header, segments with address and length, and a
 * checksum in the last byte of a multiple of 16 (Espressif, "ESP8266 SDK Getting Started Guide", firmware image format;
 * esptool documentation, "Firmware Image Format"). Independent of the code that inspects images for the host.
 */
export interface ImageSegment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

export interface ImageHeader {
  /** Where execution starts. */
  readonly entry: number;
  readonly segments: readonly ImageSegment[];
  /** 0 QIO, 1 QOUT, 2 DIO, 3 DOUT. */
  readonly flashMode: number;
  /** High nibble: 0 512 KB, 1 256 KB, 2 1 MB; low nibble: 0 40 MHz, 15 80 MHz. */
  readonly flashSizeAndSpeed: number;
}

const MAGIC = 0xe9;
const CHECKSUM_SEED = 0xef;

export function buildImage(header: ImageHeader): Uint8Array {
  const padded = header.segments.map(({ address, bytes }) => ({ address, bytes: paddedToWord(bytes) }));
  const body = 8 + padded.reduce((sum, { bytes }) => sum + 8 + bytes.length, 0);
  const image = new Uint8Array((body | 0xf) + 1);
  const view = new DataView(image.buffer);
  image.set([MAGIC, padded.length, header.flashMode, header.flashSizeAndSpeed]);
  view.setUint32(4, header.entry, true);
  let at = 8;
  let checksum = CHECKSUM_SEED;
  for (const { address, bytes } of padded) {
    view.setUint32(at, address, true);
    view.setUint32(at + 4, bytes.length, true);
    image.set(bytes, at + 8);
    at += 8 + bytes.length;
    for (const byte of bytes) checksum ^= byte;
  }
  image[image.length - 1] = checksum;
  return image;
}

function paddedToWord(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array((bytes.length + 3) & ~3);
  padded.set(bytes);
  return padded;
}
