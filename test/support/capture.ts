/** Recorded sessions of esptool (test/fixtures/esptool, made by scripts/record-esptool.mjs), read back. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Bytes of a flasher stub that an npm package carries, instead of the bytes themselves. */
interface StubReference {
  readonly package: string;
  readonly file: string;
  readonly segment: "text" | "data";
  readonly offset: number;
  readonly length: number;
}

type RecordedEvent =
  /** A SLIP frame to the chip, unframed: hexadecimal digits and references. */
  | { readonly host: readonly (string | StubReference)[] }
  /** Bytes from the chip as they came, in hexadecimal digits. */
  | { readonly chip: string }
  | { readonly baud: number }
  | { readonly lines: { readonly dtr?: boolean; readonly rts?: boolean } };

export type CaptureEvent =
  | { readonly kind: "host"; readonly frame: Uint8Array }
  | { readonly kind: "chip"; readonly bytes: Uint8Array }
  | { readonly kind: "baud"; readonly baud: number }
  | { readonly kind: "lines"; readonly lines: { readonly dtr?: boolean; readonly rts?: boolean } };

export interface Capture {
  readonly name: string;
  readonly command: readonly string[];
  readonly plug: {
    readonly seed: number;
    readonly mac: Uint8Array;
    readonly gpio0Grounded: boolean;
    readonly autoReset: boolean | "direct";
  };
  /** What firmwareLikeImage() made for the session's write_flash. */
  readonly image: { readonly seed: number; readonly size: number };
  readonly events: readonly CaptureEvent[];
}

const FOLDER = join(import.meta.dirname, "../fixtures/esptool");

export function captures(): Capture[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  return names.map((name) => {
    const text = JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as {
      command: string[];
      plug: { seed: number; mac: string; gpio0Grounded: boolean; autoReset: boolean | "direct" };
      image: { seed: number; size: number };
      events: RecordedEvent[];
    };
    return {
      name: name.replace(".json", ""),
      command: text.command,
      plug: { ...text.plug, mac: fromHex(text.plug.mac) },
      image: text.image,
      events: text.events.map(eventOf),
    };
  });
}

function eventOf(event: RecordedEvent): CaptureEvent {
  if ("baud" in event) return { kind: "baud", baud: event.baud };
  if ("lines" in event) return { kind: "lines", lines: event.lines };
  if ("chip" in event) return { kind: "chip", bytes: fromHex(event.chip) };
  const parts = event.host.map((part) => (typeof part === "string" ? fromHex(part) : stubBytes(part)));
  return { kind: "host", frame: Uint8Array.from(Buffer.concat(parts)) };
}

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits, "hex"));
}

const require = createRequire(import.meta.url);

function stubBytes({ package: name, file, segment, offset, length }: StubReference): Uint8Array {
  // The packages' main entries lie in different depths; their own folder is the one named after them.
  const main = require.resolve(name);
  const root = main.slice(0, main.lastIndexOf(`node_modules/${name}`) + `node_modules/${name}`.length);
  const json = JSON.parse(readFileSync(join(dirname(join(root, "x")), file), "utf8")) as Record<
    "text" | "data",
    string
  >;
  return Uint8Array.from(Buffer.from(json[segment], "base64").subarray(offset, offset + length));
}

/** SLIP framing as RFC 1055 has it, written out here so that no code under test is used to judge itself. */
export function slipFrame(frame: Uint8Array): Uint8Array {
  const bytes: number[] = [0xc0];
  for (const byte of frame) {
    if (byte === 0xc0) bytes.push(0xdb, 0xdc);
    else if (byte === 0xdb) bytes.push(0xdb, 0xdd);
    else bytes.push(byte);
  }
  bytes.push(0xc0);
  return Uint8Array.from(bytes);
}

/** The frames in a stretch of chip bytes; what lies outside of frames (boot text) is skipped. */
export function slipFrames(bytes: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  let frame: number[] | undefined;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === 0xc0) {
      if (frame === undefined || frame.length === 0) frame = [];
      else {
        frames.push(Uint8Array.from(frame));
        frame = undefined;
      }
    } else if (frame !== undefined) frame.push(byte === 0xdb ? (bytes[++at] === 0xdc ? 0xc0 : 0xdb) : byte);
  }
  return frames;
}
