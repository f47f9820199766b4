/** A port opened on a virtual adapter, as a ByteLine. Any number may be open, one after the other or at once. */
import { PlugsmithError } from "../../core/errors.ts";
import type { AdapterIdentity, ByteLine, LineListener } from "../../engine/ports.ts";
import type { UsbAdapter } from "./adapter.ts";

export class AdapterLine implements ByteLine {
  readonly can: { readonly baud: boolean; readonly controlLines: boolean } = { baud: true, controlLines: true };
  readonly #adapter: UsbAdapter;
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

  constructor(adapter: UsbAdapter) {
    this.#adapter = adapter;
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
    return this.#isOpen ? this.#adapter.write(bytes) : Promise.reject(closedError());
  }

  setBaud(baud: number): Promise<void> {
    return this.#isOpen ? this.#adapter.setBaud(baud) : Promise.reject(closedError());
  }

  setControlLines(lines: { dtr?: boolean; rts?: boolean }): Promise<void> {
    return this.#isOpen ? this.#adapter.setControlLines(lines) : Promise.reject(closedError());
  }

  listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Waits for what was written to leave, as closing a serial port does. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#adapter.users.delete(this.#user);
    this.#listeners.clear();
    if (this.#adapter.present) await this.#adapter.drained().catch(() => undefined);
  }

  get #isOpen(): boolean {
    return this.#adapter.users.has(this.#user);
  }
}

function closedError(): PlugsmithError {
  return new PlugsmithError("line-lost", { message: "The line has been closed.", nextStep: "Open the port again." });
}
