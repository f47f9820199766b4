/** A port opened on a virtual adapter, as a ByteLine. Any number may be open, one after the other or at once. */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { AdapterIdentity, ByteLine, LineListener } from "../../engine/ports.ts";
import type { SimClock } from "../world/clock.ts";
import type { FlowControl, UsbAdapter } from "./adapter.ts";
import type { FrameFormat } from "./contract.ts";

/** How long closing waits for what was written, ms: Linux' closing_wait, unless a program sets another. */
const CLOSING_WAIT_MS = 30_000;

/** What a serial server needs of a port beyond what a flasher does. */
export interface AdapterPort extends ByteLine {
  readonly format: FrameFormat;
  /** In force once all that was written before has left the wire. */
  setFormat(format: FrameFormat): Promise<void>;
  readonly flow: FlowControl;
  setFlow(flow: FlowControl): Promise<void>;
  readonly breaking: boolean;
  setBreak(on: boolean): Promise<void>;
  /** Throws away what waits to be sent. */
  discardUnsent(): void;
  /** Throws away what was received and has not been delivered. */
  discardReceived(): void;
  /** @param waitMs how long to wait for what was written to leave; the rest is thrown away. Default 30000. */
  close(waitMs?: number): Promise<void>;
}

export class AdapterLine implements AdapterPort {
  readonly can: { readonly baud: boolean; readonly controlLines: boolean } = { baud: true, controlLines: true };
  readonly #adapter: UsbAdapter;
  readonly #clock: SimClock;
  readonly #listeners = new Set<LineListener>();
  readonly #user = {
    bytes: (chunk: Uint8Array, at: number): void => {
      const listeners = [...this.#listeners];
      for (const [index, listener] of listeners.entries()) {
        listener.bytes(index === listeners.length - 1 ? chunk : chunk.slice(), at);
      }
    },
    lost: (): void => {
      for (const listener of [...this.#listeners]) listener.lost?.();
    },
    reappeared: (identity: AdapterIdentity): void => {
      for (const listener of [...this.#listeners]) listener.reappeared?.(identity);
    },
  };

  constructor(adapter: UsbAdapter, clock: SimClock) {
    this.#adapter = adapter;
    this.#clock = clock;
    adapter.users.add(this.#user);
  }

  get identity(): AdapterIdentity {
    return this.#adapter.identity;
  }

  get present(): boolean {
    return this.#isOpen && this.#adapter.present;
  }

  get baud(): number {
    return this.#adapter.baud;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#isOpen ? this.#adapter.write(bytes, this.#user) : Promise.reject(closedError());
  }

  setBaud(baud: number): Promise<void> {
    return this.#isOpen ? this.#adapter.setBaud(baud) : Promise.reject(closedError());
  }

  setControlLines(lines: { dtr?: boolean | undefined; rts?: boolean | undefined }): Promise<void> {
    return this.#isOpen ? this.#adapter.setControlLines(lines) : Promise.reject(closedError());
  }

  listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  get format(): FrameFormat {
    return this.#adapter.format;
  }

  setFormat(format: FrameFormat): Promise<void> {
    return this.#isOpen ? this.#adapter.setFormat(format) : Promise.reject(closedError());
  }

  get flow(): FlowControl {
    return this.#adapter.flow;
  }

  setFlow(flow: FlowControl): Promise<void> {
    return this.#isOpen ? this.#adapter.setFlow(flow) : Promise.reject(closedError());
  }

  get breaking(): boolean {
    return this.#adapter.breaking;
  }

  setBreak(on: boolean): Promise<void> {
    return this.#isOpen ? this.#adapter.setBreak(on) : Promise.reject(closedError());
  }

  discardUnsent(): void {
    if (this.#isOpen) this.#adapter.discardUnsent();
  }

  discardReceived(): void {
    if (this.#isOpen) this.#adapter.discardReceived();
  }

  /** Waits for what was written to leave, as closing a serial port does, but not for ever; a break ends with it. */
  async close(waitMs: number = CLOSING_WAIT_MS): Promise<void> {
    if (!this.#isOpen) return;
    this.#adapter.users.delete(this.#user);
    this.#listeners.clear();
    if (!this.#adapter.present) return;
    const cancel = this.#clock.hostAt(this.#clock.now + waitMs * 1000, () => this.#adapter.discardUnsent(this.#user));
    await this.#adapter.drained().catch(() => undefined);
    cancel();
    if (this.#adapter.breaking) await this.#adapter.setBreak(false).catch(() => undefined);
  }

  get #isOpen(): boolean {
    return this.#adapter.users.has(this.#user);
  }
}

function closedError(): PlugsmithError {
  return new PlugsmithError("line-lost", {
    message: say`The line has been closed.`,
    nextStep: say`Open the port again.`,
  });
}
