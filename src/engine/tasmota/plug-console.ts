/**
 * The serial console of a plug as lines and Improv frames, and a way to write that its buffers can follow. One per
 * line; the console client and Improv share it.
 * Source: Tasmota tasmota/tasmota_support/support_tasmota.ino (SerialInput); ESP8266 Arduino core HardwareSerial
 * (256 bytes receive buffer).
 */
import type { PlugsmithError } from "../../core/errors.ts";
import { lineLost } from "../../core/line-lost.ts";
import { type ConsoleOutput, ConsoleStream } from "../../core/tasmota/console.ts";
import { MainsWatch } from "../../core/tasmota/mains-watch.ts";
import type { Clock } from "../ports.ts";
import { sleep } from "../time.ts";
import type { RecordedLine } from "../wires/recorded-line.ts";
import { Mutex } from "./client.ts";

/** Tasmota's console speed after a reset. */
export const CONSOLE_BAUD = 115200;
/** The plug empties its 256-byte buffer once per loop, which sleeps up to 50 ms: less than half of it at a time. */
const CHUNK_BYTES = 100;
const CHUNK_PAUSE_MS = 60;

export type ConsoleListener = (output: ConsoleOutput) => void;

export class PlugConsole {
  readonly where: string;
  readonly #line: RecordedLine;
  readonly #clock: Clock;
  readonly #listeners = new Set<ConsoleListener>();
  readonly #lost = new Set<(error: PlugsmithError) => void>();
  readonly #mutex = new Mutex();
  readonly #end: () => void;
  /** Once heard, nothing is sent and nothing is passed on any more. */
  #alarm: PlugsmithError | undefined;

  private constructor(line: RecordedLine, clock: Clock) {
    this.#line = line;
    this.#clock = clock;
    this.where = line.identity.path;
    const stream = new ConsoleStream();
    const mains = new MainsWatch();
    this.#end = line.listen({
      bytes: (chunk) => {
        this.#alarm ??= mains.hear(chunk);
        if (this.#alarm !== undefined) {
          for (const listener of [...this.#lost]) listener(this.#alarm);
          return;
        }
        for (const output of stream.push(chunk)) for (const listener of [...this.#listeners]) listener(output);
      },
      lost: () => {
        const error = lineLost(this.where);
        for (const listener of [...this.#lost]) listener(error);
      },
    });
  }

  /** Sets the speed and listens. The line stays the caller's. */
  static async open(line: RecordedLine, clock: Clock): Promise<PlugConsole> {
    if (line.can.baud && line.baud !== CONSOLE_BAUD) await line.setBaud(CONSOLE_BAUD);
    return new PlugConsole(line, clock);
  }

  get clock(): Clock {
    return this.#clock;
  }

  /** Whether it is on record which plug is at these wires. */
  get identified(): boolean {
    return this.#line.plug !== undefined;
  }

  listen(listener: ConsoleListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The line is gone, or must not be used any more. */
  onLost(listener: (error: PlugsmithError) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  /** Errors: line-lost, mains-on-wires, aborted. */
  write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    return this.#mutex.run(async () => {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        if (at > 0) await sleep(this.#clock, CHUNK_PAUSE_MS, signal);
        if (this.#alarm !== undefined) throw this.#alarm;
        await this.#line.write(bytes.subarray(at, at + CHUNK_BYTES));
      }
    });
  }

  close(): void {
    this.#end();
    this.#listeners.clear();
    this.#lost.clear();
  }
}
