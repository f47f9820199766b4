/**
 * The loader protocol: every command declared once, as data, from which its encoder, its reply and its types follow.
 * Bytes in, typed values out; no time, no retries, no I/O (engine/link adds those). Frames here are without SLIP.
 *
 * Request: 00 op len16 checksum32 payload. Reply: 01 op len16 value32 body, the last two bytes of the body being the
 * status. Source: Espressif, "Serial Protocol" (esptool documentation).
 */
import { concatBytes, u16le, u32le } from "../bytes.ts";
import { say, type Text } from "../text/text.ts";
import { ROM_ERRORS, STUB_ERRORS } from "./tables.ts";

/**
 * All commands plugsmith uses. A payload is named 32-bit words, then, for data commands, the data, which the checksum
 * covers. `replyBody` is what a good reply carries before its status. Sizes, offsets in bytes; delays in µs; rates in
 * baud. From 0x0f on they are the stub's; the ESP8266 ROM knows 0x02 to 0x0a.
 */
export const COMMANDS = {
  /** ROM: erases at once. Stub: erases as data arrives. `size` 0 erases nothing. */
  flashBegin: { opcode: 0x02, fields: ["size", "blocks", "blockSize", "at"], carriesData: false, replyBody: 0 },
  flashData: {
    opcode: 0x03,
    fields: ["length", "sequence", "reserved0", "reserved1"],
    carriesData: true,
    replyBody: 0,
  },
  /** `stay` 1: remain in the loader. */
  flashEnd: { opcode: 0x04, fields: ["stay"], carriesData: false, replyBody: 0 },
  memBegin: { opcode: 0x05, fields: ["size", "blocks", "blockSize", "at"], carriesData: false, replyBody: 0 },
  memData: {
    opcode: 0x07,
    fields: ["length", "sequence", "reserved0", "reserved1"],
    carriesData: true,
    replyBody: 0,
  },
  /** `stay` 0: leave the loader and call `entry`. */
  memEnd: { opcode: 0x06, fields: ["stay", "entry"], carriesData: false, replyBody: 0 },
  sync: { opcode: 0x08, fields: [], carriesData: false, replyBody: 0 },
  writeReg: { opcode: 0x09, fields: ["address", "value", "mask", "delayUs"], carriesData: false, replyBody: 0 },
  readReg: { opcode: 0x0a, fields: ["address"], carriesData: false, replyBody: 0 },
  /** The new divider is the present one × `old` / `baud`; the current stub takes `old` as 115200 always. */
  changeBaud: { opcode: 0x0f, fields: ["baud", "old"], carriesData: false, replyBody: 0 },
  /** `size` inflated, `blocks` of compressed data. */
  deflBegin: { opcode: 0x10, fields: ["size", "blocks", "blockSize", "at"], carriesData: false, replyBody: 0 },
  deflData: {
    opcode: 0x11,
    fields: ["length", "sequence", "reserved0", "reserved1"],
    carriesData: true,
    replyBody: 0,
  },
  deflEnd: { opcode: 0x12, fields: ["stay"], carriesData: false, replyBody: 0 },
  flashMd5: { opcode: 0x13, fields: ["at", "length", "reserved0", "reserved1"], carriesData: false, replyBody: 16 },
  /** Other tools send it. The stub that plugsmith starts does not know it: see engine/link/stub.ts. */
  eraseFlash: { opcode: 0xd0, fields: [], carriesData: false, replyBody: 0 },
  eraseRegion: { opcode: 0xd1, fields: ["at", "length"], carriesData: false, replyBody: 0 },
  /** Followed by packets of raw flash, each acknowledged by the total received so far, and by the MD5 of it all. */
  readFlash: { opcode: 0xd2, fields: ["at", "length", "packet", "inFlight"], carriesData: false, replyBody: 0 },
  /** Not answered. */
  runUserCode: { opcode: 0xd3, fields: [], carriesData: false, replyBody: 0 },
} as const;

export type CommandName = keyof typeof COMMANDS;
export type CommandFields<C extends CommandName> = Readonly<Record<(typeof COMMANDS)[C]["fields"][number], number>>;

