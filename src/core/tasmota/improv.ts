/**
 * Improv Wi-Fi over serial: frames and the remote procedures that set-up needs. Bytes in, frames out; no time.
 * Protocol: "IMPROV", version 1, type, length, data, checksum (sum of all bytes before, mod 256), line feed.
 * Source: the Improv Wi-Fi serial standard (improv-wifi.com/serial) and Tasmota
 * tasmota/tasmota_xdrv_driver/xdrv_62_improv.ino.
 */
import { say, type Text } from "../text/text.ts";

const MAGIC: readonly number[] = [0x49, 0x4d, 0x50, 0x52, 0x4f, 0x56];
const VERSION = 1;
/** Bytes before the data: magic, version, type, length. */
const HEAD = 9;

export const IMPROV_TYPES = { state: 1, error: 2, rpc: 3, result: 4 } as const;
export const IMPROV_STATES = {
  stopped: 0,
  awaitingAuthorization: 1,
  ready: 2,
  provisioning: 3,
  provisioned: 4,
} as const;
export const IMPROV_ERRORS: Readonly<Record<number, Text>> = {
  0x00: say`no error`,
  0x01: say`the request was damaged on the way`,
  0x02: say`the request is unknown`,
  0x03: say`the plug could not connect to the Wi-Fi network`,
  0x04: say`not authorized`,
  0xff: say`unknown error`,
};

export type ImprovFrame =
  | { readonly kind: "state"; readonly state: number }
  | { readonly kind: "error"; readonly error: number }
  | { readonly kind: "result"; readonly command: number; readonly strings: readonly string[] }
  | { readonly kind: "other"; readonly type: number; readonly data: Uint8Array };

const RPC = { settings: 1, state: 2, info: 3 } as const;

function frame(type: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD + data.length + 2);
  bytes.set(MAGIC, 0);
  bytes.set([VERSION, type, data.length], 6);
  bytes.set(data, HEAD);
  bytes[HEAD + data.length] = bytes.subarray(0, HEAD + data.length).reduce((sum, byte) => sum + byte, 0) & 0xff;
  bytes[HEAD + data.length + 1] = 0x0a;
  return bytes;
}

/** A line feed goes first: the plug sees a frame only at the start of its line buffer. */
export const IMPROV_PREAMBLE: Uint8Array = new Uint8Array([0x0a]);

export function encodeStateRequest(): Uint8Array {
  return frame(IMPROV_TYPES.rpc, new Uint8Array([RPC.state, 0]));
}

export function encodeInfoRequest(): Uint8Array {
  return frame(IMPROV_TYPES.rpc, new Uint8Array([RPC.info, 0]));
}

/** SSID and passphrase as UTF-8. Both together take up to 95 bytes. */
export function encodeWifiSettings(ssid: string, passphrase: string): Uint8Array {
  const encoder = new TextEncoder();
  const name = encoder.encode(ssid);
  const secret = encoder.encode(passphrase);
  const payload = new Uint8Array([name.length, ...name, secret.length, ...secret]);
  return frame(IMPROV_TYPES.rpc, new Uint8Array([RPC.settings, payload.length, ...payload]));
}

function decode(type: number, data: Uint8Array): ImprovFrame {
  if (type === IMPROV_TYPES.state && data.length === 1) return { kind: "state", state: data[0]! };
  if (type === IMPROV_TYPES.error && data.length === 1) return { kind: "error", error: data[0]! };
  if (type === IMPROV_TYPES.result && data.length >= 2) {
    const strings: string[] = [];
    const decoder = new TextDecoder();
    for (let at = 2; at < data.length; ) {
      const length = data[at]!;
      strings.push(decoder.decode(data.subarray(at + 1, at + 1 + length)));
      at += 1 + length;
    }
    return { kind: "result", command: data[0]!, strings };
  }
  return { kind: "other", type, data };
}

export type ImprovMatch =
  /** These bytes cannot become a frame. */
  | "no"
  /** They may, once more have come. */
  | "more"
  | { readonly frame: ImprovFrame; readonly length: number };

/** Whether a frame starts at the first byte of `bytes`. The line feed behind it is not counted in. */
export function matchImprov(bytes: Uint8Array): ImprovMatch {
  for (let i = 0; i < Math.min(bytes.length, 6); i++) if (bytes[i] !== MAGIC[i]) return "no";
  if (bytes.length > 6 && bytes[6] !== VERSION) return "no";
  if (bytes.length < HEAD) return "more";
  const length = HEAD + bytes[8]! + 1;
  if (bytes.length < length) return "more";
  const sum = bytes.subarray(0, length - 1).reduce((total, byte) => total + byte, 0) & 0xff;
  if (sum !== bytes[length - 1]) return "no";
  return { frame: decode(bytes[7]!, bytes.slice(HEAD, length - 1)), length };
}

/** The address in the URL that a provisioned plug reports; undefined for the meaningless 0.0.0.0 of access point mode. */
export function addressOfUrl(url: string): string | undefined {
  const address = /^https?:\/\/(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?\/?/.exec(url)?.[1];
  return address === undefined || address === "0.0.0.0" ? undefined : address;
}
