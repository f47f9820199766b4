/** A line on which every command is answered at once as a stub would, unless a test's script says otherwise. */
import { createHash } from "node:crypto";
import { concatBytes, u32le } from "../../src/core/bytes.ts";
import { COMMANDS, type CommandName } from "../../src/core/loader/protocol.ts";
import { STUB_SYNC_VALUE } from "../../src/core/loader/tables.ts";
import { SlipDecoder, slipEncode } from "../../src/core/slip.ts";
import { ChipLink } from "../../src/engine/link/chip-link.ts";
import { FramePort } from "../../src/engine/link/frame-port.ts";
import { drain } from "../../src/platform/node/system.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { recorded } from "./recorded.ts";
import { SimpleLine } from "./simple-line.ts";

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

export interface ScriptedReply {
  readonly value?: number | undefined;
  readonly body?: Uint8Array | undefined;
  readonly status?: number | undefined;
  readonly reason?: number | undefined;
}

/** A reply's frame: direction, opcode, size, value, body, two bytes of status (Espressif, "Serial Protocol"). */
export function replyFrame(name: CommandName, reply: ScriptedReply = {}): Uint8Array {
  const { value = 0, body = new Uint8Array(0), status = 0, reason = 0 } = reply;
  const size = body.length + 2;
  const head = [1, COMMANDS[name].opcode, size, size >> 8, value, value >> 8, value >> 16, value >> 24];
  return concatBytes(Uint8Array.from(head), body, Uint8Array.of(status, reason));
}

export interface FlashRange {
  readonly at: number;
  readonly length: number;
}

export class ScriptedStub extends SimpleLine {
  /** What FLASH_MD5 answers where there is no `flash`. */
  md5 = "0123456789abcdef0123456789abcdef";
  flash: Uint8Array | undefined;
  readonly ram = new Map<number, number>();
  readonly asked: CommandName[] = [];
  /** The same, as they came. */
  readonly frames: Uint8Array[] = [];
  /** Ranges whose digest was asked for. */
  readonly digests: FlashRange[] = [];
  /** Every write, with its delimiters. */
  readonly written: Uint8Array[] = [];
  /** Commands whose next reply is lost. */
  readonly lost: CommandName[] = [];
  /** Answers in place of the usual reply where it returns true. */
  script: ((name: CommandName, frame: Uint8Array) => boolean) | undefined;
  readonly clock = new SimClock();
  readonly #decoder = new SlipDecoder({ frame: (frame) => this.#answer(frame), started: () => {} }, 0x5000);

  constructor() {
    super("scripted stub");
  }

  write(bytes: Uint8Array): Promise<void> {
    this.written.push(bytes);
    this.#decoder.push(bytes);
    return Promise.resolve();
  }

  /** Sends a frame, now or later. */
  say(frame: Uint8Array, afterMs = 0): void {
    const arrive = (): void => this.arrive(slipEncode(frame), this.clock.now / 1000);
    if (afterMs === 0) arrive();
    else this.clock.hostAt(this.clock.now + afterMs * 1000, arrive);
  }

  #answer(frame: Uint8Array): void {
    const name = COMMAND_NAMES.find((each) => COMMANDS[each].opcode === frame[1]);
    if (name === undefined || frame[0] !== 0) return;
    this.asked.push(name);
    this.frames.push(frame);
    const at = this.lost.indexOf(name);
    if (at >= 0) {
      this.lost.splice(at, 1);
      return;
    }
    if (this.script?.(name, frame) === true) return;
    if (name === "writeReg") this.ram.set(u32le(frame, 8), u32le(frame, 12));
    const value = name === "readReg" ? (this.ram.get(u32le(frame, 8)) ?? 0) : STUB_SYNC_VALUE;
    this.say(replyFrame(name, { value, body: name === "flashMd5" ? this.#md5(frame) : undefined }));
  }

  #md5(frame: Uint8Array): Uint8Array {
    const at = u32le(frame, 8);
    const length = u32le(frame, 12);
    this.digests.push({ at, length });
    if (this.flash === undefined) return Uint8Array.from(Buffer.from(this.md5, "hex"));
    return createHash("md5")
      .update(this.flash.subarray(at, at + length))
      .digest();
  }
}

export interface StubRig {
  readonly stub: ScriptedStub;
  readonly link: ChipLink;
  /** Reasons of the retries that were told, in order. */
  readonly retries: string[];
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

/** The engine's own link on such a line. */
export function stubRig(): StubRig {
  const stub = new ScriptedStub();
  const retries: string[] = [];
  const port = new FramePort(recorded(stub, stub.clock), stub.clock.port(), undefined);
  const link = new ChipLink(port, (event) => {
    if (event.type === "retry") retries.push(`${event.attempt}: ${String(event.reason)}`);
  });
  link.answering = "our-stub";
  return { stub, link, retries, run: (work) => stub.clock.complete(drain, work) };
}
