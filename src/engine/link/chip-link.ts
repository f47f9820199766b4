/**
 * Commands to the chip: one request, one reply, bounded waiting, and finding one's feet again after damage. Below it
 * frames, above it flash operations; it knows nothing of files or plans.
 */

import { toHex } from "../../core/bytes.ts";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import {
  COMMANDS,
  type CommandFields,
  type CommandName,
  dataFields,
  encodeCommand,
  isGoodReply,
  isReadAck,
  parseReply,
  type Reply,
  refusalText,
} from "../../core/loader/protocol.ts";
import { ROM_ERROR_DAMAGED, STUB_DAMAGED_FRAME, STUB_SYNC_VALUE } from "../../core/loader/tables.ts";
import type { StepId } from "../../core/step-id.ts";
import { say } from "../../core/text/text.ts";
import { pureCodec } from "../codec.ts";
import type { Codec } from "../ports.ts";
import type { FramePort, SendOptions } from "./frame-port.ts";
import { EXCHANGE_MS, RECOVER_MS, RETRIES, wireMs } from "./timing.ts";

/** Who answers: the boot ROM, the stub plugsmith uploads, or a stub that another tool left running. */
export type Answering = "rom" | "our-stub" | "other-stub";

/** Commands that only ask: whatever else is sent may change what the flash holds. */
const QUESTIONS: readonly CommandName[] = ["sync", "readReg", "flashMd5", "readFlash", "changeBaud"];
const QUESTION_OPCODES: ReadonlySet<number> = new Set(QUESTIONS.map((name) => COMMANDS[name].opcode));

/** Thrown inside the link when the chip said no; `damaged` when the frame had not arrived whole and was not acted on. */
export class ChipRefusal extends PlugsmithError<"chip-refused"> {
  readonly damaged: boolean;

  constructor(name: CommandName, reply: Reply, step: StepId) {
    super("chip-refused", {
      message: say`The chip refused ${name}: ${refusalText(reply)}.`,
      step,
      context: { command: name, status: reply.status, reason: reply.reason },
    });
    this.damaged = STUB_DAMAGED_FRAME.has(reply.status) || (reply.status === 1 && reply.reason === ROM_ERROR_DAMAGED);
  }
}

export class ChipLink {
  /** Without `send`: whatever goes to the chip goes through `transmit`. */
  readonly port: Omit<FramePort, "send">;
  readonly #frames: FramePort;
  readonly events: EventSink;
  readonly codec: Codec;
  answering: Answering = "rom";
  /** Shortest time an exchange took beyond the line's own: the adapter's latency, there and back. ms */
  roundTripMs: number = Number.POSITIVE_INFINITY;
  /** Name of the step under way, for errors and events. */
  step: StepId = "connect";
  #flashEpoch = 0;

  constructor(port: FramePort, events: EventSink, codec: Codec = pureCodec) {
    this.port = port;
    this.#frames = port;
    this.events = events;
    this.codec = codec;
  }

  /**
   * Grows with everything after which the flash need not be what it was: a command that is no question, damage on the
   * way (a command may have become another), a lost line, a chip connected again.
   */
  get flashEpoch(): number {
    return this.#flashEpoch + this.port.generation;
  }

  invalidateDigest(): void {
    this.#flashEpoch++;
  }

  /**
   * Every frame to the chip, and so the one place that counts commands which may change the flash. It counts before
   * the frame is sent: of a command whose sending fails, part may have gone out.
   */
  transmit(frame: Uint8Array, options: SendOptions = {}): Promise<void> {
    if (!isQuestion(frame)) this.invalidateDigest();
    return this.#frames.send(frame, options);
  }

  /** Sends a command without waiting; `lead` as in FramePort. */
  send<C extends CommandName>(name: C, fields: CommandFields<C>, data?: Uint8Array, lead = 0): Promise<void> {
    return this.transmit(encodeCommand(name, fields, data), { lead });
  }

  /**
   * Waits for the reply to a command; anything else that arrives (late replies, boot text, echoes) is passed over.
   * Errors: no-reply, chip-refused (ChipRefusal), line-lost, aborted.
   */
  async reply(name: CommandName, opcode: number, timeoutMs: number): Promise<Reply> {
    const deadline = this.port.clock.now() + timeoutMs;
    for (;;) {
      const left = deadline - this.port.clock.now();
      const frame = left > 0 ? await this.port.next(left) : undefined;
      if (frame === undefined) throw this.#noReply(name);
      const reply = parseReply(frame);
      if (reply === undefined || reply.opcode !== opcode) continue;
      if (reply.status !== 0) throw new ChipRefusal(name, reply, this.step);
      if (isGoodReply(name, reply)) return reply;
    }
  }

