/**
 * READ_FLASH: a stream of packets, acknowledged by the total received, ended by the stub's MD5 over all it sent.
 *
 * The stub keeps one packet in flight: it reads and sends the next when the last is acknowledged. It looks for an
 * acknowledgement only after a packet is sent, and keeps one that came early. So the acknowledgement of a packet goes
 * out when its first byte arrives: the stub finds it waiting and never pauses, whatever the adapter's latency. A stub
 * of another tool is acknowledged whole packets only (the legacy one ends the stream at a total it has not sent yet),
 * but is allowed several in flight.
 *
 * Any frame that is not an acknowledgement ends the stream; the MD5 of what was sent follows.
 * Source: esp-flasher-stub and esptool-legacy-flasher-stub, READ_FLASH.
 */
import { concatBytes, toHex } from "../../core/bytes.ts";
import { asError, PlugsmithError } from "../../core/errors.ts";
import { COMMANDS, encodeCommand, encodeReadAck, parseReply, refusalText } from "../../core/loader/protocol.ts";
import { STUB_READ_PACKET } from "../../core/loader/tables.ts";
import { asText, say, type Text } from "../../core/text/text.ts";
import type { Codec } from "../ports.ts";
import type { ChipLink } from "./chip-link.ts";
import { EXCHANGE_MS, wireMs } from "./timing.ts";

/** Bytes the legacy stub may have unacknowledged: its receiver holds 128 bytes, an acknowledgement takes at most 10. */
const OTHER_STUB_IN_FLIGHT = 8 * STUB_READ_PACKET;
const MD5_LENGTH = 16;

/** A whole stream: so many times its time on the wire, and for each packet an adapter's or a network's latency, ms. */
const STREAM_TIMES = 4;
const PACKET_LATENCY_MS = 300;

/** Takes a packet; answers whether more are wanted. Must return at once: nothing waits for a disk here. */
export type PacketSink = (at: number, data: Uint8Array) => "more" | "enough";

export interface ReadOutcome {
  /** Bytes delivered, from the start without gaps. */
  readonly length: number;
  /** Whether the stub's MD5 over all it sent equals that of what was delivered. */
  readonly proven: boolean;
  /** Why it ended before the end, for people; undefined when all came or the sink had enough. */
  readonly trouble: Text | undefined;
}

/** Streams a range. Damage ends the stream early, with what came before it. Errors: no-reply (READ_FLASH itself), line-lost, aborted. */
export async function readFlash(link: ChipLink, at: number, length: number, sink: PacketSink): Promise<ReadOutcome> {
  const stream = new ReadStream(link, at, length, sink);
  return stream.run();
}

/** A small range at once, proven by the stub's MD5. Errors: bad-reply where it is not. */
export async function readFlashOnce(link: ChipLink, at: number, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const outcome = await readFlash(link, at, length, (_, data) => {
    parts.push(data);
    return "more";
  });
  if (!outcome.proven || outcome.length !== length) {
    throw new PlugsmithError("bad-reply", {
      message: say`Reading ${length} bytes of flash failed: ${outcome.trouble ?? say`the stub's MD5 differs`}.`,
      step: link.step,
      context: { offset: at, size: length },
    });
  }
  return concatBytes(...parts);
}

/**
 * Works inside the line's callbacks, not behind a queue: between the end of one packet and the beginning of the next
 * lies one byte, and what is answered to that beginning depends on what the end said.
 */
class ReadStream {
  readonly #link: ChipLink;
  readonly #at: number;
  readonly #length: number;
  readonly #sink: PacketSink;
  readonly #md5: ReturnType<Codec["startMd5"]>;
  readonly #early: boolean;
  #received = 0;
  #acknowledged = 0;
  #streaming = false;
  #enough = false;
  #stopSent = false;
  #failure: Error | undefined;
  #finish: ((end: Uint8Array | Text) => void) | undefined;
  #cancelStall: () => void = () => {};
  #cancelBound: () => void = () => {};

