/** The engine's line with nothing special about it; what becomes of written bytes is up to anyone who extends it. */
import type { AdapterIdentity, ByteLine, LineListener } from "../../src/engine/ports.ts";

export abstract class SimpleLine implements ByteLine {
  readonly identity: AdapterIdentity;
  readonly can: ByteLine["can"] = { baud: true, controlLines: false };
  present = true;
  baud = 115200;
  readonly #listeners = new Set<LineListener>();

  constructor(name: string) {
    this.identity = { path: `test:${name}`, label: name };
  }

  abstract write(bytes: Uint8Array): Promise<void>;

  /** @param at ms */
  arrive(bytes: Uint8Array, at: number): void {
    for (const listener of this.#listeners) listener.bytes(bytes, at);
  }

  lose(): void {
    for (const listener of this.#listeners) listener.lost?.();
  }

  setBaud(baud: number): Promise<void> {
    this.baud = baud;
    return Promise.resolve();
  }

  setControlLines(): Promise<void> {
    return Promise.resolve();
  }

  listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
