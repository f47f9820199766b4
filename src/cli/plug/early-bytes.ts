/** A line that keeps what comes before anybody listens, for the first listener: a boot text, or the alarm of mains. */
import type { AdapterIdentity, ByteLine, LineListener } from "../../engine/ports.ts";

/** Bytes. Half a second at 2,000,000 baud is less. */
const MOST_KEPT = 0x2_0000;

export class EarlyBytes implements ByteLine {
  readonly #line: ByteLine;
  #kept: { readonly chunk: Uint8Array; readonly at: number }[] = [];
  #size = 0;
  #stop: (() => void) | undefined;

  constructor(line: ByteLine) {
    this.#line = line;
    this.#stop = line.listen({ bytes: (chunk, at) => this.#keep(chunk, at) });
  }

  get identity(): AdapterIdentity {
    return this.#line.identity;
  }

  get present(): boolean {
    return this.#line.present;
  }

  get can(): ByteLine["can"] {
    return this.#line.can;
  }

  get baud(): number {
    return this.#line.baud;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#line.write(bytes);
  }

  setBaud(baud: number): Promise<void> {
    return this.#line.setBaud(baud);
  }

  setControlLines(lines: { dtr?: boolean; rts?: boolean }): Promise<void> {
    return this.#line.setControlLines(lines);
  }

  listen(listener: LineListener): () => void {
    this.#stop?.();
    this.#stop = undefined;
    const kept = this.#kept.splice(0);
    let listening = true;
    // After the caller has what it gets from here, and before anything new can come.
    queueMicrotask(() => {
      for (const { chunk, at } of kept) if (listening) listener.bytes(chunk, at);
    });
    const stop = this.#line.listen(listener);
    return () => {
      listening = false;
      stop();
    };
  }

  async close(): Promise<void> {
    this.#stop?.();
    await this.#line.close();
  }

  #keep(chunk: Uint8Array, at: number): void {
    if (this.#size + chunk.length > MOST_KEPT) return;
    this.#size += chunk.length;
    this.#kept.push({ chunk, at });
  }
}