const HEADER = 8;
const CHECKSUM_SEED = 0xef;
/** SYNC's payload: a marker and 32 × 0x55, which gives the ROM's autobaud its edges. */
const SYNC_PAYLOAD: Uint8Array = Uint8Array.from([0x07, 0x07, 0x12, 0x20, ...new Array<number>(32).fill(0x55)]);

/** XOR over the data seeded with 0xEF: what MEM_DATA, FLASH_DATA and DEFL_DATA are checked by. */
export function dataChecksum(data: Uint8Array): number {
  let sum = CHECKSUM_SEED;
  for (const byte of data) sum ^= byte;
  return sum;
}

/** The frame of a command, before SLIP. Data only for commands that carry it. */
export function encodeCommand<C extends CommandName>(name: C, fields: CommandFields<C>, data?: Uint8Array): Uint8Array {
  const declaration: { opcode: number; fields: readonly string[]; carriesData: boolean } = COMMANDS[name];
  const body = name === "sync" ? SYNC_PAYLOAD : (data ?? new Uint8Array(0));
  const frame = new Uint8Array(HEADER + declaration.fields.length * 4 + body.length);
  const view = new DataView(frame.buffer);
  frame[1] = declaration.opcode;
  view.setUint16(2, frame.length - HEADER, true);
  if (declaration.carriesData) view.setUint32(4, dataChecksum(body), true);
  const values: Readonly<Record<string, number>> = fields;
  declaration.fields.forEach((field, i) => {
    view.setUint32(HEADER + i * 4, values[field]!, true);
  });
  frame.set(body, HEADER + declaration.fields.length * 4);
  return frame;
}

/** The four words before the data of a data command. */
export function dataFields(data: Uint8Array, sequence: number): CommandFields<"memData"> {
  return { length: data.length, sequence, reserved0: 0, reserved1: 0 };
}

export interface Reply {
  readonly opcode: number;
  readonly value: number;
  /** Body without the status. */
  readonly body: Uint8Array;
  /** 0: done. Anything else: failed; with the second byte it says why. */
  readonly status: number;
  readonly reason: number;
}

/** Undefined where the frame is no reply: boot text, a packet of flash, an echo of our own command, damage. */
export function parseReply(frame: Uint8Array): Reply | undefined {
  if (frame.length < HEADER + 2 || frame[0] !== 0x01) return undefined;
  const length = u16le(frame, 2);
  if (frame.length !== HEADER + length) return undefined;
  return {
    opcode: frame[1]!,
    value: u32le(frame, 4),
    body: frame.slice(HEADER, frame.length - 2),
    status: frame[frame.length - 2]!,
    reason: frame[frame.length - 1]!,
  };
}

/** True where the reply is a good one to this command, with a body of the declared length. */
export function isGoodReply(name: CommandName, reply: Reply): boolean {
  const declaration = COMMANDS[name];
  return reply.opcode === declaration.opcode && reply.status === 0 && reply.body.length === declaration.replyBody;
}

/** In words, why a reply says no. The ROM puts the reason second, the stub first. */
export function refusalText(reply: Reply): Text {
  const stub = STUB_ERRORS[reply.status];
  if (stub !== undefined) return stub;
  return ROM_ERRORS[reply.reason] ?? say`status ${reply.status}, reason ${reply.reason}`;
}

/** Acknowledgement of flash packets: the total of bytes received, as a bare 32-bit word. */
export function encodeReadAck(total: number): Uint8Array {
  const ack = new Uint8Array(4);
  new DataView(ack.buffer).setUint32(0, total, true);
  return ack;
}

/** A frame too short for a command's header. */
export function isReadAck(frame: Uint8Array): boolean {
  return frame.length === 4;
}

/** What a stub says when it has started: "OHAI". */
export const STUB_GREETING: Uint8Array = Uint8Array.of(0x4f, 0x48, 0x41, 0x49);

/** Blocks of at most `size` bytes, views into the data. */
export function* blocksOf(data: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, Math.min(at + size, data.length));
}

/** Pads to a whole number of 32-bit words, as MEM_DATA wants it. */
export function padToWord(data: Uint8Array): Uint8Array {
  const missing = (4 - (data.length % 4)) % 4;
  return missing === 0 ? data : concatBytes(data, new Uint8Array(missing));
}