  /**
   * One request, one reply. `busyMs`: how long the chip may work on it, beyond the line's own time. `waitMs`: how long
   * anything else may take, default EXCHANGE_MS.
   */
  async exchange<C extends CommandName>(
    name: C,
    fields: CommandFields<C>,
    options: {
      readonly data?: Uint8Array | undefined;
      readonly busyMs?: number | undefined;
      readonly waitMs?: number | undefined;
    } = {},
  ): Promise<Reply> {
    const frame = encodeCommand(name, fields, options.data);
    this.port.discard();
    const sent = this.port.clock.now();
    await this.transmit(frame);
    const reply = await this.reply(
      name,
      frame[1]!,
      (options.waitMs ?? EXCHANGE_MS) + wireMs(frame.length + 64, this.port.line.baud) + (options.busyMs ?? 0),
    );
    const onWire = wireMs(frame.length + reply.body.length + 12, this.port.line.baud);
    this.roundTripMs = Math.min(this.roundTripMs, this.port.clock.now() - sent - onWire);
    return reply;
  }

  /**
   * An exchange that may be repeated without harm, tried again after damage with the chip's state re-established.
   * Errors: as exchange, once the tries are used up.
   */
  async exchangeWithRetry<C extends CommandName>(
    name: C,
    fields: CommandFields<C>,
    options: { readonly data?: Uint8Array; readonly busyMs?: number } = {},
  ): Promise<Reply> {
    return this.withRetry(() => this.exchange(name, fields, options), options.busyMs ?? 0);
  }

  /** Repeats an act that may be repeated. A lost line, an abort and a restarted chip are not for here. */
  async withRetry<T>(act: () => Promise<T>, busyMs = 0): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await act();
      } catch (error) {
        if (!isTransient(error) || attempt > RETRIES) throw error;
        this.events({ type: "retry", step: this.step, attempt, reason: error.texts.message });
        await this.recover(busyMs);
      }
    }
  }

  async readReg(address: number): Promise<number> {
    return (await this.exchangeWithRetry("readReg", { address })).value;
  }

  async writeReg(address: number, value: number): Promise<void> {
    await this.exchangeWithRetry("writeReg", { address, value, mask: 0xffffffff, delayUs: 0 });
  }

  /** MD5 of a range of flash, lower-case hex, computed by the stub. */
  async flashMd5(at: number, length: number, busyMs: number): Promise<string> {
    const reply = await this.exchangeWithRetry("flashMd5", { at, length, reserved0: 0, reserved1: 0 }, { busyMs });
    return toHex(reply.body);
  }

  /** A block of a data command. */
  sendBlock(name: "flashData" | "deflData" | "memData", data: Uint8Array, sequence: number): Promise<void> {
    return this.send(name, dataFields(data, sequence), data);
  }

  /**
   * One SYNC. Returns who answered, or undefined when nobody did within `timeoutMs`. The ROM and the stubs send eight
   * replies; the rest are passed over by anyone who reads next.
   */
  async sync(timeoutMs: number, extraDelimiter = false): Promise<"rom" | "stub" | undefined> {
    await this.transmit(encodeCommand("sync", {}), { extraDelimiter });
    const deadline = this.port.clock.now() + timeoutMs;
    for (;;) {
      const left = deadline - this.port.clock.now();
      const frame = left > 0 ? await this.port.next(left) : undefined;
      if (frame === undefined) return undefined;
      const reply = parseReply(frame);
      if (reply !== undefined && isGoodReply("sync", reply)) return reply.value === STUB_SYNC_VALUE ? "stub" : "rom";
    }
  }

  /**
   * Finds the chip's feet after damage: whatever it was doing is broken off or waited out, and SYNC is asked until it
   * is answered. A receiver that took an end for a beginning stays inside out until it gets one delimiter more, so two
   * of three SYNCs carry an extra one. An error kept for "the next command" is spent on the way.
   * Errors: no-reply (the chip is gone or at another rate), stub-failed (it restarted and the ROM answered), line-lost.
   */
  async recover(busyMs = 0): Promise<"rom" | "stub"> {
    this.invalidateDigest();
    const until = this.port.clock.now() + RECOVER_MS + busyMs;
    const patience = 100 + wireMs(0x1100, this.port.line.baud);
    for (let attempt = 0; this.port.clock.now() < until; attempt++) {
      this.port.discard();
      const answer = await this.sync(patience, attempt % 3 !== 0);
      if (answer === undefined) continue;
      if (answer === "rom" && this.answering !== "rom") throw restarted();
      return answer;
    }
    throw this.#noReply("sync");
  }

  #noReply(name: CommandName): PlugsmithError {
    return new PlugsmithError("no-reply", {
      message: say`The chip did not answer ${name}.`,
      step: this.step,
      context: { command: name },
    });
  }
}

/** An acknowledgement of flash packets asks for nothing and is no command: the stub that reads takes nothing else. */
function isQuestion(frame: Uint8Array): boolean {
  return isReadAck(frame) || QUESTION_OPCODES.has(frame[1]!);
}

/** Failures that trying again may cure. */
export function isTransient(error: unknown): error is PlugsmithError {
  return (
    isPlugsmithError(error, "no-reply") ||
    isPlugsmithError(error, "chip-refused") ||
    isPlugsmithError(error, "bad-reply")
  );
}

/** The chip is back in its ROM: it lost power or was reset. */
function restarted(): PlugsmithError {
  return new PlugsmithError("stub-failed", {
    message: say`The chip restarted: the boot ROM answers instead of the stub.`,
    nextStep: say`Check the supply: a voltage drop restarts the chip. Then run the same command again. It continues from what is already verified.`,
  });
}
