/**
 * Frames over a serial line: SLIP both ways, a bounded queue of what arrived, one reader at a time. Knows nothing of
 * commands. All times in milliseconds of the injected clock.
 */
import { concatBytes } from "../../core/bytes.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { lineLost } from "../../core/line-lost.ts";
import { STUB_READ_PACKET } from "../../core/loader/tables.ts";
import { SlipDecoder, slipEncode } from "../../core/slip.ts";
import type { Clock } from "../ports.ts";
import { abortedError } from "../time.ts";
import type { RecordedLine } from "../wires/recorded-line.ts";

/** Longest frame the chip sends: one packet of flash; a little more, so that damage shows as a wrong length. */
const LONGEST_FRAME = STUB_READ_PACKET + 64;
/** More frames than any exchange leaves unread; beyond it the oldest is dropped. */
const QUEUE_LIMIT = 64;

/** Takes the frames in place of the queue, inside the line's callback. */
export interface FrameConsumer {
  frame(frame: Uint8Array): void;
  /** A frame has started to arrive. */
  started(): void;
  /** The line was lost, or the program aborted. */
  broken(error: PlugsmithError): void;
}

export interface SendOptions {
  /** Flips the receiver's idea of inside and outside (see recover in chip-link). */
  readonly extraDelimiter?: boolean | undefined;
  /** So many bytes go before the frame that no receiver takes for anything. */
  readonly lead?: number | undefined;
}

export class FramePort {
  readonly line: RecordedLine;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Sees every chunk as it came, for those who interpret what is heard. */
  onRaw: ((chunk: Uint8Array) => void) | undefined;
  readonly #decoder: SlipDecoder;
  readonly #queue: Uint8Array[] = [];
  #wake: ((outcome: Uint8Array | PlugsmithError | undefined) => void) | undefined;
  #unlisten: () => void;
  #consumer: FrameConsumer | undefined;
  #generation = 0;

  constructor(line: RecordedLine, clock: Clock, signal: AbortSignal | undefined) {
    this.line = line;
    this.clock = clock;
    this.signal = signal;
    this.#decoder = new SlipDecoder(
      { frame: (frame) => this.#arrived(frame), started: () => this.#consumer?.started() },
      LONGEST_FRAME,
    );
    this.#unlisten = line.listen({
      bytes: (chunk) => {
        this.onRaw?.(chunk);
        this.#decoder.push(chunk);
      },
      lost: () => {
        this.#generation++;
        this.discard();
        this.#wake?.(this.#lost());
        this.#consumer?.broken(this.#lost());
      },
    });
  }

  /** Grows each time the line is lost: who remembers an older one is talking to a chip that may have lost its power. */
  get generation(): number {
    return this.#generation;
  }

  /** Forgets everything that arrived and a frame under way. */
  discard(): void {
    this.#queue.length = 0;
    this.#decoder.reset();
  }

  async send(payload: Uint8Array, options: SendOptions = {}): Promise<void> {
    if (this.signal?.aborted) throw abortedError();
    if (!this.line.present) throw this.#lost();
    const frame = slipEncode(payload);
    const lead = new Uint8Array(options.lead ?? 0);
    const delimiter = options.extraDelimiter === true ? Uint8Array.of(0xc0) : new Uint8Array(0);
    const bytes = lead.length + delimiter.length === 0 ? frame : concatBytes(lead, delimiter, frame);
    await this.#unlessAborted(this.line.write(bytes));
  }

  /**
   * The next frame, or undefined when none came in time. One caller at a time.
   * Errors: line-lost, aborted.
   */
  next(timeoutMs: number): Promise<Uint8Array | undefined> {
    const queued = this.#queue.shift();
    if (queued !== undefined) return Promise.resolve(queued);
    return new Promise((resolve, reject) => {
      if (this.signal?.aborted) {
        reject(abortedError());
        return;
      }
      if (!this.line.present) {
        reject(this.#lost());
        return;
      }
      const settle = (outcome: Uint8Array | PlugsmithError | undefined): void => {
        this.#wake = undefined;
        cancel();
        this.signal?.removeEventListener("abort", onAbort);
        if (outcome instanceof PlugsmithError) reject(outcome);
        else resolve(outcome);
      };
      const onAbort = (): void => settle(abortedError());
      const cancel = this.clock.after(timeoutMs, () => settle(undefined));
      this.signal?.addEventListener("abort", onAbort, { once: true });
      this.#wake = settle;
    });
  }

  /** A driver that does not answer shall not keep a person from stopping the program. */
  #unlessAborted(work: Promise<void>): Promise<void> {
    const { signal } = this;
    if (signal === undefined) return work;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(abortedError());
      const settled = (): void => signal.removeEventListener("abort", onAbort);
      signal.addEventListener("abort", onAbort, { once: true });
      work.then(resolve, reject).finally(settled);
    });
  }

  /** Frames go to the consumer until `detach`. */
  attach(consumer: FrameConsumer): void {
    this.#consumer = consumer;
    this.signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  detach(): void {
    this.#consumer = undefined;
    this.signal?.removeEventListener("abort", this.#onAbort);
  }

  readonly #onAbort = (): void => this.#consumer?.broken(abortedError());

  /** Waits for the adapter to be there. False when it did not come within `timeoutMs`. Errors: aborted. */
  whenPresent(timeoutMs: number): Promise<boolean> {
    if (this.line.present) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      const end = (): void => {
        unlisten();
        cancel();
        this.signal?.removeEventListener("abort", onAbort);
      };
      const unlisten = this.line.listen({
        bytes: () => {},
        reappeared: () => {
          end();
          resolve(true);
        },
      });
      const cancel = Number.isFinite(timeoutMs)
        ? this.clock.after(timeoutMs, () => {
            end();
            resolve(false);
          })
        : (): void => {};
      const onAbort = (): void => {
        end();
        reject(abortedError());
      };
      if (this.signal?.aborted) onAbort();
      else this.signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  close(): void {
    this.#unlisten();
    this.#wake?.(abortedError());
  }

  #arrived(frame: Uint8Array): void {
    if (this.#consumer !== undefined) {
      this.#consumer.frame(frame);
      return;
    }
    if (this.#wake !== undefined) {
      this.#wake(frame);
      return;
    }
    this.#queue.push(frame);
    if (this.#queue.length > QUEUE_LIMIT) this.#queue.shift();
  }

  #lost(): PlugsmithError {
    return lineLost(this.line.identity.path, { download: true });
  }
}