  constructor(link: ChipLink, at: number, length: number, sink: PacketSink) {
    this.#link = link;
    this.#at = at;
    this.#length = length;
    this.#sink = sink;
    this.#md5 = link.codec.startMd5();
    this.#early = link.answering === "our-stub";
  }

  async run(): Promise<ReadOutcome> {
    const { port } = this.#link;
    port.discard();
    const ended = new Promise<Uint8Array | Text>((resolve) => {
      this.#finish = resolve;
    });
    port.attach({
      frame: (frame) => this.#frame(frame),
      started: () => this.#started(),
      broken: (error) => this.#fail(error),
    });
    try {
      this.#watchForSilence();
      this.#cancelBound = port.clock.after(this.#boundMs(), () => this.#finish?.(say`the data does not end`));
      await this.#link.transmit(
        encodeCommand("readFlash", {
          at: this.#at,
          length: this.#length,
          packet: STUB_READ_PACKET,
          inFlight: OTHER_STUB_IN_FLIGHT,
        }),
      );
      const end = await ended;
      if (this.#failure !== undefined) throw this.#failure;
      if (end instanceof Uint8Array) return this.#outcome(this.#md5.hex() === toHex(end), undefined);
      port.detach();
      await this.#link.recover();
      return this.#outcome(false, end);
    } finally {
      this.#cancelStall();
      this.#cancelBound();
      port.detach();
    }
  }

  #boundMs(): number {
    const packets = Math.ceil(this.#length / STUB_READ_PACKET);
    const wire = wireMs(this.#length, this.#link.port.line.baud);
    return 2 * EXCHANGE_MS + packets * PACKET_LATENCY_MS + STREAM_TIMES * wire;
  }

  #outcome(proven: boolean, trouble: Text | undefined): ReadOutcome {
    return { length: this.#received, proven, trouble };
  }

  #frame(frame: Uint8Array): void {
    if (!this.#streaming) {
      const reply = parseReply(frame);
      // Whatever else comes keeps nobody waiting for longer.
      if (reply === undefined || reply.opcode !== COMMANDS.readFlash.opcode) return;
      this.#watchForSilence();
      if (reply.status !== 0) this.#finish?.(refusalText(reply));
      this.#streaming = true;
      return;
    }
    const expected = Math.min(STUB_READ_PACKET, this.#length - this.#received);
    const last = expected === 0 || (this.#stopSent && frame.length === MD5_LENGTH && expected !== MD5_LENGTH);
    if (last) {
      this.#finish?.(frame.length === MD5_LENGTH ? frame : say`the stub's MD5 digest is damaged`);
      return;
    }
    if (frame.length !== expected) {
      this.#finish?.(say`a packet has ${frame.length} bytes instead of ${expected}`);
      return;
    }
    this.#watchForSilence();
    const at = this.#at + this.#received;
    this.#md5.update(frame);
    this.#received += frame.length;
    if (this.#sink(at, frame) === "enough") this.#enough = true;
    if (!this.#early) this.#answer(this.#received);
  }

  #started(): void {
    if (this.#streaming && this.#early) this.#answer(Math.min(this.#received + STUB_READ_PACKET, this.#length));
  }

  /** An acknowledgement, or in its place the frame that ends the stream: there is room for one of them at a time. */
  #answer(total: number): void {
    if (total <= this.#acknowledged || this.#stopSent) return;
    this.#acknowledged = total;
    this.#stopSent = this.#enough && this.#received < this.#length;
    const frame = this.#stopSent ? encodeCommand("sync", {}) : encodeReadAck(total);
    this.#link.transmit(frame).catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    this.#failure = asError(error);
    this.#finish?.(asText(""));
  }

  #watchForSilence(): void {
    const { port } = this.#link;
    this.#cancelStall();
    const patience = EXCHANGE_MS + wireMs(2 * STUB_READ_PACKET, port.line.baud);
    this.#cancelStall = port.clock.after(patience, () => this.#finish?.(say`the stub stopped answering`));
  }
}
