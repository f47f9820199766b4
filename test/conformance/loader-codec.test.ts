/** The loader's codec held to recorded sessions of esptool.py: it has to write what esptool wrote, and read all of it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  COMMANDS,
  type CommandFields,
  type CommandName,
  encodeCommand,
  encodeReadAck,
  isGoodReply,
  parseReply,
  STUB_GREETING,
} from "../../src/core/loader/protocol.ts";
import { SlipDecoder, slipEncode } from "../../src/core/slip.ts";
import { type Capture, captures, slipFrame, slipFrames } from "../support/capture.ts";

const CAPTURES = captures();
const NAMES = Object.keys(COMMANDS) as CommandName[];
const READ_ACK_BYTES = 4;
/** SPI_SET_PARAMS tells a stub the flash's geometry; GET_SECURITY_INFO is asked by esptool 5. No use for them here. */
const NOT_OURS = [0x0b, 0x14];
/** The begin of a write has a fifth word from esptool 5, for an encryption that this chip has not. */
const WITH_ENCRYPTION = 8 + 20;

const isOurs = (frame: Uint8Array): boolean =>
  !NOT_OURS.includes(frame[1]!) && !([0x02, 0x10].includes(frame[1]!) && frame.length === WITH_ENCRYPTION);

const byOpcode = (opcode: number): CommandName | undefined => NAMES.find((name) => COMMANDS[name].opcode === opcode);

/** The frame written again from the fields that are read out of it, by nothing but their declared order. */
function reencoded(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset);
  if (frame.length === READ_ACK_BYTES) return encodeReadAck(view.getUint32(0, true));
  const name = byOpcode(frame[1]!);
  if (name === undefined) throw new Error(`esptool sent a command that the codec has not: ${frame[1]}`);
  const { fields, carriesData } = COMMANDS[name] as { fields: readonly string[]; carriesData: boolean };
  const values = Object.fromEntries(fields.map((field, i) => [field, view.getUint32(8 + 4 * i, true)]));
  const data = frame.subarray(8 + 4 * fields.length);
  return encodeCommand(name, values as CommandFields<typeof name>, carriesData ? data : undefined);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

function decoded(chunks: readonly Uint8Array[]): Uint8Array[] {
  const frames: Uint8Array[] = [];
  const decoder = new SlipDecoder({ frame: (payload) => frames.push(payload) }, 0x5000);
  for (const chunk of chunks) decoder.push(chunk);
  return frames;
}

const chipBytes = (capture: Capture): Uint8Array =>
  Uint8Array.from(Buffer.concat(capture.events.flatMap((event) => (event.kind === "chip" ? [event.bytes] : []))));

test("the codec encodes every command to the same frame as esptool, framing included", () => {
  const seen = new Set<CommandName | undefined>();
  for (const capture of CAPTURES) {
    for (const event of capture.events) {
      if (event.kind !== "host" || !isOurs(event.frame)) continue;
      expect(hex(reencoded(event.frame))).toBe(hex(event.frame));
      expect(hex(slipEncode(event.frame))).toBe(hex(slipFrame(event.frame)));
      if (event.frame.length > READ_ACK_BYTES) seen.add(byOpcode(event.frame[1]!));
    }
  }
  const used: CommandName[] = [
    "sync",
    "readReg",
    "writeReg",
    "memBegin",
    "memData",
    "memEnd",
    "flashBegin",
    "flashData",
  ];
  const stubs: CommandName[] = ["changeBaud", "deflBegin", "deflData", "flashMd5", "eraseFlash", "readFlash"];
  for (const name of [...used, ...stubs]) expect(seen).toContain(name);
});

test("every answer is decoded as a good reply to the command before it", () => {
  for (const capture of CAPTURES) {
    let asked: CommandName | undefined;
    let replies = 0;
    for (const event of capture.events) {
      if (event.kind === "host" && event.frame.length > READ_ACK_BYTES) asked = byOpcode(event.frame[1]!);
      if (event.kind !== "chip" || asked === undefined) continue;
      for (const frame of slipFrames(event.bytes)) {
        const isPacket = asked === "readFlash" && (frame.length === 0x1000 || frame.length === 16);
        if (isPacket || hex(frame) === hex(STUB_GREETING)) continue;
        const reply = parseReply(frame);
        expect(reply, `${capture.name}: ${asked} answered ${hex(frame)}`).toBeDefined();
        expect(isGoodReply(asked, reply!), `${capture.name}: ${asked} answered ${hex(frame)}`).toBe(true);
        replies++;
      }
    }
    expect(replies).toBeGreaterThan(20);
  }
});

test("frames decode the same however the bytes are split", () => {
  for (const capture of CAPTURES.filter(({ plug }) => plug.autoReset === false)) {
    const bytes = chipBytes(capture);
    const whole = slipFrames(bytes).map(hex);
    expect(decoded([bytes]).map(hex)).toEqual(whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 50 }), (sizes) => {
        const cut: Uint8Array[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % sizes.length]!;
          cut.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(decoded(cut).map(hex)).toEqual(whole);
      }),
      { numRuns: 30, seed: 1 },
    );
  }
});
