/**
 * What a client costs the host by itself: the line's side of a run is recorded, and played to the client again with no
 * simulator behind it. Everything comes at the recorded virtual times, so the client does exactly the same.
 */

import type { AdapterIdentity, ByteLine, LineListener } from "../../src/engine/ports.ts";
import { ForwardingLine } from "../../src/engine/wires/forwarding-line.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";

/** µs of the clock. Acts (writes, changes of rate and control lines) are numbered as they were asked for. */
type LineEvent =
  | { readonly at: number; readonly bytes: Uint8Array }
  | { readonly at: number; readonly done: number; readonly baud: number };

export interface Recording {
  readonly events: readonly LineEvent[];
  readonly identity: AdapterIdentity;
  readonly baud: number;
}

export class RecordingLine extends ForwardingLine {
  readonly #clock: SimClock;
  readonly #events: LineEvent[] = [];
  readonly #startBaud: number;
  #acts = 0;

  constructor(line: ByteLine, clock: SimClock) {
    super(line);
    this.#clock = clock;
    this.#startBaud = line.baud;
    line.listen({ bytes: (chunk) => this.#events.push({ at: clock.now, bytes: chunk.slice() }) });
  }

  get recording(): Recording {
    return { events: this.#events, identity: this.line.identity, baud: this.#startBaud };
  }

  override write(bytes: Uint8Array): Promise<void> {
    return this.#noted(super.write(bytes));
  }

  override setBaud(baud: number): Promise<void> {
    return this.#noted(super.setBaud(baud));
  }

  override setControlLines(lines: { dtr?: boolean | undefined; rts?: boolean | undefined }): Promise<void> {
    return this.#noted(super.setControlLines(lines));
  }

  async #noted(act: Promise<void>): Promise<void> {
    const done = this.#acts++;
    await act;
    this.#events.push({ at: this.#clock.now, done, baud: this.line.baud });
  }
}

export class ReplayLine implements ByteLine {
  readonly identity: AdapterIdentity;
  readonly present = true;
  readonly can: ByteLine["can"] = { baud: true, controlLines: true };
  baud: number;
  readonly #listeners = new Set<LineListener>();
  readonly #waiting = new Map<number, () => void>();
  readonly #done = new Set<number>();
  #acts = 0;

  constructor(recording: Recording, clock: SimClock) {
    this.identity = recording.identity;
    this.baud = recording.baud;
    for (const event of recording.events) clock.hostAt(event.at, () => this.#happen(event));
  }

  write(): Promise<void> {
    return this.#act();
  }

  setBaud(): Promise<void> {
    return this.#act();
  }

  setControlLines(): Promise<void> {
    return this.#act();
  }

  listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #act(): Promise<void> {
    const number = this.#acts++;
    if (this.#done.delete(number)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.set(number, resolve));
  }

  #happen(event: LineEvent): void {
    if ("bytes" in event) {
      for (const listener of [...this.#listeners]) listener.bytes(event.bytes.slice(), event.at / 1000);
      return;
    }
    this.baud = event.baud;
    const resolve = this.#waiting.get(event.done);
    if (resolve === undefined) this.#done.add(event.done);
    else resolve();
    this.#waiting.delete(event.done);
  }
}
